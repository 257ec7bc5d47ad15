"""What it is worth, over the made-up tables: every figure is counted again from the files, without the product."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.address import Links
from dashboard.pages import value as page
from dashboard.questions import findings, money
from dashboard.questions.deals import Selection, Totals, total
from dashboard.tables.load import Tables
from dashboard.views.value import constant_notes
from dashboard.words import format_count
from tests.macros import macros
from tests.made_up import Row, format_usd, read
from tests.page import charts, finding, in_view, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")

DEALS = read("deals")
BASES = ["contract", "reported", "estimate"]
UNPRICED_KINDS = {
    *("exercise", "pact", "visit", "statement", "embargo", "restriction"),
    *("transfer-claim", "covert-programme"),
}
PRICED = [row for row in DEALS if row["in_totals"] == "yes" and row["value_usd_m"]]


show = partial(opened, "value")


def markup(test: AppTest) -> str:
    return html.unescape(written(test))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def table(test: AppTest) -> dict[str, list[str]]:
    (body,) = re.findall(r"<caption>Disclosed value by.*?<tbody>(.*?)</tbody>", markup(test), re.DOTALL)
    rows = [
        [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]
    return {name: cells for name, *cells in rows}


def steps(test: AppTest) -> list[str]:
    (strip,) = re.findall(r'<section class="robustness">.*?</ol>', markup(test), re.DOTALL)
    return re.findall(r"<li.*?</li>", strip)


def worth(rows: list[Row]) -> float:
    return sum(float(row["value_usd_m"]) for row in rows)


def unpriced(rows: list[Row]) -> int:
    return sum(row["kind"] not in UNPRICED_KINDS and not row["value_usd_m"] for row in rows)


WHOLE = worth(PRICED)


# --- the finding -------------------------------------------------------------------------------------------------


def test_the_finding_says_which_group_makes_up_most_and_what_has_no_value() -> None:
    naval = worth([row for row in PRICED if row["domain"] == "naval"])
    assert unpriced(DEALS) > 1
    assert finding(show()) == (
        f"Naval deals make up {naval / WHOLE:.0%} of the disclosed total, {format_usd(naval)} of {format_usd(WHOLE)}. "
        f"{unpriced(DEALS)} trade deals have no public value."
    )
    assert finding(show(domain="naval")).startswith(
        f"Naval deals make up all of the disclosed total, {format_usd(naval)}."
    )


def of(made_up: Tables, by: str = "domain") -> tuple[list[money.Group], Totals]:
    """Return the groups of every deal and what they add up to."""
    return money.groups(made_up, made_up.deals, by), total(made_up.deals, BASES)


@pytest.mark.parametrize(
    ("priced", "unpriced", "disclosed", "words"),
    [
        (0, 0, 0.0, "No trade deal in view has a value that may be added up."),
        (0, 1, 0.0, "No value is disclosed. 1 trade deal has no public value."),
        (0, 2, 0.0, "No value is disclosed. 2 trade deals have no public value."),
    ],
)
def test_where_nothing_is_disclosed_the_finding_gives_no_sum(
    made_up: Tables, priced: int, unpriced: int, disclosed: float, words: str
) -> None:
    none = total(made_up.deals.iloc[:0], [])
    assert (
        findings.on_value(made_up, "domain", [], replace(none, priced=priced, unpriced=unpriced, disclosed=disclosed))
        == words
    )


def test_where_every_trade_deal_has_a_value_that_is_said(made_up: Tables) -> None:
    groups, totals = of(made_up)
    words = findings.on_value(made_up, "domain", groups, replace(totals, unpriced=0))
    assert words.endswith("Every trade deal in view has a public value.")


@pytest.mark.parametrize("by", money.BY)
def test_each_grouping_has_a_sentence_of_its_own(made_up: Tables, by: str) -> None:
    (first, *_) = findings.LEADERS[by].split("{}")
    assert findings.on_value(made_up, by, *of(made_up, by)).startswith(first)


def test_deals_of_no_known_year_are_not_called_deals_of_nothing(made_up: Tables) -> None:
    groups, totals = of(made_up, "year")
    (largest, *_) = sorted(groups, key=lambda group: -group.totals.disclosed)
    words = findings.on_value(made_up, "year", [replace(largest, key="", label="Year not known")], totals)
    assert words.startswith("Deals of no known year make up ")


def test_a_filter_that_keeps_nothing_says_so() -> None:
    test = show(q="no such deal")
    assert finding(test) == "No trade deal in view has a value that may be added up."
    assert "No deal fits these filters" in test.info[0].value
    assert not charts(test)


def test_unknown_choices_are_dropped() -> None:
    assert finding(show(by="colour", money="gold")) == finding(show())


# --- the sum and what it is made of ------------------------------------------------------------------------------


def test_the_sum_says_whose_it_is_and_how_many_transfers_are_only_claimed() -> None:
    words = plain(markup(show()))
    pair = worth([row for row in PRICED if {row["supplier"], row["recipient"]} == {"TUR", "PAK"}])
    assert f"Of the disclosed total, {format_usd(pair)} is between Turkey and Pakistan" in words
    claimed = [row for row in DEALS if row["kind"] in {"transfer-claim", "covert-programme"}]
    assert f"{len(claimed)} claimed transfers have no price and are not counted as trade deals." in words
    one = plain(markup(show(kind="covert-programme")))
    assert "1 claimed transfer has no price and is not counted as a trade deal." in one
    assert "claimed transfer" not in plain(markup(show(kind="sale")))


def test_the_strip_shows_every_step_whatever_the_reader_wants_and_marks_the_readers_own() -> None:
    free, strict = show(), show(sure="origins")
    sums = [re.findall(r"<b>(.*?)</b>", step) for step in steps(free)]
    assert len(sums) == 4
    assert sums[0] == [format_usd(WHOLE)]
    assert sums == [re.findall(r"<b>(.*?)</b>", step) for step in steps(strict)]
    assert ["aria-current" in step for step in steps(free)] == [True, False, False, False]
    assert ["aria-current" in step for step in steps(strict)] == [False, True, False, False]
    origin = {row["source_id"]: row["origin"] for row in read("sources")}
    sure = [row for row in PRICED if len({origin[key.strip()] for key in row["source_ids"].split(";")}) > 1]
    assert 0 < worth(sure) < WHOLE
    assert format_usd(worth(sure)) in plain(steps(strict)[1])
    assert table(strict)["All"][0] == format_usd(worth(sure))


def test_the_steps_link_to_the_same_view_and_defaults_stay_out_of_the_address() -> None:
    links = [re.findall(r'href="(.*?)"', step) for step in steps(show(sure="both", by="year", domain="naval"))]
    assert links[0] == ["value?domain=naval&by=year"]
    assert "sure=origins" in links[1][0]
    assert steps(show(sure="both"))[0].count('href="value"') == 1


def test_two_sentences_say_what_the_value_rests_on() -> None:
    contract = worth([row for row in PRICED if row["value_basis"] == "contract"])
    assert f"rests on a single origin. {contract / WHOLE:.0%} of it rests on a contract." in plain(markup(show()))


@pytest.mark.parametrize(
    ("fallen", "words"), [(0, "none falls away"), (1, "1 falls away, $5m"), (2, "2 fall away, $5m")]
)
def test_what_falls_away_at_a_step_is_said_for_none_one_and_several(made_up: Tables, fallen: int, words: str) -> None:
    step = {"sure": "both", "label": "Both", "usd_m": 0.0, "priced": 0, "fallen": fallen, "fallen_usd_m": 5.0}
    text = macros("money.html", made_up).robustness([step], None, "any", {"both": "value?sure=both"})
    assert plain(text) == f"How much of it stands Both none 0 deals; {words}"


# --- the bars and their table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", money.BY)
def test_the_table_adds_up_to_its_last_row(by: str) -> None:
    *groups, (name, whole) = table(show(by=by)).items()
    assert name == "All"
    assert whole[0] == format_usd(WHOLE)
    assert sum(int(cells[5]) for _, cells in groups) == int(whole[5]) == len(PRICED)
    assert sum(int(cells[6]) for _, cells in groups) == int(whole[6]) == unpriced(DEALS)


def test_the_table_says_what_the_bars_show() -> None:
    test = show()
    naval = [row for row in PRICED if row["domain"] == "naval"]
    cells = table(test)["Naval"]
    assert cells[0] == format_usd(worth(naval))
    for at, basis in enumerate(["contract", "reported", "estimate"], start=1):
        amount = worth([row for row in naval if row["value_basis"] == basis])
        assert cells[at] == (format_usd(amount) if amount else "none")
    low = sum(float(row["value_low_usd_m"] or row["value_usd_m"]) for row in naval)
    high = sum(float(row["value_high_usd_m"] or row["value_usd_m"]) for row in naval)
    assert cells[4] == f"{format_usd(low)} to {format_usd(high)}"
    assert table(test)["Cyber"][:5] == ["none"] * 5
    ((_, beside),) = charts(test)
    assert f"Naval, {cells[0]}" in beside["alt"]


def test_several_suppliers_have_a_row_of_their_own_and_the_page_says_so() -> None:
    test = show(by="supplier")
    assert "Turkey and Ukraine" in table(test)
    assert "A deal with several suppliers counts once" in markup(test)
    assert "counts once" not in markup(show())


def test_statuses_have_the_words_of_trade() -> None:
    assert "Delivered" in table(show(by="status"))


@pytest.mark.parametrize(("here", "there"), [("recipient", "supplier"), ("supplier", "recipient")])
def test_between_two_countries_the_bars_say_whose_money_goes_where(here: str, there: str) -> None:
    between = "Every deal in view has both Turkey and Pakistan as parties."
    ours = f"Where Pakistan alone is the {here}, Turkey is a {there}."
    theirs = f"Where Turkey alone is the {here}, Pakistan is a {there}."
    assert f"{between} {ours} {theirs}" in plain(markup(show(by=here, country=["TUR", "PAK"])))
    assert between not in plain(markup(show(by="domain", country=["TUR", "PAK"])))
    assert "Every deal in view has both" not in plain(markup(show(by=here, country="TUR")))


def test_ties_only_give_a_page_without_a_price() -> None:
    test = show(kind="exercise")
    assert "No value is disclosed" in plain(markup(test))
    assert "No stage has a value in totals" in markup(test)
    assert "$0" not in markup(test)


# --- constant dollars --------------------------------------------------------------------------------------------


def test_constant_dollars_name_their_year_their_basis_and_what_is_left_out() -> None:
    index = {row["year"]: float(row["cpi_u"]) for row in read("deflator")}
    base = max(index)
    years = {row["deal_id"]: (row["start"] or row["announced"])[:4] for row in DEALS}
    kept = [row for row in PRICED if years[row["deal_id"]] in index]
    lost = [row for row in DEALS if row["value_usd_m"] and years[row["deal_id"]] and years[row["deal_id"]] not in index]
    expected = sum(float(row["value_usd_m"]) * index[base] / index[years[row["deal_id"]]] for row in kept)
    test = show(money="constant")
    assert table(test)["All"][0] == format_usd(expected)
    words = plain(markup(test))
    assert f"All values are in US dollars of {base}, the latest full year of the index." in words
    undated = [row for row in DEALS if not years[row["deal_id"]]]
    priced = len([row for row in undated if row["value_usd_m"]])
    assert priced
    assert f"Left out of this view: {len(undated)} deals without a year, {priced} of them with a public value." in words
    assert lost
    assert f"Left out of this view: {format_count(len(lost), 'deal')} of years that the index does not cover" in words
    assert "The index was read from" in words
    assert f"dollars of {base}" not in plain(markup(show()))
    assert in_view(test) == f"{len(DEALS)} of {len(DEALS)} deals"
    assert f"of {format_usd(expected)} in US dollars of {base}. " in finding(test)


def test_where_nothing_is_left_out_of_constant_dollars_no_sentence_says_so(made_up: Tables) -> None:
    dated = made_up.deals[made_up.deals["deal_id"] == "alpha-frigates"]
    (basis,) = constant_notes(made_up, money.deflate(dated, made_up.deflator))
    assert basis.startswith("All values are in US dollars of ")
    undated = made_up.deals[made_up.deals["year"].isna() & made_up.deals["value_usd_m"].isna()]
    (_, left) = constant_notes(made_up, money.deflate(undated, made_up.deflator))
    assert left.endswith(" without a year, none of them with a public value.")


# --- stages, and what is left out --------------------------------------------------------------------------------


def test_the_stages_tell_a_memorandum_from_a_delivery() -> None:
    words = markup(show())
    ladder, apart = words[words.index('<section class="stages">') :].split("Apart from the ladder")
    named = [plain(name) for name in re.findall(r'<span class="name">(.*?)</span>', ladder)]
    assert named == ["Proposed", "Negotiating", "Signed", "In progress", "Delivered"]
    delivered = worth([row for row in PRICED if row["status"] == "delivered"])
    assert f"Of the disclosed total, {format_usd(delivered)} is delivered, " in ladder
    (alleged,) = re.findall(r'<li data-doubted><span class="name">Alleged</span>(.*?)</li>', apart)
    rows = [row for row in DEALS if row["status"] == "alleged"]
    assert f"{format_usd(worth([row for row in rows if row['value_usd_m']]))} not in totals" in plain(alleged)
    claimed = [row for row in rows if row["kind"] in {"transfer-claim", "covert-programme"}]
    assert plain(alleged).endswith(format_count(len(claimed), "claimed transfer"))
    (visits,) = re.findall(r'<span class="name">Delivered</span>(.*?)</li>', ladder)
    assert plain(visits).endswith("1 tie or measure")
    (ongoing,) = re.findall(r'<span class="name">Ongoing</span>(.*?)</li>', apart)
    ties = [row for row in DEALS if row["status"] == "ongoing" and row["kind"] in UNPRICED_KINDS]
    assert plain(ongoing).endswith(f"{len(ties)} ties and measures")


@pytest.mark.parametrize(
    ("kinds", "statuses", "words"),
    [
        ((), (), "1 of them has a public figure"),
        (("sale",), ("alleged",), "1 deal is left out of the sum: 1 alleged. It has a public figure, "),
        (("pact",), (), ""),
    ],
)
def test_what_is_left_out_of_a_sum_is_said_for_none_one_and_many(
    made_up: Tables, kinds: tuple[str, ...], statuses: tuple[str, ...], words: str
) -> None:
    deals = made_up.deals
    some = deals[deals["kind"].isin(kinds or deals["kind"]) & deals["status"].isin(statuses or deals["status"])]
    if not kinds:
        some = some[some["value_usd_m"].isna() | (some["status"] != "alleged")]
        some = some[some["value_usd_m"].isna() | (some["status"] != "negotiating")]
    said = money.left_out(made_up, total(some, []))
    assert words in said
    assert bool(said) == bool(words)


def test_several_public_figures_that_are_left_out_are_added_up_in_words(made_up: Tables) -> None:
    out = [row for row in DEALS if row["in_totals"] == "no" and row["value_usd_m"]]
    assert money.left_out(made_up, total(made_up.deals, [])).endswith(
        f"{len(out)} of them have public figures, {format_usd(worth(out))} in all."
    )


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    words = markup(show())
    for row in DEALS:
        if row["in_totals"] == "no" and row["value_usd_m"]:
            assert f'href="deal?id={row["deal_id"]}"' in words
            assert row["doubt"].partition("Not in totals:")[2].strip().partition(". ")[0].rstrip(".") in words


def test_a_long_list_of_what_is_left_out_is_cut_and_says_so(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LISTED", 1)
    page.build.clear()
    words = page.build(made_up, Selection(), "domain", "constant", Links()).below
    page.build.clear()
    base = max(row["year"] for row in read("deflator"))
    _, table = words.split("Left out of totals</h2>")
    assert re.search(r"and why: the 1 largest of [2-9]</caption>", table)
    assert table.count("<tr>") == 1 + 1
    assert f"dollars of {base}</th>" in table
