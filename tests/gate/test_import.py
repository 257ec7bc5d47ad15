"""Another house's register is read as it is given out, laid beside our deals, and never written into the tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.gate import candidates, mapping, register, theirs
from dashboard.gate.matching import Deal, deals, differences, matched
from dashboard.gate.register import Item
from dashboard.tables import files
from tests import made_up

SIPRI = """Trade Register of Samples
"Made up for a test, with a ""quotation"", and commas"

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,status,Comments
"""
ROWS = """Pakistan,Türkiye,2010,,4,,Alpha-class,frigate,4,,2011; 2012,New,Words of theirs
Pakistan,Turkiye,2016,?,2,?,Bravo,boat,1,,2017,New,
India,Ukraine,2023,,,,ROMEO missile,missile,,,,New,
Azerbaijan,Turkey,2019,?,6,?,Zulu-9,armed UAV,6,,2020; 2021,New,
Azerbaijan,China,2019,,2,,Zulu-10,armed UAV,1,,2020,New,
Chad,Turkiye,2019,,6,,Zulu-9,armed UAV,6,,2020,New,
Pakistan,Uttopia,2019,,6,,Zulu-9,armed UAV,6,,2020,New,
Azerbaijan,Uttopia,2019,,6,,Zulu-9,armed UAV,6,,2020,New,
Some notes at the end
"""
UNROCA = """Exporting State;Importing State;Calendar year;Category;Number of items;Description of items
Turkey;Azerbaijan;2020;IV. Combat aircraft;3;Zulu 9
Turkey;Azerbaijan;;;;Zulu 9
"""
DSCA = """Transmittal No,Country,Date,Title,Estimated Cost
20-01,Pakistan,"March 5, 2020",Zulu 9,$1.25 billion
"""
MAPPING = """name = "Register of Samples"
value_in = "dollars"

[columns]
"Buyer" = "recipient"
"Seller" = "supplier"
"What" = "title"
"Mark" = "title"
"When" = "start"
"Price" = "value_usd_m"

[countries]
"The Turks" = "TUR"
"Nobody" = ""
"""
OTHER = """Buyer;Seller;What;Mark;When;Price
Pakistan;The Turks;Frigate;Alpha;2010;900,000,000
Pakistan;The Turks;Frigate;Alpha;2011;1.300.000.000
Pakistan;Nobody;Frigate;Alpha;2011;
"""


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that no test changes."""
    return made_up.copy(tmp_path_factory.mktemp("import") / "data")


def run(folder: Path, content: str | bytes, *more: str, name: str = "theirs.csv", said: str = "") -> Result:
    """Lay a register beside the deals of a folder, with a mapping file where one is given."""
    path = folder.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if said:
        (folder.parent / "mapping.toml").write_text(said, encoding="utf-8")
        more = (*more, "--mapping", str(folder.parent / "mapping.toml"))
    return CliRunner().invoke(app, ["import", str(path), str(folder), *more])


def rows_of(path: Path) -> list[dict[str, str]]:
    header, *lines = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_a_register_of_orders_is_laid_beside_our_deals(made_up_folder: Path) -> None:
    before = {path: path.read_bytes() for path in made_up_folder.iterdir()}
    result = run(made_up_folder, SIPRI + ROWS)
    assert result.output.splitlines() == [
        "theirs.csv: SIPRI trade register, headings on line 4, 5 rows about our states.",
        "Agreements: 2",
        "  line 5, “Alpha-class”, TUR to PAK, 2010 is alpha-frigates (96 of 100)",
        "  line 7, “ROMEO missile”, UKR to IND, 2023 is romeo-missile (100 of 100)",
        "Differences: 1",
        "  line 6, “Bravo”, TUR to PAK, 2016 is bravo-upgrade (96 of 100): start is 2015-03-02 here and 2016? there; "
        "quantity is 3 here and 2 there",
        "Candidates: 2",
        "  line 8, “Zulu-9”, TUR to AZE, 2019; none of ours is like it",
        "  line 9, “Zulu-10”, CHN to AZE, 2019; none of ours is like it",
        "Left out: 1 row about states that are not in countries.csv (Chad).",
        "theirs.csv, line 11, column “Supplier”: “Uttopia” is no state that we know, here and in 1 more row. "
        "Name it under [countries] in a mapping file. Allowed: AZE, CHN, GBR, IND, PAK, TUR, UKR.",
        "1 to mend.",
    ]
    assert result.exit_code == 1
    assert {path: path.read_bytes() for path in made_up_folder.iterdir()} == before


