from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.tables import form, likeness
from dashboard.tables import load as data
from dashboard.tables.csvfile import parse
from dashboard.tables.faults import Fault
from dashboard.tables.form import write
from dashboard.tables.likeness import closest, nearest
from dashboard.tables.spelling import plain
from dashboard.tables.tidy import uneven

FILES = sorted(path.name for path in data.FOLDER.glob("*.csv"))


def cells(file: str) -> list[list[str]]:
    with (data.FOLDER / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Return rows as a spreadsheet with another delimiter writes them."""
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if set(cell) & {delimiter, '"'} else cell for cell in row] for row in rows
    ]
    return "".join(delimiter.join(row) + end for row in quoted)


HABITS = {
    "a byte order mark": lambda rows: "\ufeff" + written(rows),
    "CRLF line ends": lambda rows: written(rows, end="\r\n"),
    "CR line ends": lambda rows: written(rows, end="\r"),
    "semicolons between cells": lambda rows: written(rows, ";"),
    "tabs between cells": lambda rows: written(rows, "\t"),
    "blank lines at the end": lambda rows: written(rows) + "\n\n" + "," * len(rows[0]) + "\n\n",
    "blank lines in between": lambda rows: written(rows).replace("\n", "\n\n"),
    "a blank line at the top": lambda rows: "\n" + "," * 9 + "\n" + written(rows),
    "no line end at the end": lambda rows: written(rows).removesuffix("\n"),
    "spaces around cells": lambda rows: written([[f"  {cell} " for cell in row] for row in rows]),
    "spaces before quotation marks": lambda rows: written(rows).replace(',"', ', "'),
    "empty columns at the end": lambda rows: written([[*row, "", ""] for row in rows]),
    "empty columns under some rows": lambda rows: written([rows[0], *([*row, "", ""] for row in rows[1:])]),
    "quotation marks everywhere": lambda rows: "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    ),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("habit", HABITS)
def test_what_a_spreadsheet_does_to_a_file_changes_no_cell_and_is_no_fault(habit: str, file: str) -> None:
    rows = cells(file)
    table = parse(file, HABITS[habit](rows).encode())
    assert table.faults == []
    assert [table.header, *table.rows] == rows


@pytest.mark.parametrize("file", FILES)
def test_published_tables_are_kept_as_the_writer_writes_them(file: str) -> None:
    header, *rows = cells(file)
    assert write(header, rows).encode() == (data.FOLDER / file).read_bytes()


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    table = parse("x.csv", b'\n\na,b\r\n1,2\r\n\r\n"two\r\nlines",3\r\n4,5\r\n')
    assert (table.top, table.lines) == (3, [4, 6, 8])
    assert table.rows == [["1", "2"], ["two\r\nlines", "3"], ["4", "5"]]


def test_semicolons_inside_cells_do_not_split_a_file_with_bare_cr_line_ends() -> None:
    table = parse("x.csv", b"id,list\ra,1;2;3;4\rb,5;6;7;8\r")
    assert table.header == ["id", "list"]
    assert table.rows == [["a", "1;2;3;4"], ["b", "5;6;7;8"]]


@pytest.mark.parametrize(
    ("row", "count", "delimiter"),
    [("1,2,3", 3, ","), ("1", 1, ","), ("1;2;3", 3, ";"), ("1\t2\t3\t4", 4, "\t")],
)
def test_a_row_of_another_length_is_made_even_and_reported(row: str, count: int, delimiter: str) -> None:
    table = parse("x.csv", f"a{delimiter}b\n{row}\n8{delimiter}9\n".encode())
    name = {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]
    assert [len(cells) for cells in table.rows] == [2, 2]
    assert [(fault.line, fault.column, fault.problem) for fault in table.faults] == [
        (2, "", f"has {count} cell{'s' * (count > 1)} where the header has 2")
    ]
    assert f"a cell that holds a {name} in quotation marks" in table.faults[0].remedy


@pytest.mark.parametrize("text", ['a,b\n1,"2\n3,4\n', 'a,b\n1,"2" 3\n4,5\n', 'a,b\n1,"2\n3,4\n"5",6\n'])
def test_a_quotation_mark_that_is_not_closed_is_found_on_the_line_where_it_opens(text: str) -> None:
    table = parse("x.csv", text.encode())
    assert (table.header, table.rows) == ([], [])
    assert [(fault.line, fault.problem.partition(" that ")[0]) for fault in table.faults] == [
        (2, "has a quotation mark")
    ]


def test_a_huge_cell_after_an_open_quotation_mark_is_reported_the_same_way() -> None:
    table = parse("x.csv", b'a,b\n1,"2\n' + b"3,4\n" * 50_000)
    assert [fault.line for fault in table.faults] == [2]


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf", b",,,\n , \n"])
def test_an_empty_file_is_a_fault_of_the_whole_file(content: bytes) -> None:
    table = parse("x.csv", content)
    assert table.header == []
    assert [(fault.line, fault.problem) for fault in table.faults] == [(0, "is empty")]


def test_every_cell_that_is_not_utf8_among_others_that_are_is_named_by_its_column() -> None:
    content = "a,b\nGüler,1\nErdoğan,Kızılay\n".encode("cp1254") + "Çakır,4\n".encode()
    table = parse("x.csv", content)
    assert [(fault.line, fault.column, fault.value) for fault in table.faults] == [
        (2, "a", "G\ufffdler"), (3, "a", "Erdo\ufffdan"), (3, "b", "K\ufffdz\ufffdlay"),
    ]  # fmt: skip
    assert {fault.problem for fault in table.faults} == {"is not UTF-8 text"}
    assert "Windows-1254 (Turkish) and stands for “Kızılay”" in table.faults[2].remedy
    assert table.rows == [["G\ufffdler", "1"], ["Erdo\ufffdan", "K\ufffdz\ufffdlay"], ["Çakır", "4"]]


def test_a_file_that_is_nowhere_utf8_is_one_fault_and_goes_on_as_it_was_meant() -> None:
    table = parse("x.csv", "a,b\nGüler,1\nErdoğan,Kızılay\n3,4\n".encode("cp1254"))
    assert [(fault.line, fault.column, fault.value, fault.problem) for fault in table.faults] == [
        (2, "a", "G\ufffdler", "is not UTF-8 text, and neither are 2 more cells")
    ]
    assert table.rows == [["Güler", "1"], ["Erdoğan", "Kızılay"], ["3", "4"]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"),
    ],
)  # fmt: skip
def test_a_file_with_two_or_four_bytes_a_letter_is_one_fault(encoding: str, name: str) -> None:
    table = parse("x.csv", "a,b\n1,2\n3,4\n".encode(encoding))
    assert [(fault.line, fault.problem) for fault in table.faults] == [(1, f"is not UTF-8 text but {name}")]
    assert table.rows == []


def test_a_line_for_a_spreadsheet_is_a_fault_and_the_rest_is_read_with_its_lines() -> None:
    table = parse("x.csv", b"sep=;\r\na;b\r\n1;2\r\n")
    assert [(fault.line, fault.value) for fault in table.faults] == [(1, "sep=;")]
    assert (table.header, table.rows, table.top, table.lines) == (["a", "b"], [["1", "2"]], 2, [3])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base", "=======,"])
def test_a_mark_of_an_unfinished_merge_is_the_one_fault_of_its_file(mark: str, end: str) -> None:
    table = parse("x.csv", end.join(["a,b", "1,2", mark, "3,4", ""]).encode())
    assert [(fault.line, fault.value) for fault in table.faults] == [(3, mark)]
    assert table.rows == []


def test_a_row_that_begins_like_a_mark_of_a_merge_is_a_row() -> None:
    assert parse("x.csv", b"a,b\n<<<<<<<<,1\n=======2,3\n").faults == []


@pytest.mark.parametrize("lines", ['"a,b"\n"1,2"\n', '"a;b"\n"1;""2"""\n', '"a,b",,\n"1,"x, y"",,\n'])
def test_whole_lines_in_quotation_marks_are_one_fault(lines: str) -> None:
    table = parse("x.csv", lines.encode())
    assert [(fault.line, fault.problem) for fault in table.faults] == [(0, "has whole lines in quotation marks")]


def test_a_header_that_comes_again_is_a_fault_and_no_row() -> None:
    table = parse("x.csv", b"a,b\n1,2\na,b\n3,4\n")
    assert [(fault.line, fault.problem) for fault in table.faults] == [(3, "is the header a second time")]
    assert (table.rows, table.lines) == ([["1", "2"], ["3", "4"]], [2, 4])


def test_a_tab_before_the_words_of_a_cell_stays_and_spaces_go() -> None:
    assert parse("x.csv", b'a,b\n"\t=1",  \xc2\xa0x\t\n\t, \n').rows == [["\t=1", "x"]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("in progres", "in-progress"), ("In Progress", "in-progress"), ("SIGNED", "signed"), ("delivred", "delivered"),
        ("", ""), ("zzz", ""), ("sea", ""),
    ],
)  # fmt: skip
def test_the_closest_allowed_word_is_found_whatever_its_case_and_hyphens(word: str, expected: str) -> None:
    assert closest(word, ["signed", "in-progress", "delivered"]) == expected


