"""What has changed in a view since its link was made: exactly what differs in the rows that are or were in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.address import Asked, read
from dashboard.drift import Drift, drift, wording
from dashboard.drift.rows import rows
from dashboard.drift.wording import Figure, Row
from dashboard.tables import files
from dashboard.tables import load as data
from dashboard.tables.csvfile import TextTable, parse
from dashboard.tables.load import Tables
from tests.made_up import FORMER, altered, log

OLD_DEAL, OLD_SOURCE = "zulu-hulls", "old-paper"


def before(now: Tables) -> dict[str, TextTable]:
    """Return former tables: some cells are others, one deal and one source were there that are gone, one deal was not."""
    deals = altered(now.texts["deals"], "alpha-frigates", value_usd_m="900", start="2009~")
    deals = altered(deals, "bravo-upgrade", domain="air", last_checked="2000-01-01")
    deals = altered(deals, "delta-engine", value_usd_m="40.50", last_checked="2000-01-01")
    gone = [cell if name != "deal_id" else OLD_DEAL for name, cell in zip(deals.header, deals.rows[0], strict=True)]
    deals = replace(deals, rows=[*(row for row in deals.rows if row[0] != unused(now)), gone])
    sources = now.texts["sources"]
    sources = replace(sources, rows=[*sources.rows, [OLD_SOURCE, *sources.rows[0][1:]]])
    quotes = altered(now.texts["quotes"], "muster-2015-boats", text="Welcomed the boats.", credibility="3")
    return {**now.texts, "deals": deals, "sources": sources, "quotes": quotes}


def unused(now: Tables) -> str:
    """Return a naval deal that no other row refers to."""
    named = {*now.milestones["deal_id"], *now.spoken["deal_id"], *now.searched["deal_id"]}
    return next(key for key in now.deals.loc[now.deals["domain"] == "naval", "deal_id"] if key not in named)


@pytest.fixture
def drifted(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Return tables with a log of two versions."""
    monkeypatch.setattr(files, "read_log", lambda: parse("changes.csv", log(made_up, before(made_up))))
    return replace(made_up, stamp="drifted")


def since(tables: Tables, page: str, **given: str) -> Drift | None:
    """Return what has changed in a view."""
    return drift(tables, asked(tables, page, **given))


def asked(tables: Tables, page: str, **given: str) -> Asked:
    return read(tables, page, {"v": [FORMER], **{name: [value] for name, value in given.items()}})


def test_each_figure_and_row_of_the_view_is_named_and_nothing_else(drifted: Tables) -> None:
    found = since(drifted, "value", domain="naval")
    assert found
    assert found.words == (f"5 figures in this view have changed since version {FORMER}; 1 deal is new, 1 deal is gone")
    new = drifted.deals.set_index("deal_id")["title"][unused(drifted)]
    assert [(row.table, row.title, row.change) for row in found.rows] == [
        ("deals", "Frigate Alpha", "changed"), ("deals", "Upgrade Bravo", "changed"), ("deals", "Frigate Alpha", "gone"),
        ("deals", new, "new"), ("quotes", "Bora Muster: about March 2015", "changed"),
    ]  # fmt: skip
    assert found.rows[0] == Row(
        "deals", "Frigate Alpha", "changed",
        (Figure("Value", "“$900m”", "“$1bn”"), Figure("Start", "“about 2009”", "“6 May 2010”")),
        ("deal", "id", "alpha-frigates"),
    )  # fmt: skip
    assert found.rows[1].figures == (Figure("Domain", "“Air”", "“Naval”"),)
    assert found.rows[2].own == ()
    assert found.rows[4].figures[1].now == ""
    assert found.rows[4].own == ("quotes", "statement", "muster-2015-boats")


def test_a_row_that_left_the_view_is_named_where_it_was(drifted: Tables) -> None:
    found = since(drifted, "timeline", domain="air")
    assert found
    assert [row.title for row in found.rows] == ["Upgrade Bravo", "Bora Muster: about March 2015"]


def test_rows_alone_that_are_new_or_gone_are_counted_without_figures(drifted: Tables) -> None:
    found = since(drifted, "sources")
    assert found
    assert found.words == f"In this view 1 source is gone since version {FORMER}"
    assert Drift(FORMER, (Row("deals", "A", "new", ()), Row("gaps", "B", "new", ()))).words == (
        f"In this view 1 deal and 1 open question are new since version {FORMER}"
    )


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("deal", {"id": "delta-engine"}), ("search", {"said": "alpha"}), ("compare", {"a": "IND-TUR", "b": "CHN-TUR"}),
        ("quotes", {"analyst": "Ada Sample"}), ("data", {"table": "places"}), ("claims", {"id": "papa-flight"}),
        ("map", {"show": "measures"}), ("map", {"asof": "1990"}),
    ],
)  # fmt: skip
def test_a_view_in_which_nothing_changed_has_no_note(drifted: Tables, page: str, given: dict[str, str]) -> None:
    assert since(drifted, page, **given) is None


