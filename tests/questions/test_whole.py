"""One table, whole: the rows that are asked for, in their order, and what its cells say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.questions import groups, health, whole
from dashboard.questions.whole import Want
from dashboard.tables.load import Tables
from tests.made_up import read

KEYS = {"deals": "deal_id", "quotes": "quote_id", "sources": "source_id", "places": "place_id", "gaps": "gap_id"}


def found(tables: Tables, table: str = "deals", key: str = "", **asked: object) -> list[str]:
    """Return the keys of the rows that are asked for."""
    return whole.found(tables, Want(table, **asked))[key or KEYS[table]].astype(str).tolist()  # ty: ignore[invalid-argument-type]


@pytest.mark.parametrize(
    "name", ["deals", "milestones", "quotes", "sources", "places", "countries", "gaps", "deflator"]
)
def test_cells_are_those_of_the_file(made_up: Tables, name: str) -> None:
    rows = whole.found(made_up, Want(name))
    assert whole.cells(made_up, name, rows) == [[*row.values()] for row in read(name)]


def test_a_search_looks_into_every_cell_and_into_the_words_for_values_and_states(made_up: Tables) -> None:
    deals = read("deals")
    assert found(made_up, find="quebec") == ["quebec-drones"]
    assert found(made_up, find="Ukraine") == [
        row["deal_id"] for row in deals if "UKR" in row["supplier"] + row["recipient"]
    ]
    assert found(made_up, find="technology transfer") == [
        row["deal_id"] for row in deals if row["kind"] == "technology-transfer"
    ]
    assert found(made_up, find="kappa-office-2018") == [
        row["deal_id"] for row in deals if "kappa-office-2018" in row["source_ids"]
    ]
    assert found(made_up, find="no such words") == []


def test_blank_and_filled_part_the_table(made_up: Tables) -> None:
    blank, filled = found(made_up, blank=("start",)), found(made_up, filled=("start",))
    assert blank == [row["deal_id"] for row in read("deals") if not row["start"]]
    assert sorted([*blank, *filled]) == sorted(found(made_up))
    both = [row["deal_id"] for row in read("deals") if not row["start"] and row["value_usd_m"]]
    assert found(made_up, blank=("start",), filled=("value_usd_m",)) == both


def test_a_part_is_of_its_deals_domains(made_up: Tables) -> None:
    naval = {row["deal_id"] for row in read("deals") if row["domain"] == "naval"}
    assert set(found(made_up, part=("naval",))) == naval
    assert set(found(made_up, "milestones", "deal_id", part=("naval",))) <= naval
    spoken = [row["quote_id"] for row in read("quotes") if naval & set(row["deal_ids"].split(";"))]
    assert found(made_up, "quotes", part=("naval",)) == spoken
    at = {row["place_id"] for row in read("deals") if row["domain"] == "naval"}
    assert found(made_up, "places", part=("naval",)) == [
        row["place_id"] for row in read("places") if row["place_id"] in at
    ]
    steps = [row for row in read("milestones") if row["deal_id"] in naval]
    cited = {
        key
        for row in [*steps, *(row for row in read("deals") if row["deal_id"] in naval)]
        for key in row["source_ids"].split(";")
    }
    assert set(found(made_up, "sources", part=("naval",))) == cited
    assert found(made_up, "gaps", part=("naval",)) == [
        row["gap_id"] for row in read("gaps") if row["domain"] == "naval"
    ]


@pytest.mark.parametrize("table", ["countries", "deflator"])
def test_what_has_no_domain_is_shown_whole(made_up: Tables, table: str) -> None:
    assert len(whole.found(made_up, Want(table, part=("naval",)))) == len(read(table))
    assert whole.in_words(made_up, Want(table, part=("naval",))) == []
    title = made_up.dictionary.resources[table]["title"]
    assert whole.unanswered(made_up, Want(table, part=("naval",))) == [
        f"The rows of {title} have no domain; it was left out."
    ]


def test_rows_go_by_dates_sizes_places_and_letters_and_blanks_come_last(made_up: Tables) -> None:
    deals = {row["deal_id"]: row for row in read("deals")}
    for falling in ("", "-"):
        values = [deals[key]["value_usd_m"] for key in found(made_up, sort=f"{falling}value_usd_m")]
        known = [float(value) for value in values if value]
        assert known == sorted(known, reverse=bool(falling))
        assert not any(values[len(known) :])
    days = [deals[key]["start"].rstrip("~?") for key in found(made_up, sort="start") if deals[key]["start"]]
    assert days == sorted(days)
    order = [*made_up.dictionary.choices("deals", "status")]
    places = [order.index(deals[key]["status"]) for key in found(made_up, sort="status")]
    assert places == sorted(places)
    titles = [deals[key]["title"] for key in found(made_up, sort="-title")]
    assert titles == sorted(titles, key=str.casefold, reverse=True)
    bodies = [deals[key]["supplier_org"] for key in found(made_up, sort="supplier_org")]
    assert not any(bodies[bodies.index("") :])


def test_an_order_that_the_table_does_not_have_leaves_it_as_it_is(made_up: Tables) -> None:
    assert found(made_up, "places", sort="-value_usd_m") == [row["place_id"] for row in read("places")]


def test_what_is_asked_for_is_said_in_words(made_up: Tables) -> None:
    want = Want("deals", "frigate", ("end",), ("value_usd_m", "start"), ("naval", "air"), "one-origin", "-start")
    assert whole.in_words(made_up, want) == [
        "End blank", "Value and Start filled in", "Naval or Air", "deals on one origin alone", "with “frigate”",
    ]  # fmt: skip
    assert whole.in_words(made_up, Want("deals", sort="start")) == []
    assert whole.unanswered(made_up, want) == []


def test_what_a_table_cannot_answer_changes_nothing(made_up: Tables) -> None:
    want = Want("places", blank=("start",), filled=("value_usd_m",), only="silent")
    assert len(whole.found(made_up, want)) == len(read("places"))
    assert whole.in_words(made_up, want) == []
    assert len(whole.unanswered(made_up, want)) == 3


@pytest.mark.parametrize("name", groups.GROUPS)
def test_a_group_is_neither_nothing_nor_all_of_the_made_up_deals(made_up: Tables, name: str) -> None:
    assert 0 < len(whole.found(made_up, Want("deals", only=name))) <= len(read("deals"))


def test_trade_parts_into_public_and_not_disclosed_and_all_else_has_no_price(made_up: Tables) -> None:
    three = [found(made_up, only=name) for name in ("public-value", "undisclosed", "no-price")]
    assert sorted(key for keys in three for key in keys) == sorted(found(made_up))


# --- the health ------------------------------------------------------------------------------------------------------


def test_of_a_column_what_is_filled_in_and_what_is_blank_are_counted_and_found(made_up: Tables) -> None:
    for name in ("deals", "quotes", "sources", "gaps", "countries"):
        for one in health.coverage(made_up, name):
            assert len(whole.found(made_up, one.every.rows)) == one.every.filled, one.column.name
            assert len(whole.found(made_up, one.lacking)) == one.every.whole - one.every.filled, one.column.name
            for part in one.domains.values():
                assert len(whole.found(made_up, part.rows)) == part.filled <= part.whole


def test_a_value_is_asked_of_trade_alone(made_up: Tables) -> None:
    (value,) = (one for one in health.coverage(made_up, "deals") if one.column.name == "value_usd_m")
    public, undisclosed = found(made_up, only="public-value"), found(made_up, only="undisclosed")
    assert (value.every.filled, value.every.whole) == (len(public), len(public) + len(undisclosed))
    assert value.every.share == pytest.approx(len(public) / (len(public) + len(undisclosed)))
    assert "never zero" in value.note


def test_the_share_of_nothing_is_nothing() -> None:
    assert health.Part(0, 0, Want("deals")).share == 0


def test_domains_without_a_deal_are_not_counted(made_up: Tables) -> None:
    assert set(health.domains(made_up)) == {row["domain"] for row in read("deals")}


def test_every_figure_counts_the_rows_that_it_leads_to(made_up: Tables) -> None:
    figures = health.figures(made_up)
    assert len({one.words for one in figures}) == len(figures)
    for one in figures:
        assert len(whole.found(made_up, one.rows)) == one.count <= (one.whole or one.count)


def test_the_oldest_check_is_named_with_its_day(made_up: Tables) -> None:
    oldest = min(row["last_checked"] for row in read("deals"))
    (figure,) = (one for one in health.figures(made_up) if one.rows == Want("deals", only="oldest"))
    assert figure.count == sum(row["last_checked"] == oldest for row in read("deals"))
    assert figure.words.startswith("deals last checked longest ago, on ")


def test_a_table_without_rows_was_never_checked(made_up: Tables) -> None:
    none = replace(made_up, gaps=made_up.gaps.head(0))
    assert not [one for one in health.figures(none) if one.rows == Want("gaps", only="oldest")]