def test_the_closest_word_is_found_among_very_many() -> None:
    assert closest("urriyet", ["hurriyet", *(f"dawn-{number}" for number in range(10_000))]) == "hurriyet"


def test_the_remedy_names_the_nearest_word_and_the_allowed_ones_unless_they_are_many() -> None:
    assert nearest("sale ", ["sale", "gift"]) == "Did you mean “sale”? Allowed: sale, gift"
    assert nearest("pear", ["sale", "gift"]) == "Allowed: sale, gift"
    assert (
        nearest("deal-7", [f"deal-{n}" for n in range(30)])
        == "Did you mean “deal-7”? Allowed: one of the 30 in the table"
    )


def test_among_more_words_than_can_be_compared_in_time_the_nearest_is_not_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [f"word-{number}" for number in range(30)]
    assert nearest("word-7x", words) == "Did you mean “word-7”? Allowed: one of the 30 in the table"
    monkeypatch.setattr(likeness, "MANY", 29)
    assert nearest("word-7x", words) == "Allowed: one of the 30 in the table"


def test_a_fault_is_a_sentence_that_says_where_what_and_how_to_mend_it() -> None:
    fault = Fault("deals.csv", 7, "status", "sined", "is not an allowed value", "Did you mean “signed”")
    assert str(fault) == "deals.csv, line 7, column “status”: “sined” is not an allowed value. Did you mean “signed”."
    assert str(Fault("deals.csv", 0, "", "", "is empty", "Restore it")) == "deals.csv: is empty. Restore it."


