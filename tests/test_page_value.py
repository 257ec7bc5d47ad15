from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import money
from dashboard.data import Tables
from dashboard.deals import format_usd
from dashboard.markup import value as value_markup
from dashboard.pages import value as page
from tests.page import finding, opened, written
from tests.published import TRADE, read

DEALS = read("deals")
PRICED = [row for row in DEALS if row["in_totals"] == "yes" and row["value_usd_m"]]
WHOLE = sum(float(row["value_usd_m"]) for row in PRICED)


show = partial(opened, "value")


def markup(test: AppTest) -> str:
    return html.unescape(written(test))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def twin(test: AppTest) -> dict[str, list[str]]:
    (body,) = re.findall(r"<caption>Disclosed value by.*?<tbody>(.*?)</tbody>", markup(test), re.DOTALL)
    rows = [
        [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]
    return {name: cells for name, *cells in rows}


def steps(test: AppTest) -> list[str]:
    (strip,) = re.findall(r'<section class="robustness">.*?</ol>', markup(test), re.DOTALL)
    return re.findall(r"<li.*?</li>", strip)


def unpriced(rows: list[dict[str, str]]) -> int:
    return sum(row["kind"] in TRADE and not row["value_usd_m"] for row in rows)


def test_the_finding_is_computed_from_the_rows_in_view() -> None:
    naval = sum(float(row["value_usd_m"]) for row in PRICED if row["domain"] == "naval")
    assert finding(show()) == (
        f"Naval deals hold {format_usd(naval)}, {naval / WHOLE:.0%} of the {format_usd(WHOLE)} disclosed; "
        f"{unpriced(DEALS)} trade deals have no public value."
    )
    land = [row for row in DEALS if row["domain"] == "land"]
    assert finding(show(domain="land")) == f"No value is disclosed; {unpriced(land)} trade deals have no public value."


@pytest.mark.parametrize("by", ["domain", "supplier", "recipient", "year", "status"])
def test_the_table_adds_up_to_its_last_row(by: str) -> None:
    rows = twin(show(by=by))
    *groups, (name, whole) = rows.items()
    assert name == "All"
    assert whole[0] == format_usd(WHOLE)
    assert sum(int(cells[5]) for _, cells in groups) == int(whole[5]) == len(PRICED)
    assert sum(int(cells[6]) for _, cells in groups) == int(whole[6]) == unpriced(DEALS)


def test_the_table_says_what_the_bars_show() -> None:
    test = show()
    china = [row for row in PRICED if row["domain"] == "naval"]
    cells = twin(test)["Naval"]
    assert cells[0] == format_usd(sum(float(row["value_usd_m"]) for row in china))
    for at, basis in enumerate(["contract", "reported", "estimate"], start=1):
        amount = sum(float(row["value_usd_m"]) for row in china if row["value_basis"] == basis)
        assert cells[at] == (format_usd(amount) if amount else "none")
    low = sum(float(row["value_low_usd_m"] or row["value_usd_m"]) for row in china)
    high = sum(float(row["value_high_usd_m"] or row["value_usd_m"]) for row in china)
    assert cells[4] == f"{format_usd(low)} to {format_usd(high)}"
    assert twin(test)["Land"][:5] == ["none"] * 5
    alternative = test.get("plotly_chart")[0].proto.alt
    assert f"Naval, {cells[0]}" in alternative


def test_several_suppliers_have_a_row_of_their_own_and_the_page_says_so() -> None:
    test = show(by="supplier")
    assert "China and Pakistan" in twin(test)
    assert "A deal with several suppliers counts once" in markup(test)
    assert "counts once" not in markup(show())


def test_constant_dollars_name_their_year_their_basis_and_what_is_left_out() -> None:
    index = {row["year"]: float(row["cpi_u"]) for row in read("deflator")}
    base = max(index)
    years = {row["deal_id"]: (row["start"] or row["announced"])[:4] for row in DEALS}
    expected = sum(
        float(row["value_usd_m"]) * index[base] / index[years[row["deal_id"]]]
        for row in PRICED
        if years[row["deal_id"]]
    )
    test = show(money="constant")
    assert twin(test)["All"][0] == format_usd(expected)
    words = plain(markup(test))
    assert f"dollars of {base}, the latest full year of the index" in words
    assert "year of signature (start, else announcement), as in UK defence export statistics" in words
    assert f"{sum(not year for year in years.values())} deals without a year left out of this view" in words
    assert "The index was read from" in words
    assert f"dollars of {base}" not in plain(markup(show()))


def test_values_of_years_beyond_the_index_are_said_to_be_left_out(tables: Tables) -> None:
    short = replace(tables, deflator=tables.deflator[tables.deflator["year"] <= 2017])
    constant = money.deflate(short.deals, short.deflator)
    beyond = [row for row in DEALS if row["value_usd_m"] and (row["start"] or row["announced"])[:4] > "2017"]
    assert len(beyond) > 1
    words = page._constant_notes(short, constant)[1]
    assert f" {len(beyond)} deals with a value left out, of years that the index does not cover." in words
    assert "does not cover" not in page._constant_notes(tables, money.deflate(tables.deals, tables.deflator))[1]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("recipient", "where Pakistan alone is the recipient, Turkey is a supplier, and the other way round."),
        ("supplier", "where Pakistan alone is the supplier, Turkey is a recipient, and the other way round."),
    ],
)
def test_between_two_countries_the_bars_say_whose_money_goes_where(by: str, words: str) -> None:
    between = "Every deal in view has both Turkey and Pakistan as parties: "
    assert between + words in plain(markup(show(by=by, country=["TUR", "PAK"])))
    assert between not in plain(markup(show(by="domain", country=["TUR", "PAK"])))
    assert "Every deal in view has both" not in plain(markup(show(by=by, country="TUR")))


