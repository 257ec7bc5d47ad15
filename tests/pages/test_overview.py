"""The front page over the made-up tables: every figure is counted again from the files, without the product."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache, partial
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.address import Links
from dashboard.charts.map.account import VIEWPOINT
from dashboard.pages import overview as page
from dashboard.questions import ledger, scope
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from dashboard.views import overview
from dashboard.words import format_count
from tests.made_up import Row, format_usd, read
from tests.page import finding, opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")

DEALS, QUOTES = read("deals"), read("quotes")
NAMES = {row["country"]: row["name"] for row in read("countries")}
TIES, MEASURES = {"exercise", "pact", "visit", "statement"}, {"embargo", "restriction"}
CLAIMED = {"transfer-claim", "covert-programme"}
PAIR = ("TUR", "PAK")
FACING = {("TUR", "PAK"), ("PAK", "TUR")}

show = cache(partial(opened, "overview"))  # shared by the tests, so never worked upon


def items(cell: str) -> list[str]:
    return [item for item in cell.split(";") if item]


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


def is_trade(row: Row) -> bool:
    return row["kind"] not in TIES | MEASURES | CLAIMED


def priced(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["value_usd_m"] and row["in_totals"] == "yes"]


def whole(rows: list[Row]) -> float:
    return sum(float(row["value_usd_m"]) for row in priced(rows))


def unpriced(rows: list[Row]) -> int:
    return len([row for row in rows if is_trade(row) and not row["value_usd_m"]])


def between(rows: list[Row]) -> list[Row]:
    """Return the deals of the two subject states alone, one on each side."""
    return [row for row in rows if (row["supplier"], row["recipient"]) in FACING]


def kinds(rows: list[Row]) -> list[str]:
    """Return how many deals of each sort there are, in words."""
    counts = {
        "trade deal": len([row for row in rows if is_trade(row)]),
        "tie": len([row for row in rows if row["kind"] in TIES]),
        "measure": len([row for row in rows if row["kind"] in MEASURES]),
        "claimed transfer": len([row for row in rows if row["kind"] in CLAIMED]),
    }
    return [format_count(count, noun) for noun, count in counts.items() if count]


# --- the sentences -----------------------------------------------------------------------------------------------


def test_the_first_sentence_speaks_of_the_two_subject_states_alone() -> None:
    rows, words = between(DEALS), finding(show())
    assert words.startswith(f"Turkey and Pakistan have {', '.join(kinds(rows)[:-1])} and {kinds(rows)[-1]} on record.")
    assert words.endswith(f"The disclosed total is {format_usd(whole(rows))}."), (
        "every trade deal of the two has a value"
    )
    assert 0 < whole(rows) < whole(DEALS)


def test_the_network_and_what_is_shared_follow_apart_and_named() -> None:
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', written(show()))
    assert lead.startswith("They share ")
    assert "The network around them has " in lead
    assert "on record" in lead


def test_with_filters_the_sentences_speak_of_what_is_in_view() -> None:
    rows = [row for row in DEALS if row["domain"] == "naval"]
    assert finding(show(domain="naval")).startswith(
        f"Turkey and Pakistan have {' and '.join(kinds(between(rows)))} in view."
    )
    assert "have 1 tie in view" in finding(show(kind="pact"))
    assert '<p class="lead">' not in written(show(kind="pact")), "nothing else is in view"


def test_where_nothing_is_between_the_two_the_network_is_named_after_them() -> None:
    test = show(country="IND")
    assert finding(test).startswith("The network around Turkey and Pakistan has ")
    assert "<h2>The network around Turkey and Pakistan</h2>" in written(test)
    assert "<h2>Between" not in written(test)


def test_no_deal_in_view_is_said_and_nothing_else_is_shown() -> None:
    test = show(q="no such words anywhere")
    assert finding(test) == "No deal is in view."
    assert [element.value for element in test.info] == ["No deal fits these filters. Clear a filter to see more."]
    assert "<section" not in written(test)


# --- the pictures ------------------------------------------------------------------------------------------------


def pictures(test: AppTest) -> list[tuple[str, dict[str, list[str]], str, str]]:
    """Return of each picture the page and the parameters that it leads to, the words above it, and its SVG."""
    found = re.findall(
        r'<figure><figcaption><h2><a href="([^"]+)" target="_self">(.*?)</a>.*?</figcaption>'
        r'<a href="([^"]+)" target="_self" tabindex="-1">(<svg.*?</svg>)</a><p class="take[^>]*>.*?</p></figure>',
        written(test),
        re.DOTALL,
    )
    assert all(above == around for above, _, around, _ in found)
    parts = [urlsplit(html.unescape(href)) for href, *_ in found]
    return [
        (part.path, parse_qs(part.query), plain(words), svg)
        for part, (_, words, _, svg) in zip(parts, found, strict=True)
    ]


def test_four_pictures_lead_to_their_pages_with_the_filters() -> None:
    found = pictures(show(domain="naval"))
    assert [path for path, *_ in found] == ["timeline", "map", "value", "claims"]
    assert all(query == {"domain": ["naval"]} for _, query, *_ in found)
    assert all(re.match(r'<svg [^>]*role="img"[^>]*aria-label="[^"]{20,}"', svg) for *_, svg in found)


def test_the_words_above_the_pictures_count_the_deals_in_view() -> None:
    years, trade, value, claims = (words for _, _, words, _ in pictures(show()))
    steps = {row["deal_id"] for row in read("milestones")}
    bare = [row for row in DEALS if not (row["announced"] or row["start"] or row["end"] or row["deal_id"] in steps)]
    assert years.startswith(f"{len(DEALS) - len(bare)} deals began from ")
    assert f"{len(bare)} deals have no date." in years
    assert trade.startswith(f"{len([row for row in DEALS if is_trade(row)])} trade deals run in ")
    assert f"{unpriced(DEALS)} trade deals have no public value." in value
    held = {query["id"][0] for path, query, _ in links(section(show(), "Contested")) if path == "claims" and query}
    assert claims.startswith(f"Of {len(held)} contested deals, ")


def test_the_small_map_shows_trade_where_there_is_any_and_else_what_there_is() -> None:
    (_, _, _, svg) = pictures(show())[1]
    assert "line trade" in svg
    assert "line tie" not in svg
    (_, _, words, svg) = pictures(show(kind="pact"))[1]
    assert words.startswith("No trade deal is in view, but ")
    assert "line tie" in svg


# --- what it is worth --------------------------------------------------------------------------------------------


def test_the_first_figure_is_the_sum_between_the_two_and_says_what_it_is_made_of(made_up: Tables) -> None:
    text, rows = section(show(), "Between Turkey and Pakistan"), between(DEALS)
    first = text.partition("<h3>With further states</h3>")[0]
    (figure, *_) = re.findall(r'<p class="sum"><b>(.*?)</b> disclosed for (.*?)</p>', written(show()))
    assert figure == (format_usd(whole(rows)), format_count(len(priced(rows)), "deal"))
    parts = [plain(part) for part in re.findall(r"<li>(.*?)</li>", first.partition("</ul>")[0])]
    for basis, part in zip(made_up.dictionary.choices("deals", "value_basis"), parts, strict=False):
        of = [row for row in priced(rows) if row["value_basis"] == basis]
        assert part.startswith(format_usd(whole(of)) if of else "none")
        assert (", " + format_count(len(of), "deal") in part) == bool(of)
    out = [row for row in rows if row["in_totals"] == "no"]
    assert f"{len(out)} deals are left out of the sum: " in first
    claimed = [row for row in rows if row["kind"] in CLAIMED]
    assert f"{len(claimed)} claimed transfers have no price and are not counted as trade deals." in first


def test_what_has_no_public_value_is_said_beside_the_sum_of_its_scope() -> None:
    text = section(show(), "The network around them")
    rows = [row for row in DEALS if not {*PAIR} <= {*items(row["supplier"]), *items(row["recipient"])}]
    words = "trade deals have" if unpriced(rows) > 1 else "trade deal has"
    assert f"{unpriced(rows)} {words} no public value: unknown, not zero" in plain(text)
    assert f"<b>{format_usd(whole(rows))}</b> disclosed" in text


def test_what_the_two_share_with_others_has_a_sum_of_its_own() -> None:
    text = section(show(), "Between Turkey and Pakistan").partition("<h3>With further states</h3>")[2]
    rows = [row for row in DEALS if len({*items(row["supplier"]), *items(row["recipient"])}) > 2]
    assert f"<b>{format_usd(whole(rows))}</b> disclosed for {format_count(len(priced(rows)), 'deal')}" in text
    only = section(show(kind="exercise"), "Turkey and Pakistan with further states")
    assert plain(only).startswith("1 tie.")


def test_a_scope_without_a_sum_shows_no_figure_for_what_is_shared(made_up: Tables) -> None:
    test = show(kind=("exercise", "sale"))
    text = section(test, "Between Turkey and Pakistan")
    assert text.partition("<h3>With further states</h3>")[2].startswith('<p class="meta">1 tie.</p></details>')


def test_nothing_disclosed_between_the_two_is_said_and_never_as_zero() -> None:
    test = show(kind="covert-programme")
    text = section(test, "Between Turkey and Pakistan")
    assert "<b>No value</b> is disclosed" in text
    assert '<section class="robustness">' not in text
    assert "$0" not in written(test)


def test_the_steps_of_evidence_lead_to_the_same_view_at_that_step() -> None:
    text = section(show(domain="naval", sure="both"), "Between Turkey and Pakistan")
    (strip,) = re.findall(r'<section class="robustness">(.*?)</ol>', text, re.DOTALL)
    steps = ["any", "origins", "credible", "both"]
    assert [params.get("sure", ["any"])[0] for _, params, _ in links(strip)] == steps
    assert {(path, *params["domain"]) for path, params, _ in links(strip)} == {(".", "naval")}
    (here,) = re.findall(r'<li aria-current="true">(.*?)</li>', strip, re.DOTALL)
    assert links(here)[0][1]["sure"] == ["both"]
    (first, *_) = re.findall(r"<li.*?</li>", strip, re.DOTALL)
    assert f"<b>{format_usd(whole(between([row for row in DEALS if row['domain'] == 'naval'])))}</b>" in first


def test_the_steps_of_evidence_are_those_of_each_scope_alone() -> None:
    strips = re.findall(
        r'<section class="robustness">.*?</ol>', section(show(), "Between Turkey and Pakistan"), re.DOTALL
    )
    rows = [row for row in DEALS if len({*items(row["supplier"]), *items(row["recipient"])}) > 2]
    firsts = [re.findall(r"<b>(.*?)</b>", strip)[0] for strip in strips]
    assert firsts == [format_usd(whole(between(DEALS))), format_usd(whole(rows))]


def test_the_value_of_the_pair_and_of_all_in_view_are_a_link_away() -> None:
    found = {words: query for path, query, words in links(written(show(domain="naval"))) if path == "value"}
    assert found["Value of all deals with both as parties"] == {"domain": ["naval"], "country": [*PAIR]}
    assert found["Value of all deals in view"] == {"domain": ["naval"]}


# --- how far, who supplies whom, steps ---------------------------------------------------------------------------


@pytest.mark.parametrize(("params", "domain"), [({}, ""), ({"domain": "naval"}, "naval")])
def test_the_statuses_count_every_deal_in_view_once_and_lead_to_them(
    params: dict[str, str], domain: str, made_up: Tables
) -> None:
    (table,) = re.findall(r"<caption>Deals by status</caption>(.*?)</table>", section(show(**params), "How far along"))
    patterns = made_up.dictionary.meaning("deals", "status", "pattern")
    counted = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table):
        ((path, query, words),) = links(row)
        (number,) = re.findall(r'<td class="number">(\d+)</td>', row)
        (status,) = query.pop("status")
        assert (path, query) == ("timeline", {name: [value] for name, value in params.items()})
        assert words == made_up.dictionary.label("deals", "status", status)
        assert f'data-pattern="{patterns[status]}"' in row
        counted[status] = int(number)
    assert counted == Counter(row["status"] for row in DEALS if row["domain"] == domain or not domain)


def test_the_directions_are_those_of_trade_with_their_numbers_and_lead_to_their_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "PAIRS", 2)
    on = defaultdict(list)
    for row in DEALS:
        for pair in [(a, b) for a in items(row["supplier"]) for b in items(row["recipient"])]:
            on[pair] += [row] if is_trade(row) else []
    every = {pair: rows for pair, rows in on.items() if rows}
    page.build.clear()
    text = section(opened("overview"), "Who supplies whom")
    page.build.clear()
    rows = re.findall(r"<tr>(.*?)</tr>", text.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    assert len(rows) == 2
    for row, most in zip(rows, sorted(map(len, every.values()), reverse=True), strict=False):
        ((path, query, words),) = links(row)
        a, b = query["country"]
        of = every[a, b]
        doubted = len([deal for deal in of if deal["status"] in ("alleged", "denied")])
        assert (path, query["by"], words, len(of)) == ("value", ["recipient"], f"{NAMES[a]} to {NAMES[b]}", most)
        cells = [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
        assert cells[0] == words + (f" {doubted} alleged or denied" if doubted else "")
        assert cells[1:] == [str(len(of)), format_usd(whole(of)) if priced(of) else "none", str(unpriced(of))]
    assert f"These are the 2 busiest of {len(every)} directions." in text


def test_a_few_directions_are_all_shown() -> None:
    assert "busiest of" not in section(show(domain="naval"), "Who supplies whom")


def test_where_nothing_is_traded_no_direction_is_shown() -> None:
    assert "Who supplies whom" not in written(show(kind="exercise"))


def test_the_latest_steps_are_steps_of_deals_in_view_newest_first() -> None:
    text = section(show(domain="naval"), "Latest steps")
    naval = {row["deal_id"] for row in DEALS if row["domain"] == "naval"}
    found = [params["id"][0] for path, params, _ in links(text) if path == "deal"]
    known = {(row["deal_id"], row["event"]): row["date"] for row in read("milestones") if row["deal_id"] in naval}
    assert len(found) == min(page.STEPS, len(known))
    events = [html.unescape(event) for event in re.findall(r"<br>(.*?) <span", text)]
    shown = [known[deal, event][:4] for deal, event in zip(found, events, strict=True)]
    assert shown == sorted((date[:4] for date in known.values()), reverse=True)[: page.STEPS]
    assert {params["domain"][0] for _, params, _ in links(text)} == {"naval"}


def test_the_latest_steps_of_some_years_are_within_them() -> None:
    text = section(show(**{"from": "2005", "to": "2018"}), "Latest steps")
    dates = [html.unescape(date) for date in re.findall(r'class="when">(.*?)</span>', text)]
    assert dates
    assert all(2005 <= int(re.findall(r"\d{4}", date)[0]) <= 2018 for date in dates)


def test_what_many_come_to_ask_is_a_press_away() -> None:
    (text,) = re.findall(r'<p class="meta on-screen">(Delivered:.*?)</p>', written(show()))
    asked = {words: links(found) for words, _, found in (line.partition(":") for line in text.split("<br>"))}
    done = {(row["supplier"], row["recipient"]) for row in DEALS if row["status"] == "delivered" and is_trade(row)}
    ways = [(query["supplier"][0], query["recipient"][0]) for _, query, _ in asked["Delivered"]]
    assert set(ways) == done & FACING
    assert all((path, query["status"]) == ("timeline", ["delivered"]) for path, query, _ in asked["Delivered"])
    counts = Counter(row["country"] for row in QUOTES).most_common()
    heard = {code for _, query, _ in asked["Statements side by side"] for code in query["nation"]}
    assert len(heard) == min(page.COUNTRIES, len(counts))
    assert min(dict(counts)[code] for code in heard) == counts[: page.COUNTRIES][-1][1]
    years = [int(words) for _, _, words in asked["One year alone"]]
    assert years == list(range(years[0], years[0] - page.YEARS, -1))


def test_deals_without_any_dated_step_have_none_to_show(made_up: Tables) -> None:
    bare = replace(made_up, milestones=made_up.milestones.iloc[:0], stamp="bare")
    body = page.build(bare, Selection(), Links())[2]
    assert "<section><h2>Latest steps</h2><p>No dated step is known.</p>" in body


# --- contested ---------------------------------------------------------------------------------------------------


def test_contested_deals_stand_in_groups_with_their_statements_in_numbers(made_up: Tables) -> None:
    text = section(show(), "Contested")
    said = defaultdict(Counter)
    for quote in QUOTES:
        for deal in items(quote["deal_ids"]):
            said[deal][quote["stance"]] += 1
    groups = dict(
        re.findall(r'<h3>(.*?) <span class="meta">.*?</span></h3><ul class="steps contested">(.*?)</ul>', text)
    )
    both = {deal for deal, stances in said.items() if {"claim", "denial"} <= {*stances}}
    held = both | {row["deal_id"] for row in DEALS if row["status"] in ("alleged", "denied")}
    assert {query["id"][0] for _, query, _ in links(groups[ledger.GROUPS["both"]])} == both
    assert not {query["id"][0] for _, query, _ in links(groups[ledger.GROUPS["reported"]])} & both
    entries = {query["id"][0]: entry for entry in re.findall(r"<li>(.*?)</li>", text) for _, query, _ in links(entry)}
    assert set(entries) == held
    for deal, entry in entries.items():
        rest = said[deal].total() - said[deal]["claim"] - said[deal]["denial"]
        sides = {"claim": said[deal]["claim"], "den": said[deal]["denial"], "comment": rest}
        words = plain(entry)
        found = {verb: int(count) for count, verb in re.findall(r"(\d+) (claim|den|comment)", words)}
        assert found == {verb: count for verb, count in sides.items() if count}
        assert words.endswith("No statement") == (not said[deal])
    assert re.search(r"\b1 claim\b", plain(text))
    assert "2 denials" in plain(text)
    assert links(text)[-1][2] == "Claims beside denials"


def test_a_long_list_of_contested_deals_is_cut_and_says_how_many_there_are(
    made_up: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "CONTESTED", 1)
    count = len(ledger.ledger(made_up))
    page.build.clear()
    text = section(opened("overview"), "Contested")
    page.build.clear()
    assert f"All {count}, claims beside denials" in text
    assert text.count("<li>") == 1


def test_where_nothing_is_contested_that_is_said() -> None:
    text = section(show(kind="pact"), "Contested")
    assert plain(text).startswith("No deal in view is alleged, denied, or both claimed and denied.")


# --- the voices --------------------------------------------------------------------------------------------------


def cards(text: str) -> dict[str, str]:
    """Return the statements of a piece of markup by their keys."""
    return dict(re.findall(r'<article class="statement" data-form="\w+" id="([^"]+)">(.*?)</article>', text, re.DOTALL))


def test_only_direct_words_stand_on_the_front_page_and_in_quotation_marks() -> None:
    rows = {row["quote_id"]: row for row in QUOTES if row["form"] == "direct"}
    shown = cards(written(show()))
    assert len(shown) == min(overview.VOICES, len(rows))
    for key, card in shown.items():
        (words,) = re.findall(r"<blockquote>(.*?)</blockquote>", card)
        assert html.unescape(words) == f"“{rows[key]['text']}”"
        assert rows[key]["analyst"] in plain(card)


def test_the_voices_are_different_speakers_where_there_are_enough_the_latest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    direct = {row["quote_id"]: row for row in QUOTES if row["form"] == "direct"}
    speakers = {row["analyst"] for row in direct.values()}
    assert len(speakers) > 1
    monkeypatch.setattr(overview, "VOICES", len(speakers))
    page.build.clear()
    shown = [direct[key] for key in cards(written(opened("overview")))]
    page.build.clear()
    assert {row["analyst"] for row in shown} == speakers
    years = [row["date"][:4] for row in shown]
    assert years == sorted(years, reverse=True)


def test_a_voice_names_its_sources_and_leads_to_what_else_its_speaker_said() -> None:
    rows, sources = {row["quote_id"]: row for row in QUOTES}, {row["source_id"]: row for row in read("sources")}
    shown = cards(written(show(country="TUR")))
    assert shown
    for key, card in shown.items():
        ((path, query, words),) = links(card)
        assert (path, query) == ("quotes", {"country": ["TUR"], "analyst": [rows[key]["analyst"]]})
        assert words == rows[key]["analyst"]
        for source in items(rows[key]["source_ids"]):
            assert html.unescape(sources[source]["publisher"]) in plain(card)


def test_where_nobody_is_quoted_directly_that_is_said_with_the_way_to_the_rest() -> None:
    text = section(show(kind="pact"), "In direct words").partition("</section>")[0]
    assert plain(text).startswith("No direct words are in view.")
    assert links(text) == [("quotes", {"kind": ["pact"]}, "All statements")]


# --- its links ---------------------------------------------------------------------------------------------------


def test_every_link_keeps_the_filters_and_nothing_of_another_page() -> None:
    test = show(domain=("naval", "air"), q="made-up", by="status", at="x", sure="any", **{"from": "2005"})
    found = [link for link in links(written(test)) if link[0] != "value" or "by" not in link[1]]
    assert {path for path, _, _ in found} == {".", "value", "timeline", "deal", "claims", "map", "quotes", "compare"}
    narrower = [query for path, query, words in found if path == "value" and words in ("Naval", "Air")]
    assert [query.pop("domain") for query in narrower] == [["naval"]], "only the domains of the pair, each by itself"
    for path, query, words in found:
        if path == "." and words.isdecimal():  # one year alone, in place of the years asked for
            assert (query.pop("from"), query.pop("to")) == ([words], [words])
            query["from"] = ["2005"]
        assert (query.get("domain", ["naval", "air"]), query["q"], query["from"]) == (
            ["naval", "air"],
            ["made-up"],
            ["2005"],
        )
        assert not {"by", "at"} & set(query)


def test_the_version_of_the_tables_and_the_viewpoint_stand_below_the_pictures(made_up: Tables) -> None:
    (line,) = re.findall(r'<p class="source-line">(.*?)</p>', written(show()))
    assert (
        html.unescape(line) == f"Defence Ties tables, version {made_up.version}. Undisclosed is not zero. {VIEWPOINT}"
    )


def test_the_pages_scopes_are_those_of_the_tables(made_up: Tables) -> None:
    assert [scope.subject_names(made_up)] == re.findall(r"<h2>Between (.*?)</h2>", written(show()))
