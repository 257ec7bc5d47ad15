from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from dashboard import __main__ as commands
from dashboard.tables import files, tidy
from dashboard.tables import load as data

FILES = sorted(path.name for path in data.FOLDER.glob("*.csv"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


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
    assert "quotes.csv: put in order\ndeals.csv: left as it is\n" in printed


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
    assert capsys.readouterr().out == "quotes.csv: put in order\n"
    assert set(contents(folder)) == set(contents(data.FOLDER))