def test_the_strip_shows_every_step_whatever_the_reader_asks_for_and_marks_the_readers_own() -> None:
    free, strict = show(), show(sure="credible")
    sums = [re.findall(r"<b>(.*?)</b>", step) for step in steps(free)]
    assert len(sums) == 4
    assert sums[0] == [format_usd(WHOLE)]
    assert sums == [re.findall(r"<b>(.*?)</b>", step) for step in steps(strict)]
    assert ["aria-current" in step for step in steps(free)] == [True, False, False, False]
    assert ["aria-current" in step for step in steps(strict)] == [False, False, True, False]
    credible = sum(float(row["value_usd_m"]) for row in PRICED if row["credibility"] in "12")
    assert credible < WHOLE
    assert format_usd(credible) in plain(steps(strict)[2])
    assert twin(strict)["All"][0] == format_usd(credible)


def test_the_steps_link_to_the_same_view_and_defaults_stay_out_of_the_address() -> None:
    links = [re.findall(r'href="(.*?)"', step) for step in steps(show(sure="both", by="year", domain="air"))]
    assert links[0] == ["value?domain=air&by=year"]
    assert "sure=origins" in links[1][0]
    assert steps(show(sure="both"))[0].count('href="value"') == 1


def test_a_sentence_says_what_the_value_rests_on() -> None:
    contract = sum(float(row["value_usd_m"]) for row in PRICED if row["value_basis"] == "contract")
    share = "less than 1%" if contract / WHOLE < 0.01 else f"{contract / WHOLE:.0%}"
    assert f"rests on a single origin, {share} on a contract figure." in plain(markup(show()))


def test_the_stages_tell_a_memorandum_from_a_delivery() -> None:
    words = markup(show())
    ladder, apart = words[words.index('<section class="stages">') :].split("Apart from the ladder")
    assert re.findall(r'<li data-status="(.*?)"', ladder) == [
        "proposed",
        "negotiating",
        "signed",
        "in-progress",
        "delivered",
    ]
    delivered = sum(float(row["value_usd_m"]) for row in PRICED if row["status"] == "delivered")
    assert f"{format_usd(delivered)} is delivered" in ladder
    (alleged,) = re.findall(r'<li data-status="alleged">(.*?)</li>', apart)
    figure = sum(float(row["value_usd_m"] or 0) for row in DEALS if row["status"] == "alleged")
    assert f"{format_usd(figure)} not in totals" in plain(alleged)


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    out = [row for row in DEALS if row["in_totals"] == "no" and row["value_usd_m"]]
    words = markup(show())
    for row in out:
        assert f'href="deal?id={row["deal_id"]}"' in words
        assert row["doubt"].partition("Not in totals:")[2].strip().partition(". ")[0].rstrip(".") in words


def test_a_filter_that_keeps_nothing_says_so() -> None:
    test = show(q="no such deal")
    assert finding(test) == "No trade deal with a value in totals is in view."
    assert "No deal fits these filters" in test.info[0].value
    assert not test.get("plotly_chart")


def test_ties_only_give_a_page_without_a_price() -> None:
    test = show(kind="exercise")
    assert "No value is disclosed" in plain(markup(test))
    assert "$0" not in markup(test)


def test_unknown_choices_are_dropped() -> None:
    assert finding(show(by="colour", money="gold")) == finding(show())


def test_a_long_list_of_what_is_left_out_is_cut_and_says_so(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_markup, "LISTED", 2)
    apart = tables.deals[(tables.deals["in_totals"] == "no") & tables.deals["value_usd_m"].notna()]
    words = value_markup.left_out_table(
        tables, apart.head(value_markup.LISTED), len(apart), "dollars of 2025", lambda page, **own: page
    )
    assert f"the 2 largest of {len(apart)}" in words
    assert words.count("<tr>") == 1 + 2
    assert "Value, dollars of 2025" in words