def test_a_link_without_a_version_or_with_that_of_now_has_no_note_unless_the_tables_were_edited(
    drifted: Tables,
) -> None:
    assert since(drifted, "value", v="") is None
    assert since(drifted, "value", v=drifted.version) is None
    texts = {**drifted.texts, "deals": altered(drifted.texts["deals"], "alpha-frigates", title="Frigate Omega")}
    found = since(replace(drifted, texts=texts, is_edited=True), "value", v=drifted.version)
    assert found
    assert found.rows[0].figures == (Figure("Title", "“Frigate Alpha”", "“Frigate Omega”"),)


def test_a_column_that_only_one_version_has_is_no_change_of_each_row(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    wider = {
        name: replace(table, header=[*table.header, "extra"], rows=[[*row, "x"] for row in table.rows])
        for name, table in made_up.texts.items()
    }
    narrow = {name: table for name, table in wider.items() if name != "gaps"}
    monkeypatch.setattr(files, "read_log", lambda: parse("changes.csv", log(made_up, narrow)))
    tables = replace(made_up, stamp="narrow")
    found = since(tables, "data", table="gaps")
    assert found
    assert {row.change for row in found.rows} == {"new"}
    assert since(tables, "timeline") is None


def test_each_page_has_the_rows_in_view_that_it_rests_on(made_up: Tables) -> None:
    assert rows(made_up, asked(made_up, "deal", id="alpha-frigates"))["deals"] == {"alpha-frigates"}
    assert set(rows(made_up, asked(made_up, "value", money="constant"))["deflator"]) == set(
        made_up.deflator["year"].astype(str)
    )
    assert set(rows(made_up, asked(made_up, "map", show="ties"))["deals"]) == set(
        made_up.deals.loc[made_up.deals["family"] == "tie", "deal_id"]
    )
    assert "papa-flight" in rows(made_up, asked(made_up, "claims"))["deals"]
    assert "alpha-frigates" not in rows(made_up, asked(made_up, "claims"))["deals"]
    named = rows(made_up, asked(made_up, "quotes", statement="muster-2015-boats", analyst="Ada Sample"))["quotes"]
    assert "muster-2015-boats" in named
    pair = rows(made_up, asked(made_up, "compare", a="TUR-PAK", b="Ada Sample"))
    assert "alpha-frigates" in pair["deals"]
    milestones = rows(made_up, asked(made_up, "data", table="milestones", find="Frigate contract signed"))["milestones"]
    assert milestones == {"alpha-frigates · 2010-05-06 · Frigate contract signed"}


def test_a_milestone_is_named_by_its_deal(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = made_up.texts["milestones"]
    former = {**made_up.texts, "milestones": replace(steps, rows=steps.rows[1:])}
    monkeypatch.setattr(files, "read_log", lambda: parse("changes.csv", log(made_up, former)))
    found = since(replace(made_up, stamp="step"), "deal", id="alpha-frigates")
    assert found
    assert found.rows[0].title == "Frigate Alpha: January 2010, Talks on four ships"
    assert found.rows[0].own == ("deal", "id", "alpha-frigates")


def test_tables_say_whether_they_were_edited_after_their_release(made_up_folder: Path) -> None:
    fresh = data.load(made_up_folder)
    assert (fresh.is_edited, fresh.edition) == (False, fresh.version)
    described = made_up_folder / data.DESCRIPTION
    described.write_bytes(data.sealed(fresh.dictionary.descriptor, lambda name: (made_up_folder / name).read_bytes()))
    deals = made_up_folder / "deals.csv"
    deals.write_bytes(deals.read_bytes().replace(b"\n", b"\r\n"))  # as a program may write it
    assert not data.load(made_up_folder).is_edited
    deals.write_bytes(deals.read_bytes().replace(b"Frigate Alpha", b"Frigate Omega"))
    edited = data.load(made_up_folder)
    assert edited.edition == f"{fresh.version} with later edits"


def test_a_key_of_another_table_is_said_by_what_it_names(made_up: Tables) -> None:
    first, second = made_up.deals["deal_id"][:2]
    titles = made_up.deals["title"][:2].tolist()
    assert wording._in_words(made_up, "quotes", "deal_ids", f"{first};{second};gone") == "; ".join([*titles, "gone"])
