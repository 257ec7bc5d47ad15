from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from functools import cache, partial
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import deals
from dashboard.data import Tables
from dashboard.deals import format_usd
from dashboard.pages import overview as page
from tests.page import finding, opened, written
from tests.published import TRADE, Row, items, read

DEALS, QUOTES = read("deals"), read("quotes")
NAMES = {row["country"]: row["name"] for row in read("countries")}
BETWEEN = [row for row in DEALS if {"TUR", "PAK"} <= {*items(row["supplier"]), *items(row["recipient"])}]


show = cache(partial(opened, "overview"))  # shared by the tests, so never worked upon


def section(test: AppTest, title: str) -> str:
    """Return the markup below a heading, up to the next heading of its rank."""
    (found,) = re.findall(rf"<h2>{title}</h2>(.*?)(?=<h2>|$)", written(test), re.DOTALL)
    return found


def plain(text: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))).strip()


def links(text: str) -> list[tuple[str, dict[str, list[str]], str]]:
    """Return the page, the parameters and the words of each link to a page of ours."""
    found = re.findall(r'<a href="([^"]+)" target="_self">(.*?)</a>', text, re.DOTALL)
    parts = [(urlsplit(html.unescape(href)), plain(words)) for href, words in found]
    return [(part.path, parse_qs(part.query), words) for part, words in parts]


def priced(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]


def whole(rows: list[Row]) -> float:
    return sum(float(row["value_usd_m"]) for row in priced(rows))


def unpriced(rows: list[Row]) -> int:
    return len([row for row in rows if row["kind"] in TRADE and not row["value_usd_m"]])


# --- the finding -------------------------------------------------------------------------------------------------


def test_the_finding_says_what_is_public_of_how_many_and_what_is_not() -> None:
    trade = [row for row in DEALS if row["kind"] in TRADE]
    money = priced(DEALS)
    contract = len([row for row in money if row["value_basis"] == "contract"])
    out = len([row for row in DEALS if row["value_usd_m"] and row["in_totals"] == "no"])
    assert contract
    assert min(out, unpriced(DEALS)) > 1
    assert finding(show()) == (
        f"{format_usd(whole(DEALS))} is public for {len(money)} of {len(trade)} trade deals, {contract} of them from a "
        f"contract; {unpriced(DEALS)} have no public value, {out} have a value that may not be added up."
    )
    assert len(money) + unpriced(DEALS) + out == len(trade)


def sentence(*rows: tuple[str, float | None, str, str]) -> str:
    """Return the finding on deals made up for a test: kind, value, basis and whether in totals."""
    made = pd.DataFrame(rows, columns=["kind", "value_usd_m", "value_basis", "in_totals"])
    made = made.assign(status="signed", value_low_usd_m=float("nan"), value_high_usd_m=float("nan"))
    made = made.astype({"value_usd_m": float})
    return page.finding(made, deals.total(made, ["contract", "reported", "estimate"]))


SALE = ("sale", None, "", "yes")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "No trade deal is in view."),
        ([("pact", None, "", "yes"), ("exercise", None, "", "yes")], "No trade deal is in view."),
        ([SALE], "No value that may be added up is public for the 1 trade deal in view."),
        ([SALE, ("sale", 50, "reported", "no")], "No value that may be added up is public for the 2 trade deals in view."),
        ([("sale", 50, "reported", "yes")], "$50m is public for 1 of 1 trade deal, none of them from a contract."),
        (
            [("sale", 50, "contract", "yes"), SALE, ("pact", None, "", "yes")],
            "$50m is public for 1 of 2 trade deals, 1 of them from a contract; 1 has no public value.",
        ),
        (
            [("sale", 50, "contract", "yes"), SALE, SALE, ("gift", 7, "estimate", "no")],
            "$50m is public for 1 of 4 trade deals, 1 of them from a contract; 2 have no public value, "
            "1 has a value that may not be added up.",
        ),
    ],
)  # fmt: skip
def test_the_finding_names_only_what_there_is(rows: list[tuple[str, float | None, str, str]], words: str) -> None:
    assert sentence(*rows) == words


def test_where_no_value_is_public_the_finding_says_so_and_gives_no_sum() -> None:
    rows = [row for row in DEALS if row["status"] in ("alleged", "denied")]
    trade = [row for row in rows if row["kind"] in TRADE]
    assert not priced(rows)
    test = show(status=("alleged", "denied"))
    assert finding(test) == f"No value that may be added up is public for the {len(trade)} trade deals in view."
    assert "<b>No value</b> is disclosed" in section(test, "What it is worth")


