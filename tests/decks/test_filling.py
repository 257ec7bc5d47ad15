from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.decks.deck import Deck, Slide
from dashboard.decks.fields import FIELDS, Scope
from dashboard.decks.fields import filled as with_fields
from dashboard.decks.filling import faults, filled
from dashboard.decks.reading import read
from dashboard.decks.seen import seen
from dashboard.questions import deals
from dashboard.tables.load import Tables
from tests.made_up import format_usd

TODAY = date(2026, 1, 1)


def scope(tables: Tables, text: str) -> Scope:
    """Return what the fields of an address are computed from."""
    shown, problems = seen(tables, text, TODAY)
    assert shown
    assert problems == []
    return Scope(tables, shown.asked, shown.view)


def said(tables: Tables, text: str, **slide: str) -> list[str]:
    """Return the faults of a deck with one slide, as a maintainer reads them."""
    lines = [f'{key} = "{value}"' for key, value in {"view": text, "line": "A", **slide}.items()]
    draft = read("ships.toml", "\n".join(['title = "A"', "[[slide]]", *lines]).encode())
    return [str(fault).removeprefix("decks/ships.toml, ") for fault in faults(tables, "ships.toml", draft, TODAY)]


def test_a_deck_is_filled_with_what_its_views_show(made_up: Tables) -> None:
    deck = Deck("a", "A", (Slide("/value?domain=naval", "{count} of {whole}", "{priced}"), Slide("/no-page", "B"), Slide("/#claims", "C")))  # fmt: skip
    one, other = filled(made_up, deck, TODAY)
    naval = made_up.deals[made_up.deals["domain"] == "naval"]
    counted = naval[(naval["in_totals"] == "yes") & naval["value_usd_m"].notna()]
    assert (one.view.page, one.view.query) == ("value", "domain=naval")
    assert (one.line, one.notes) == (f"{len(naval)} of {len(made_up.deals)}", str(len(counted)))
    assert one.picture
    assert one.picture.name == "value"
    assert other.picture
    assert other.picture.name == "claims"


@pytest.mark.parametrize(
    ("view", "faults"),
    [
        ("https://host.example/value", ["line 3: “https://host.example/value” names a site, and a deck is shown wherever it is (slide 1). "
                                        "Write the address as it stands in the browser after the name of the site: /value?domain=naval."]),
        ("/valu", ["line 3: “/valu” is no page that a slide can show (slide 1). Did you mean “/value”? Allowed: "]),
        ("/value?domian=naval", ["line 3: “domian” is no parameter of /value (slide 1). Did you mean “domain”? Allowed: "]),
        ("/value?domain=navel&by=yaer", ["line 3: “navel” is a domain that is not in the tables (slide 1). Did you mean “naval”? Allowed: ",
                                         "line 3: “yaer” is a grouping that "]),
        ("/value?by=year&by=status", ["line 3: “status” is a second value of by, which takes one (slide 1). Write one of them."]),
        ("/value?from=2020&to=2010", ["line 3: “2020” is later than 2010, so nothing can be within these years (slide 1). Write the earlier year first."]),
        ("/value?from=soon", ["line 3: “soon” is a first year that is no year (slide 1). Choose it on the page, and copy the address."]),
        ("/value?q=nosuchword", ["line 3: “/value?q=nosuchword” shows nothing (slide 1). Take a filter out of it, or the slide out of the deck."]),
        ("/#valeu", ["line 3: “#valeu” names no picture and no table of this view (slide 1). Did you mean “value”? Allowed: "]),
    ],
)  # fmt: skip
def test_every_fault_of_a_view_is_said_with_its_remedy(made_up: Tables, view: str, faults: list[str]) -> None:
    found = said(made_up, view)
    assert len(found) == len(faults)
    for one, wanted in zip(found, faults, strict=True):
        assert one.startswith(wanted)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{cuont} deals", "line 4: “{cuont}” is no field (slide 1). Did you mean “count”? Allowed: "),
        ("{ count } deals, {}", "line 4: “{}” is no field (slide 1). Allowed: "),
        ("a } b", "line 4: “a } b” has a brace that opens or closes nothing (slide 1). Braces hold the name of a field, as in {count}."),
        ("{{count}}", "line 4: “{{count}}” has a brace that opens or closes nothing (slide 1). "),
        ("{top_group}", "line 4: “{top_group}” has no value in what the slide shows (slide 1). Take it out, or choose another view."),
        (f"{'a' * 130}{{finding}}", f"line 4: “{'a' * 100}…” is too long for a line to take home, with its fields filled in: "),
    ],
)  # fmt: skip
def test_every_fault_of_a_line_is_said_with_its_remedy(made_up: Tables, line: str, fault: str) -> None:
    (found,) = said(made_up, "/value?q=sierra" if "top" in line else "/value", line=line)
    assert found.startswith(fault)