def test_a_long_value_does_not_bury_what_is_wrong_with_it() -> None:
    shown = str(Fault("deals.csv", 7, "doubt", "x" * 700, "is too long", "Shorten it"))
    assert "“" + "x" * 100 + "…” is too long" in shown


def test_a_table_with_two_columns_of_one_heading_is_uneven() -> None:
    assert [fault.value for fault in uneven(parse("x.csv", b"a,b,a\n1,2,3\n"))] == ["a"]
    assert uneven(parse("x.csv", b"a,b\n1,2\n")) == []
    assert [fault.line for fault in uneven(parse("x.csv", b"a,b\n1,2,3\n"))] == [2]


def test_headings_that_differ_in_signs_that_nobody_sees_are_uneven() -> None:
    assert [fault.value for fault in uneven(parse("x.csv", "a,a\u200b\n1,2\n".encode()))] == ["a"]


def test_a_row_of_nothing_but_invisible_signs_is_no_row_in_canonical_form() -> None:
    assert form.canonical(parse("x.csv", "a,b\n\u200b,\u00ad\n1,2\n".encode()), ["a", "b"], ["a"]) == "a,b\n1,2\n"


def test_only_numbers_are_written_in_the_one_spelling_of_numbers() -> None:
    table = parse("x.csv", b"id,lat\n1.50,31.6340\n2.0,124.0\n")
    assert form.canonical(table, ["id", "lat"], ["id"], figures=["lat"]) == "id,lat\n1.50,31.634\n2.0,124\n"


def test_the_canonical_form_puts_columns_rows_and_lists_in_order() -> None:
    table = parse("x.csv", b"list,id,extra\n b ; c ;,2,x\n\nq,1,\n")
    assert form.canonical(table, ["id", "list"], ["id"], ["list"]) == "id,list,extra\n1,q,\n2,b;c,x\n"


# The tables have no line breaks inside a cell, which is a rule of its own.
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffd"), max_size=12)


@settings(max_examples=50)
@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=1)))
def test_what_is_written_is_read_back_but_for_spaces_around_cells(rows: list[list[str]]) -> None:
    header = [f"column {number}" for number in range(len(rows[0]))]
    table = parse("x.csv", write(header, rows).encode())
    kept = [[cell.strip() for cell in row] for row in rows]
    assert table.faults == []
    assert table.header == header
    assert table.rows == [row for row in kept if any(row)]


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_no_content_whatsoever_makes_reading_fail(content: bytes) -> None:
    table = parse("x.csv", content)
    assert table.header or table.faults
    assert {len(row) for row in table.rows} <= {len(table.header)}
    assert len(table.rows) == len(table.lines)


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("aÃ¼\u00a0\u0301\u200b .0;")
)


@given(st.lists(st.tuples(texts, texts, st.from_regex(r"-?[0-9]{0,3}(\.[0-9]{0,3})?", fullmatch=True)), min_size=1))
def test_putting_a_table_in_order_twice_is_doing_it_once_and_loses_no_cell(rows: list[tuple[str, str, str]]) -> None:
    def ordered(content: str) -> str:
        table = parse("x.csv", content.encode())
        assert uneven(table) == []
        return form.canonical(table, ["id", "name", "lat"], ["id"], ["name"], ["lat"])

    once = ordered(write(["id", "name", "lat"], [list(row) for row in rows]))
    assert ordered(once) == once
    seen = ("".join(map(plain, row[:2])).replace(";", "") + row[2].strip("0") for row in rows)
    kept = parse("x.csv", once.encode()).rows
    assert len(kept) >= sum(bool(words) for words in seen)