def test_candidates_are_rows_to_be_graded_beside_the_tables(made_up_folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in made_up_folder.iterdir()}
    to = tmp_path / "deep" / "found"
    result = run(made_up_folder, SIPRI + ROWS, "--to", str(to))
    assert f"Written, to be graded: {to / 'candidates.csv'}, {to / 'sources.csv'}\n" in result.output
    first, second = rows_of(to / "candidates.csv")
    assert list(first) == (made_up_folder / "deals.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    year = rows_of(to / "sources.csv")[0]["source_id"].removeprefix("sipri-")
    assert {name: cell for name, cell in first.items() if cell} == {
        "deal_id": "zulu-9", "title": "Zulu-9", "supplier": "TUR", "recipient": "AZE", "quantity": "6", "unit": "armed UAV",
        "start": "2019?", "end": "2021", "source_ids": f"sipri-{year}", "doubt": "Quantity: marked as uncertain there.",
    }  # fmt: skip
    assert (second["deal_id"], second["quantity"], second["end"]) == ("zulu-10", "2", "")
    (source,) = rows_of(to / "sources.csv")
    assert {name: cell for name, cell in source.items() if cell} == {
        "source_id": f"sipri-{year}", "publisher": "SIPRI", "origin": "SIPRI", "kind": "database", "language": "en",
        "title": "[SIPRI trade register: theirs.csv]",
    }  # fmt: skip
    assert {path: path.read_bytes() for path in made_up_folder.iterdir()} == before
    assert "Words of theirs" not in (to / "candidates.csv").read_text(encoding="utf-8")


def test_graded_candidates_can_be_added(made_up_folder: Path, tmp_path: Path) -> None:
    run(made_up_folder, SIPRI + ROWS, "--to", str(tmp_path / "found"))
    graded = {
        "candidates.csv": {
            "domain": "drones", "kind": "sale", "status": "in-progress", "in_totals": "yes", "summary": "Made up.",
            "credibility": "3", "end": "",
        },
        "sources.csv": {"url": "https://sipri.example/", "reliability": "B"},
    }  # fmt: skip
    for name, cells in graded.items():
        rows = [{**row, **cells} for row in rows_of(tmp_path / "found" / name)]
        text = "\n".join(",".join(line) for line in [rows[0], *(row.values() for row in rows)])
        (tmp_path / "found" / name).write_text(text, encoding="utf-8")
    for sort, name in (("source", "sources.csv"), ("deal", "candidates.csv")):
        arguments = ["add", sort, str(made_up_folder), "--from", str(tmp_path / "found" / name)]
        assert CliRunner().invoke(app, arguments).exit_code == 0
    assert CliRunner().invoke(app, ["check", str(made_up_folder)]).exit_code == 0
    assert "Candidates: 0" in run(made_up_folder, SIPRI + ROWS).output


def test_what_nothing_is_new_in_is_not_written(made_up_folder: Path, tmp_path: Path) -> None:
    result = run(made_up_folder, SIPRI + ROWS.splitlines()[0], "--to", str(tmp_path / "found"))
    assert result.exit_code == 0
    assert not (tmp_path / "found").exists()


def test_a_report_of_transfers_gives_no_number_of_the_order(made_up_folder: Path, tmp_path: Path) -> None:
    result = run(made_up_folder, UNROCA, "--to", str(tmp_path / "found"))
    assert "theirs.csv: UN Register of Conventional Arms, headings on line 1, 2 rows about our states." in result.output
    assert "line 2, “Zulu 9”, TUR to AZE, 2020; none" in result.output
    assert "line 3, “Zulu 9”, TUR to AZE; none" in result.output
    first, second = rows_of(tmp_path / "found" / "candidates.csv")
    assert (first["quantity"], first["end"], first["doubt"]) == ("", "", "Number: 3 handed over in 2020.")
    assert (first["deal_id"], second["deal_id"], second["doubt"]) == ("zulu-9", "zulu-9-2", "")


def test_notices_of_sales_come_from_one_supplier(made_up_folder: Path, tmp_path: Path) -> None:
    assert "Left out: 1 row about states that are not in countries.csv (USA)" in run(made_up_folder, DSCA).output
    path = made_up_folder / "countries.csv"
    path.write_bytes(path.read_bytes() + b"USA,United States,the,39,-98\n")
    result = run(made_up_folder, DSCA, "--to", str(tmp_path / "found"))
    assert "“Zulu 9”, USA to PAK, 2020; none of ours is like it" in result.output
    (row,) = rows_of(tmp_path / "found" / "candidates.csv")
    assert (row["announced"], row["value_usd_m"], row["value_basis"]) == ("2020-03-05", "1250", "")
    assert rows_of(tmp_path / "found" / "sources.csv")[0]["country"] == "USA"


def test_any_table_is_read_with_a_mapping(made_up_folder: Path) -> None:
    result = run(made_up_folder, OTHER, said=MAPPING)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "theirs.csv: Register of Samples, headings on line 1, 2 rows about our states.",
        "Agreements: 1",
        "  line 2, “Frigate Alpha”, TUR to PAK, 2010 is alpha-frigates (100 of 100)",
        "Differences: 1",
        "  line 3, “Frigate Alpha”, TUR to PAK, 2011 is alpha-frigates (100 of 100): start is 2010-05-06 here and 2011 "
        "there; value_usd_m is 1000 here and 1300 there",
        "Candidates: 0",
        "Left out: 1 row about states that are not in countries.csv (Nobody).",
    ]