def test_notes_may_hold_fields_and_are_looked_at_too(made_up: Tables) -> None:
    (fault,) = said(made_up, "/value", notes="{no}")
    assert fault.startswith("line 5: “{no}” is no field (slide 1).")


def test_faults_of_form_and_of_views_are_said_together_in_the_order_of_the_file(made_up: Tables) -> None:
    draft = read("a.toml", b'title = "A"\n[[slide]]\nview = "/no"\n[[slide]]\nview = "/"\nline = "{no}"\nmore = "b"\n')
    assert [fault.line for fault in faults(made_up, "a.toml", draft, TODAY)] == [2, 3, 6, 7]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_words_and_a_value_of_all_deals(made_up: Tables, elsewhere: Tables, name: str) -> None:
    for tables in (made_up, elsewhere):
        line, problems = with_fields(scope(tables, "/"), f"{{{name}}}")
        assert problems == []
        assert line
        assert "{" not in line


def test_fields_agree_with_rows_that_are_counted_by_hand(made_up: Tables) -> None:
    rows = made_up.deals
    counted = rows[(rows["in_totals"] == "yes") & rows["value_usd_m"].notna()]
    sure = counted[(counted["origins"] >= 2) & (counted["credibility"] <= 2)]
    begins = rows["begins"].dropna().dt.year.value_counts()
    expected: dict[str, Any] = {
        "deals": len(rows), "priced": len(counted), "sure_priced": len(sure), "one_origin": (rows["origins"] <= 1).sum(),
        "ties": (rows["family"] == "tie").sum(), "measures": (rows["family"] == "measure").sum(),
        "disclosed_total": format_usd(counted["value_usd_m"].sum()), "sure_total": format_usd(sure["value_usd_m"].sum()),
        "statements": len(made_up.quotes), "speakers": made_up.quotes["analyst"].nunique(),
        "direct": (made_up.quotes["form"] == "direct").sum(), "sources": len(made_up.sources),
        "first_year": begins.index.min(), "busiest_year_deals": begins.max(),
        "version": made_up.version, "day": made_up.package.day,
    }  # fmt: skip
    made = {name: with_fields(scope(made_up, "/"), f"{{{name}}}")[0] for name in expected}
    assert made == {name: str(value) for name, value in expected.items()}


def test_the_fields_follow_the_filters_of_the_slide(made_up: Tables) -> None:
    naval = deals.select(made_up, deals.Selection(domain=("naval",)))
    assert with_fields(scope(made_up, "/value?domain=naval&by=supplier"), "{deals}, {first_year}")[0] == (
        f"{len(naval)}, {naval['begins'].min().year}"
    )
    assert 0 < len(scope(made_up, "/?domain=naval").sources) < len(made_up.sources)
    assert 0 < len(scope(made_up, "/?domain=naval").said) < len(made_up.quotes)


def test_on_the_page_of_a_deal_the_fields_are_those_of_this_deal(made_up: Tables) -> None:
    spoken = made_up.spoken[made_up.spoken["deal_id"] == "papa-flight"]
    one = scope(made_up, "/deal?id=papa-flight")
    assert with_fields(one, "{deals} {statements} {contested}")[0] == f"1 {len(spoken)} 1"
    assert set(made_up.deals.set_index("deal_id").loc["papa-flight", "source_ids"].split(";")) <= set(
        one.sources["source_id"]
    )
    assert len(one.sources) < len(made_up.sources)


def test_what_is_not_known_has_no_value_and_is_never_zero(made_up: Tables) -> None:
    bare = scope(made_up, "/?q=sierra")
    for name in ("disclosed_total", "contract_share", "one_origin_share", "sure_total", "top_group", "top_total", "top_share", "first_year", "busiest_year", "busiest_year_deals"):  # fmt: skip
        assert [one.problem for one in with_fields(bare, f"{{{name}}}")[1]] == ["has no value in what the slide shows"]
    tie = scope(made_up, "/?kind=pact")
    assert with_fields(tie, "{busiest_way}{busiest_way_deals}")[0] == "{busiest_way}{busiest_way_deals}"