def test_no_deal_in_view_is_said_and_nothing_else_is_shown() -> None:
    test = show(q="no such words anywhere")
    assert finding(test) == "No trade deal is in view."
    assert [element.value for element in test.info] == ["No deal fits these filters. Clear a filter to see more."]
    assert "<section" not in written(test)


# --- its sections ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "rows"), [({}, DEALS), ({"country": ("TUR", "PAK")}, BETWEEN)], ids=["every deal", "between two"]
)
def test_the_sum_says_what_it_is_made_of_and_what_is_left_out(
    params: dict[str, tuple[str, ...]], rows: list[Row], tables: Tables
) -> None:
    text = section(show(**params), "What it is worth")
    assert f"<b>{format_usd(whole(rows))}</b> disclosed for {len(priced(rows))} deals" in text
    for basis in ("contract", "reported", "estimate"):
        of = [row for row in priced(rows) if row["value_basis"] == basis]
        (part,) = re.findall(rf'<li data-basis="{basis}">(.*?)</li>', text)
        assert plain(part).startswith(format_usd(whole(of)) if of else "none")
        assert (f", {len(of)} deal" in part) == bool(of)
    (unknown,) = re.findall(r'<li data-basis="unknown">(.*?)</li>', text)
    assert plain(unknown).startswith(f"{unpriced(rows)} trade deals have no public value")
    out = [row for row in rows if row["in_totals"] == "no"]
    (words,) = re.findall(r"<p class=\"meta\">(\d+ deals left out of the sum.*?)</p>", text)
    assert words.startswith(f"{len(out)} deals left out of the sum")
    why = Counter(tables.dictionary.label("deals", "status", row["status"]).lower() for row in out)
    assert Counter({word: int(count) for count, word in re.findall(r"(\d+) ([a-z]+)", words.partition(": ")[2])}) == why


def test_the_steps_of_evidence_lead_to_the_same_view_at_that_step() -> None:
    text = section(show(domain="air", sure="credible"), "What it is worth")
    (strip,) = re.findall(r'<section class="robustness">(.*?)</ol>', text, re.DOTALL)
    assert [params.get("sure", ["any"]) for _, params, _ in links(strip)] == [
        ["any"],
        ["origins"],
        ["credible"],
        ["both"],
    ]
    assert {(path, *params["domain"]) for path, params, _ in links(strip)} == {(".", "air")}
    (here,) = re.findall(r'<li aria-current="true">(.*?)</li>', strip, re.DOTALL)
    assert links(here)[0][1]["sure"] == ["credible"]
    every = [row for row in DEALS if row["domain"] == "air"]
    assert whole(every) > whole([row for row in every if row["credibility"] in "12"]) > 0
    (first, *_) = re.findall(r"<li.*?</li>", strip, re.DOTALL)
    assert f"<b>{format_usd(whole(every))}</b>" in first


@pytest.mark.parametrize(
    ("params", "rows"), [({}, DEALS), ({"country": ("TUR", "PAK")}, BETWEEN)], ids=["every deal", "between two"]
)
def test_the_statuses_count_every_deal_in_view_once_and_lead_to_them(
    params: dict[str, tuple[str, ...]], rows: list[Row], tables: Tables
) -> None:
    (table,) = re.findall(r"<caption>Deals by status</caption>(.*?)</table>", section(show(**params), "How far along"))
    counted = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table):
        ((path, query, words),) = links(row)
        (number,) = re.findall(r'<td class="number">(\d+)</td>', row)
        (status,) = query.pop("status")
        assert (path, query) == ("timeline", {name: list(values) for name, values in params.items()})
        assert words == tables.dictionary.label("deals", "status", status)
        assert f'data-status="{status}"' in row
        counted[status] = int(number)
    assert counted == Counter(row["status"] for row in rows)


