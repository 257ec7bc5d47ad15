from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import __main__ as commands
from dashboard.tables import csvfile, files, form, tidy
from dashboard.tables import load as data

# A release alone writes the log of what versions changed, in its own order.
FILES = sorted(path.name for path in data.FOLDER.glob("*.csv") if path.name != files.CHANGES)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def spoil(path: Path, delimiter: str = ";", mark: bytes = b"\xef\xbb\xbf") -> None:
    """Save a file as a spreadsheet might: a byte order mark, CRLF, semicolons, stray spaces, rows and columns moved."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    random.Random(1).shuffle(rows)
    rows = [[f"{cell}  " for cell in reversed(row)] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerows([header[::-1], *rows, [""] * len(header)])
    path.write_bytes(mark + path.read_bytes())


def test_the_published_tables_are_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(folder)
    assert commands.main(["tidy", "--folder", str(folder)]) == 0
    assert contents(folder) == before == contents(data.FOLDER)
    assert capsys.readouterr().out == "The tables are in order.\n"


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_a_spoilt_copy_becomes_the_published_file_again(folder: Path, delimiter: str) -> None:
    for name in FILES:
        # The columns of the confirmed words are described nowhere else, so their order is the file's own.
        if name != files.CONFIRMED:
            spoil(folder / name, delimiter)
    changed, faults = tidy.tidy(folder)
    assert sorted([*changed, files.CONFIRMED]) == FILES
    assert faults == []
    assert contents(folder) == contents(data.FOLDER)
    assert tidy.tidy(folder) == ([], [])


def test_stray_spaces_in_a_list_of_keys_go_and_those_between_names_stay(folder: Path) -> None:
    path = folder / "deals.csv"
    text = path.read_text(encoding="utf-8")
    assert "nation-2018-10-10;" in text
    path.write_text(text.replace("nation-2018-10-10;", " nation-2018-10-10 ; ;"), encoding="utf-8")
    assert tidy.tidy(folder) == (["deals.csv"], [])
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "broken",
    [
        b'deal_id,title\n"open,x\n',
        b"deal_id,t\xfftle\na,b\n",
        b"deal_id,title\na,b,c\n",
        b"deal_id,deal_id\nb,a\na,b\n",
        b"",
    ],
)
def test_a_file_that_cannot_be_read_for_certain_is_left_alone_and_the_others_are_put_in_order(
    folder: Path, broken: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "deals.csv").write_bytes(broken)
    spoil(folder / "quotes.csv")
    assert commands.main(["tidy", "--folder", str(folder)]) == 1
    assert (folder / "deals.csv").read_bytes() == broken
    assert (folder / "quotes.csv").read_bytes() == (data.FOLDER / "quotes.csv").read_bytes()
    printed = capsys.readouterr().out
    assert re.search(r"quotes\.csv: put in order \(.*\)\ndeals\.csv: left as it is\n", printed)


def test_a_column_that_is_not_described_is_kept(folder: Path) -> None:
    path = folder / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"note,{lines[0]}", *(f"mine,{line}" for line in lines[1:])]), encoding="utf-8")
    assert tidy.tidy(folder) == (["places.csv"], [])
    assert path.read_text(encoding="utf-8").splitlines() == [
        f"{lines[0]},note",
        *(f"{line},mine" for line in lines[1:]),
    ]


def test_only_the_changed_file_is_named_and_no_other_is_left_behind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "quotes.csv")
    assert commands.main(["tidy", "--folder", str(folder)]) == 0
    assert capsys.readouterr().out == "quotes.csv: put in order (columns put in order)\n"
    assert set(contents(folder)) == set(contents(data.FOLDER))


def test_a_file_that_differs_in_bytes_alone_is_said_to(folder: Path) -> None:
    path = folder / "places.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    ((rewrite,), faults) = tidy.plan(folder)
    assert (rewrite.path.name, rewrite.said, faults) == (
        "places.csv",
        "marks, line ends or quotation marks changed",
        [],
    )


def rewritten(path: Path, change: Callable[[list[str]], list[str]]) -> str:
    """Return what is said of a file whose lines were changed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    ((rewrite,), _) = tidy.plan(path.parent)
    return rewrite.said


def test_what_changes_is_said(made_up_folder: Path) -> None:
    path = made_up_folder / "deflator.csv"
    assert rewritten(path, lambda lines: [lines[0], *lines[:0:-1]]) == "rows put in order"
    tidy.tidy(made_up_folder)
    year, price, *rest = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    respelt = ",".join([year, f"{float(price):.7f}", *rest])
    assert rewritten(path, lambda lines: [lines[0], respelt, *lines[2:]]) == "1 cell respelt"
    tidy.tidy(made_up_folder)
    assert rewritten(path, lambda lines: [f"{lines[0]}\u200b", *lines[1:]]) == "headings respelt"


def test_a_look_changes_nothing_and_says_that_there_is_something_to_change(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "quotes.csv")
    before = contents(folder)
    assert commands.main(["tidy", str(folder), "--check"]) == 1
    assert contents(folder) == before
    assert capsys.readouterr().out == "quotes.csv: would be put in order (columns put in order)\n"
    assert commands.main(["tidy", str(folder)]) == 0
    assert commands.main(["tidy", str(folder), "--check"]) == 0


def test_a_file_that_cannot_be_written_as_it_should_be_is_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = folder / "gaps.csv", contents(folder)
    replace = Path.replace

    def half(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            self.write_bytes(self.read_bytes()[:10])
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", half)
    with pytest.raises(OSError, match=r"gaps\.csv could not be written as it should be, and is as it was"):
        tidy.put(path, b"gap_id,question\n")
    assert contents(folder) == before


CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_to_tidy_twice_is_to_tidy_once_and_every_cell_is_kept(rows: list[list[str]]) -> None:
    def tidied(text: str) -> str:
        table = csvfile.parse("x.csv", text.encode())
        assert not tidy.uneven(table)
        return form.canonical(table, ["a", "b", "c"], ["a"])

    table = csvfile.parse("x.csv", form.write(["a", "b", "c"], rows).encode())
    once = tidied(form.write(["a", "b", "c"], table.rows))
    assert tidied(once) == once
    kept, given = (
        Counter(signs(cell) for row in found for cell in row)
        for found in (csvfile.parse("x.csv", once.encode()).rows, table.rows)
    )
    assert kept - given == Counter() == +(given - kept) - Counter({"": given[""]})


def signs(cell: str) -> str:
    """Return a cell without spaces, in the form in which letters and accents are one sign."""
    return "".join(unicodedata.normalize("NFC", cell).split())