def test_a_mapping_may_be_json(made_up_folder: Path) -> None:
    path = made_up_folder.parent / "mapping.json"
    columns = {"Buyer": "recipient", "What": "title"}
    path.write_text(json.dumps({"columns": columns, "fixed": {"supplier": "TUR"}}), encoding="utf-8")
    result = run(made_up_folder, OTHER, "--mapping", str(path))
    assert result.output.startswith(
        "theirs.csv: mapping, headings on line 1, 3 rows about our states.\nAgreements: 3\n"
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("cp1252", ", read as Windows-1252 (Western)"),
        ("cp1254", ", read as Windows-12"),
    ],
)
def test_a_register_is_read_in_the_encodings_that_houses_use(
    made_up_folder: Path, page: str, words: str, delimiter: str
) -> None:
    text = delimiter.join(["Buyer", "Seller", "What", "Mark"]) + "\r\n"
    text += delimiter.join(["Pakistan", "Türkiye", "Frigate", "Alpha"]) + "\r\n"
    result = run(made_up_folder, text.encode(page), said=MAPPING)
    assert result.exit_code == 0
    assert f"1 row about our states{words}" in result.output
    assert "Agreements: 1" in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has not the headings of a register that is known. Say with --mapping FILE"),
        (
            b"a,b\n1,2\n",
            "Known: DSCA notices of major arms sales, SIPRI trade register, UN Register of Conventional Arms.",
        ),
        (b"a,b" * 100_000, "has not the headings of a register that is known."),
        (SIPRI.encode("utf-16"), "theirs.csv, line 1: is not UTF-8 text but UTF-16."),
        (b"PK\x03\x04\x00", "theirs.csv: is a workbook, not CSV. Save the sheet as “CSV UTF-8”."),
        (SIPRI.encode() + b'"never closed', "has a quotation mark that is not closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(made_up_folder: Path, content: bytes, said: str) -> None:
    result = run(made_up_folder, content)
    assert said in result.output
    assert result.output.endswith("1 to mend.\n")


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=13), max_size=4), st.binary(max_size=20))
def test_whatever_a_register_holds_there_is_no_trace(shared_folder: Path, rows: list[list[str]], tail: bytes) -> None:
    before = {path: path.read_bytes() for path in shared_folder.iterdir()}
    content = (SIPRI + "\n".join(map(",".join, rows))).encode("utf-8", "replace") + tail
    result = run(shared_folder, content)
    assert result.exit_code in (0, 1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert {path: path.read_bytes() for path in shared_folder.iterdir()} == before


def test_what_cannot_be_read_at_all_ends_with_2(
    made_up_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = CliRunner().invoke(app, ["import", str(tmp_path / "nowhere.csv"), str(made_up_folder)])
    assert (result.output.splitlines()[0], result.exit_code) == (
        "nowhere.csv: cannot be opened. Name a file that is there.",
        2,
    )
    monkeypatch.setattr(register, "LARGEST", 9)
    assert run(made_up_folder, SIPRI).output.startswith("theirs.csv: is larger than 0 MB. Ask the other house")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Pakistan,Turkey,20x0,,4,,A,b,,,,,", "column “Year of order”: “20x0” is not a date. Write YYYY"),
        (
            "Pakistan,Turkey,2010,,four,,A,b,,,,,",
            "column “Number ordered”: “four” is not a whole number. Write digits only.",
        ),
        ("Pakistan,Turkey,2010,,4,,=1+1,b,,,,,", "column “Weapon designation”: “=1+1” would be run by a spreadsheet"),
        ("Pakistan,Turkey,2010,,4,,A\u202eB,b,,,,,", "B” holds a control character. Write the cell without it."),
        ("Pakistan,Turkey,2010,,4,,..,b,,,,,", "column “title”: is blank but must be given. Fill the cell"),
        ("Pakistan,Turkey,2010,,4,,A", "line 5: has 7 cells where the header has 13."),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_go_on(made_up_folder: Path, row: str, said: str) -> None:
    result = run(made_up_folder, f"{SIPRI}{row}\n{ROWS.splitlines()[0]}\n")
    assert f"theirs.csv, line 5{',' * said.startswith('column')}" in result.output
    assert said in result.output
    assert "Agreements: 1" in result.output
    assert result.exit_code == 1


def test_letters_that_are_lost_in_one_row_spoil_no_other(made_up_folder: Path) -> None:
    content = (SIPRI + ROWS).encode().replace(b"Bravo", b"Brav\xff")
    result = run(made_up_folder, content)
    assert "“Brav�”" in result.output
    assert "Agreements: 2" in result.output


def test_candidates_never_stand_among_the_tables_nor_replace_graded_ones(made_up_folder: Path, tmp_path: Path) -> None:
    result = run(made_up_folder, SIPRI + ROWS, "--to", str(made_up_folder))
    assert f"{made_up_folder}: is the folder of tables. Name another" in result.output
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "datapackage.json").touch()
    assert "is the folder of tables" in run(made_up_folder, SIPRI + ROWS, "--to", str(tmp_path / "other")).output
    (tmp_path / candidates.FILE).write_text("graded", encoding="utf-8")
    result = run(made_up_folder, SIPRI + ROWS, "--to", str(tmp_path))
    assert f"{tmp_path / candidates.FILE}: is there already, and may hold graded rows. Name another" in result.output
    result = run(made_up_folder, SIPRI + ROWS, "--to", str(tmp_path / candidates.FILE))
    assert "cannot be written. Name a folder in which files may be made." in result.output
    assert (tmp_path / candidates.FILE).read_text(encoding="utf-8") == "graded"
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Reg', 'name = Reg', "mapping.toml, line 1: is not well-formed from here on."),
        ('"title"', '"titel"', "mapping.toml, line 7: “titel” under [columns] is no column of deals.csv. Did you mean “title”?"),
        ('"Seller" = "supplier"', '"Seller" = "unit"', "mapping.toml: “supplier” is not said under [columns]. Add a line such as"),
        ('"TUR"', '"TUX"', "mapping.toml, line 13: “TUX” under [countries] is not in countries.csv. Allowed: AZE, CHN"),
        ('"TUR"', "7", "mapping.toml, line 12: “countries” is not a table of texts."),
        ("value_in = \"dollars\"", "value_in = \"million\"", "mapping.toml, line 2: “million” is not what a value may be counted in. Did you mean “millions”?"),
        ("value_in", "value_is", "mapping.toml, line 2: “value_is” is no part of a mapping. Did you mean “value_in”?"),
        ("value_in = \"dollars\"", "known_by = 7", "mapping.toml, line 2: “known_by” is not a list of texts."),
        ('"Buyer"', '"Buyers"', "theirs.csv, line 1, column “buyers”: is not among the headings, though the mapping names it. Did you mean “buyer”?"),
        ("value_in", 'known_by = ["Ref"]\nvalue_in', "theirs.csv, line 1, column “ref”: is not among the headings"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused(made_up_folder: Path, old: str, new: str, said: str) -> None:
    assert old in MAPPING
    result = run(made_up_folder, OTHER, said=MAPPING.replace(old, new))
    assert said in result.output
    assert result.exit_code == 2


def test_a_mapping_that_is_none_is_refused(made_up_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    result = run(made_up_folder, OTHER, "--mapping", str(path))
    assert result.output.startswith("mapping.json: cannot be opened. Name a mapping file that is there.")
    for content, said in (
        (b"[]", "is no table of names"),
        (b"\xff", "is not UTF-8 text"),
        (b"{\n", "line 2: is not well"),
    ):
        path.write_bytes(content)
        assert said in run(made_up_folder, OTHER, "--mapping", str(path)).output
    path = tmp_path / "mapping.toml"
    path.write_bytes(b"# \xff")
    assert "mapping.toml: is not UTF-8 text" in run(made_up_folder, OTHER, "--mapping", str(path)).output


def test_the_known_registers_have_no_fault(made_up_folder: Path) -> None:
    _, dictionary = files.read_texts(made_up_folder)
    paths = sorted(mapping.KNOWN.glob("*.toml"))
    assert len(mapping.known(dictionary)) == len(paths) == 3
    for path in paths:
        read = mapping.read(path, dictionary, [])
        assert read.source.keys() >= {"publisher", "kind", "language"}


@pytest.mark.parametrize(
    ("cell", "is_last", "day"),
    [
        ("2018", False, "2018"), ("2018-07", False, "2018-07"), ("2018; 2020", False, "2018"), ("2018; 2020", True, "2020"),
        ("2018-2020", True, "2020"), ("5 July 2018", False, "2018-07-05"), ("Sept. 5, 2018", False, "2018-09-05"),
        ("31 June 2018", False, "2018"), ("5 Foo 2018", False, "2018"), ("01/02/2018", False, "2018"),
    ],
)  # fmt: skip
def test_a_date_is_no_more_exact_than_it_is_certain(cell: str, is_last: bool, day: str) -> None:
    assert theirs.day(cell, is_last) == day


@pytest.mark.parametrize(
    ("cell", "value_in", "millions"),
    [
        ("$1.5 billion", 1, "1500"), ("USD 450 million", 1e-6, "450"), ("2bn", 1, "2000"), ("1,250,000", 1e-6, "1.25"),
        ("7.5", 1, "7.5"), ("300 thousand", 1, "0.3"), ("about 12.", 1, "12"),
    ],
)  # fmt: skip
def test_an_amount_is_in_millions(cell: str, value_in: float, millions: str) -> None:
    assert theirs.millions(cell, value_in) == millions


@pytest.mark.parametrize("cell", ["", "none", "$"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        theirs.millions(cell, 1)


@pytest.mark.parametrize(
    ("cell", "plain", "is_marked"),
    [
        ("4", "4", False),
        ("4?", "4", True),
        ("(4)", "4", True),
        (" 4 * ", "4", False),
        ("Alpha (II)", "Alpha (II)", False),
    ],
)
def test_a_mark_of_doubt_is_no_part_of_a_cell(cell: str, plain: str, is_marked: bool) -> None:
    assert theirs.unmarked(cell) == (plain, is_marked)


def our_deals(folder: Path) -> list[Deal]:
    _, dictionary = files.read_texts(folder)
    return deals(made_up.read("deals"), dictionary)


def test_only_trade_is_compared(made_up_folder: Path) -> None:
    kinds = {deal.cells["kind"] for deal in our_deals(made_up_folder)}
    assert "sale" in kinds
    assert not kinds & {"pact", "exercise", "embargo"}


@pytest.mark.parametrize(
    ("cells", "key", "is_same"),
    [
        ({"title": "Frigate Alpha", "start": "2010"}, "alpha-frigates", True),
        ({"title": "Frigate Alpha", "start": "2010", "supplier": "TUR;GBR"}, "alpha-frigates", True),
        ({"title": "Frigate Alpha", "start": "2010", "supplier": "GBR"}, "alpha-frigates", True),  # one party differs
        ({"title": "Frigate Alpha", "start": "1990", "supplier": "GBR"}, "alpha-frigates", False),  # and so do the years
        ({"title": "Frigate Alpha", "start": "2010", "supplier": "GBR", "recipient": "IND"}, "", False),
        ({"title": "Frigates Alfa", "start": "2014"}, "alpha-frigates", True),  # slips, and four years
        ({"title": "Course Golf", "recipient": "AZE"}, "golf-course", True),  # neither has a date
        ({"title": "Motors by Theta", "supplier": "UKR", "start": "2021"}, "delta-engine", True),  # words of its bodies
        ({"title": "…", "start": "2010"}, "", False),
    ],
)  # fmt: skip
def test_a_row_is_matched_by_parties_designation_and_years(
    made_up_folder: Path, cells: dict[str, str], key: str, is_same: bool
) -> None:
    item = Item(2, {"supplier": "TUR", "recipient": "PAK", **cells}, frozenset())
    (match,) = matched([item], our_deals(made_up_folder))
    assert (match.deal.cells["deal_id"] if match.deal else "", match.is_same) == (key, is_same)


def test_what_theirs_leaves_blank_is_no_difference(made_up_folder: Path) -> None:
    _, dictionary = files.read_texts(made_up_folder)
    theirs_says = {"title": "Trainer", "unit": "aircraft", "supplier": "PAK", "recipient": "TUR", "quantity": "4",
                   "announced": "2019", "start": "", "value_usd_m": "301", "year": "2019"}  # fmt: skip
    ours = next(deal for deal in our_deals(made_up_folder) if deal.cells["deal_id"] == "charlie-trainers")
    (match,) = matched([Item(2, theirs_says, frozenset())], [ours])
    assert list(differences(match, dictionary.tables["deals"])) == [
        ("recipient", "AZE", "TUR"), ("quantity", "", "4"), ("value_usd_m", "300", "301"),
    ]  # fmt: skip
    assert list(differences(match._replace(deal=None), dictionary.tables["deals"])) == []