def test_the_latest_steps_are_steps_of_deals_in_view_newest_first() -> None:
    text = section(show(domain="drones"), "Latest steps")
    drones = {row["deal_id"] for row in DEALS if row["domain"] == "drones"}
    found = [params["id"][0] for path, params, _ in links(text) if path == "deal"]
    assert len(found) == page.STEPS
    assert set(found) <= drones
    known = {(row["deal_id"], row["event"]): row["date"] for row in read("milestones") if row["deal_id"] in drones}
    events = [html.unescape(event) for event in re.findall(r"<br>(.*?) <span", text)]
    shown = [known[deal, event][:4] for deal, event in zip(found, events, strict=True)]
    assert shown == sorted((date[:4] for date in known.values()), reverse=True)[: page.STEPS]
    assert {params["domain"][0] for _, params, _ in links(text)} == {"drones"}


def test_deals_without_any_dated_step_have_none_to_show(tables: Tables) -> None:
    dated = {row["deal_id"] for row in read("milestones")}
    bare = tables.deals[~tables.deals["deal_id"].isin(dated)]
    assert str(page._steps(tables, bare)) == "<p>No dated step is known.</p>"


def contested(rows: list[Row]) -> dict[str, Counter[str]]:
    """Return the contested ones of the deals given and how many statements there are of each stance."""
    said = defaultdict(Counter)
    for quote in QUOTES:
        for deal in items(quote["deal_ids"]):
            said[deal][quote["stance"]] += 1
    return {
        row["deal_id"]: said[row["deal_id"]]
        for row in rows
        if row["status"] in ("alleged", "denied") or {"claim", "denial"} <= set(said[row["deal_id"]])
    }


@pytest.mark.parametrize(
    ("params", "rows"), [({}, DEALS), ({"country": ("TUR", "PAK")}, BETWEEN)], ids=["every deal", "between two"]
)
def test_the_contested_deals_are_those_doubted_or_both_claimed_and_denied(
    params: dict[str, tuple[str, ...]], rows: list[Row]
) -> None:
    text = section(show(**params), "Contested")
    entries = re.findall(r"<li>(.*?)</li>", text)
    expected = contested(rows)
    found = {query["id"][0]: entry for entry in entries for path, query, _ in links(entry) if path == "claims"}
    assert len(found) == len(entries) == min(len(expected), page.STEPS)
    assert set(found) <= set(expected)
    both = {deal for deal, stances in expected.items() if {"claim", "denial"} <= set(stances)}
    assert set(list(found)[: len(both)]) == both
    statuses = {row["deal_id"]: row["status"] for row in DEALS}
    for deal, entry in found.items():
        assert f'data-status="{statuses[deal]}"' in entry
        said = expected[deal]
        rest = said.total() - said["claim"] - said["denial"]
        words = plain(re.findall(r'<span class="meta">(.*?)</span>', entry)[0])
        sides = {"assert": said["claim"], "den": said["denial"], "comment": rest}
        assert {verb: int(count) for count, verb in re.findall(r"(\d+) (assert|den|comment)", words)} == {
            verb: count for verb, count in sides.items() if count
        }
        assert words.startswith("Statements: " if said else "No statement for or against it")
    more = f"All {len(expected)}, claims beside denials" if len(expected) > page.STEPS else "Claims beside denials"
    assert links(text)[-1] == ("claims", {name: list(values) for name, values in params.items()}, more)


def test_where_nothing_is_contested_that_is_said() -> None:
    calm = [row for row in DEALS if row["domain"] == "space"]
    assert calm
    assert not contested(calm)
    text = section(show(domain="space"), "Contested")
    assert plain(text).startswith("Nothing in view is alleged, denied, or both claimed and denied.")


def test_the_directions_are_those_of_trade_with_their_numbers_and_lead_to_their_value() -> None:
    on = defaultdict(list)
    for row in DEALS:
        for pair in [(a, b) for a in items(row["supplier"]) for b in items(row["recipient"])]:
            on[pair] += [row] if row["kind"] in TRADE else []
    text = section(show(), "Who supplies whom")
    counts = sorted(map(len, on.values()), reverse=True)
    rows = re.findall(r"<tr>(.*?)</tr>", text.partition("<tbody>")[2], re.DOTALL)
    assert len(rows) == page.PAIRS
    for row, most in zip(rows, counts, strict=False):
        ((path, query, words),) = links(row)
        a, b = query["country"]
        of = on[a, b]
        doubted = len([deal for deal in of if deal["status"] in ("alleged", "denied")])
        assert (path, query["by"], words, len(of)) == ("value", ["recipient"], f"{NAMES[a]} to {NAMES[b]}", most)
        cells = [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
        assert cells[0] == words + (f" {doubted} alleged or denied" if doubted else "")
        usd = format_usd(whole(of)) if priced(of) else "none"
        assert cells[1:] == [str(len(of)), usd, str(unpriced(of))]
    assert f"the {page.PAIRS} busiest of {len([pair for pair, deals in on.items() if deals])}" in text


def test_where_nothing_is_traded_no_direction_is_shown() -> None:
    assert "Who supplies whom" not in written(show(kind="exercise"))


def test_a_few_directions_are_all_shown() -> None:
    test = show(country=("TUR", "PAK"), domain="naval")
    assert "busiest of" not in section(test, "Who supplies whom")


# --- the voices --------------------------------------------------------------------------------------------------


def cards(text: str) -> dict[str, str]:
    """Return the statements of a piece of markup by their keys."""
    return dict(re.findall(r'<article class="statement" data-form="\w+" id="([^"]+)">(.*?)</article>', text, re.DOTALL))


def test_only_direct_words_stand_on_the_front_page_and_in_quotation_marks() -> None:
    rows = {row["quote_id"]: row for row in QUOTES}
    shown = cards(written(show()))
    assert len(shown) == page.VOICES
    for key, card in shown.items():
        assert rows[key]["form"] == "direct"
        (words,) = re.findall(r"<blockquote>(.*?)</blockquote>", card)
        assert html.unescape(words) == f"“{rows[key]['text']}”"
        assert rows[key]["analyst"] in plain(card)


def test_the_voices_are_different_speakers_the_latest_first() -> None:
    rows = {row["quote_id"]: row for row in QUOTES}
    direct = [row for row in QUOTES if row["form"] == "direct" and row["date"]]
    shown = [rows[key] for key in cards(written(show()))]
    assert len({row["analyst"] for row in shown}) == page.VOICES
    years = [row["date"][:4] for row in shown]
    assert years == sorted(years, reverse=True)
    assert years[0] == max(row["date"][:4] for row in direct)


def test_a_voice_names_its_sources_and_leads_to_what_else_its_speaker_said() -> None:
    rows = {row["quote_id"]: row for row in QUOTES}
    sources = {row["source_id"]: row for row in read("sources")}
    for key, card in cards(written(show(domain="naval"))).items():
        ((path, query, words),) = links(card)
        assert (path, query) == ("quotes", {"domain": ["naval"], "analyst": [rows[key]["analyst"]]})
        assert words == rows[key]["analyst"]
        for source in items(rows[key]["source_ids"]):
            assert html.unescape(sources[source]["publisher"]) in plain(card)


def test_a_single_speaker_is_heard_several_times_rather_than_not_enough() -> None:
    about = [row for row in QUOTES if row["form"] == "direct" and "milgem-corvettes" in items(row["deal_ids"])]
    title = next(row["title"] for row in DEALS if row["deal_id"] == "milgem-corvettes")
    shown = cards(written(show(q=title)))
    assert len(shown) == min(page.VOICES, len(about))


def test_where_nobody_is_quoted_directly_that_is_said_with_the_way_to_the_rest() -> None:
    spoken = {deal for row in QUOTES if row["form"] == "direct" for deal in items(row["deal_ids"])}
    silent = next(
        value for value in sorted({row["domain"] for row in DEALS})
        if not spoken & {row["deal_id"] for row in DEALS if row["domain"] == value}
    )  # fmt: skip
    text = section(show(domain=silent), "In direct words")
    assert plain(text).startswith("No direct words are in view.")
    assert links(text) == [("quotes", {"domain": [silent]}, "All statements")]


# --- its links ---------------------------------------------------------------------------------------------------


def test_every_link_keeps_the_filters_and_nothing_of_another_page() -> None:
    test = show(domain=("naval", "air"), q="pakistan", by="status", at="x", sure="any", **{"from": "2005"})
    found = [link for link in links(written(test)) if link[0] != "value" or "by" not in link[1]]
    assert {path for path, _, _ in found} == {".", "value", "timeline", "deal", "claims", "map", "quotes"}
    for _, query, _ in found:
        assert (query["domain"], query["q"], query["from"]) == (["naval", "air"], ["pakistan"], ["2005"])
        assert not {"by", "at"} & set(query)


def test_the_version_of_the_tables_stands_at_the_end(tables: Tables) -> None:
    (line,) = re.findall(r'<p class="source-line">(.*?)</p>', written(show()))
    assert line == f"Defence Ties tables, version {tables.version}. Undisclosed is not zero."
