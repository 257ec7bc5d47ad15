from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from functools import cache, partial
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import exports
from dashboard.pages import data as page
from dashboard.tables import load as data
from dashboard.tables.dictionary import NAMES
from tests.made_up import read
from tests.page import opened, written
from tests.published import TRADE

DESCRIPTOR = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {entry["name"]: entry for entry in DESCRIPTOR["resources"] if entry["name"] in NAMES}


pytestmark = pytest.mark.usefixtures("made_up_pages")
show = cache(partial(opened, "data"))  # shared by the tests, so never worked upon


@pytest.mark.parametrize("name", RESOURCES)
def test_the_dictionary_covers_every_column_and_every_allowed_value(name: str) -> None:
    words = written(show(table=name))
    assert html.escape(RESOURCES[name]["description"]) in words
    for field in RESOURCES[name]["schema"]["fields"]:
        row = re.search(rf"<tr><td><b>[^<]*</b><br><code>{field['name']}</code></td>.*?</tr>", words, re.DOTALL)
        assert row, field["name"]
        assert f"<b>{html.escape(field['title'])}</b>" in row[0]
        assert str(html.escape(field["description"])).replace("&#x27;", "&#39;") in row[0]
        assert html.escape(str(field["example"])).replace("&#x27;", "&#39;") in row[0]
        for category in field.get("categories", []):
            assert f"<code>{category['value']}</code> {html.escape(category['label'])}" in row[0]


def shown(page: AppTest) -> list[list[str]]:
    """Return the cells of the rows on a page, as a reader sees them."""
    (table,) = re.findall(r'<div class="scroll whole".*?</table>', written(page), re.DOTALL)
    rows = re.findall(r"<tr>(<td.*?)</tr>", table, re.DOTALL)
    return [
        [html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows
    ]


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_is_shown_with_the_columns_and_rows_of_its_file(name: str) -> None:
    fields = [field["name"] for field in RESOURCES[name]["schema"]["fields"]]
    given = [["" if cell == "not disclosed" else cell for cell in row] for row in shown(show(table=name))]
    assert given == [[row[field] for field in fields] for row in read(name)][: page.ROWS_A_PAGE]
    for field in RESOURCES[name]["schema"]["fields"]:
        assert f'id="help-{field["name"]}"><b>{html.escape(field["title"])}</b>' in written(show(table=name))


def test_a_value_that_is_not_public_is_said_to_be_so_and_a_pact_has_none() -> None:
    at = [field["name"] for field in RESOURCES["deals"]["schema"]["fields"]].index("value_usd_m")
    said = {row[0]: row[at] for row in shown(show())}
    assert (said["echo-jammer"], said["lima-pact"], said["alpha-frigates"]) == ("not disclosed", "", "1000")


@pytest.mark.usefixtures("pages_anew")
def test_a_long_table_is_shown_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROWS_A_PAGE", 4)
    keys = [row["deal_id"] for row in read("deals")]
    assert [row[0] for row in shown(opened("data"))] == keys[:4]
    second = opened("data", page="2")
    assert [row[0] for row in shown(second)] == keys[4:8]
    assert f"Rows 5 to 8 of {len(keys)}, " in written(second)
    assert [row[0] for row in shown(opened("data", page="999"))] == keys[(len(keys) - 1) // 4 * 4 :]


def test_the_rows_are_those_that_the_address_asks_for_and_the_page_says_which() -> None:
    test = show(only="undisclosed", part=("naval", "cyber"), sort="-deal_id")
    wanted = [
        row
        for row in read("deals")
        if row["domain"] in ("naval", "cyber") and row["kind"] in TRADE and not row["value_usd_m"]
    ]
    assert [row[0] for row in shown(test)] == sorted((row["deal_id"] for row in wanted), reverse=True)
    assert (
        f"<b>{len(wanted)} of {len(read('deals'))} rows</b>: Naval or Cyber · trade deals whose value is not disclosed."
        in written(test)
    )
    (button,) = [button for button in test.get("download_button") if button.proto.label.startswith("Take")]
    assert button.proto.label == f"Take {len(wanted)} row{'s' * (len(wanted) != 1)} as CSV"


def test_a_heading_sorts_and_a_second_press_sorts_the_other_way_and_keeps_what_is_asked_for() -> None:
    at = re.compile(r'<th scope="col"( aria-sort="\w+")?><a href="([^"]*)" data-stay="sort-start"')
    first, rising, falling = (
        at.search(written(test))
        for test in (show(find="made"), show(find="made", sort="start"), show(find="made", sort="-start"))
    )
    assert first is not None
    assert rising is not None
    assert falling is not None
    assert first.groups() == (None, "data?find=made&amp;sort=start")
    assert rising.groups() == (' aria-sort="ascending"', "data?find=made&amp;sort=-start")
    assert falling.groups() == (' aria-sort="descending"', "data?find=made&amp;sort=start")


def test_where_no_row_is_so_the_page_says_it_and_there_is_nothing_to_take() -> None:
    test = show(find="nowhere to be found")
    assert "No row is so." in written(test)
    (button,) = [button for button in test.get("download_button") if button.proto.label.startswith("Take")]
    assert button.proto.disabled


def test_what_a_table_cannot_answer_is_named_and_what_is_no_column_at_all_too() -> None:
    words = written(show(table="places", blank="value_usd_m,nothing", sort="start", only="one-origin"))
    assert "Places has no column value_usd_m; it was left out. Places has no column start; it was left out." in words
    assert "“deals on one origin alone” says nothing of Places; it was left out." in words
    assert "This link asks for a column “nothing” that is not in the tables; it was left out." in words
    assert "The rows of Countries have no domain; it was left out." in written(show(table="countries", part="naval"))


def test_the_headline_counts_the_rows_and_the_open_questions() -> None:
    rows = sum(len(read(name)) for name in RESOURCES)
    assert f"{rows:,} rows in {len(RESOURCES)} tables have no fault. {len(read('gaps'))} questions" in written(show())


def test_each_figure_of_the_health_leads_to_the_rows_that_it_counts() -> None:
    figures = re.findall(r'<dt>([^<]*)</dt><dd><a href="data\?([^"]*)" target="_self">([\d,]+)</a>', written(show()))
    assert len(figures) > 10
    for words, query, count in figures:
        asked = {name: tuple(values) for name, values in parse_qs(html.unescape(query)).items()}
        rows = shown(opened("data", **asked)) if int(count) else []
        assert len(rows) == int(count), words


def test_the_health_is_that_of_the_tables() -> None:
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd><a[^>]*>([^<]*)</a>", written(show())))
    deals, sources = read("deals"), {row["source_id"]: row for row in read("sources")}
    kinds = [row for row in deals if row["kind"] in TRADE]
    two = [row for row in deals if len({sources[key]["origin"] for key in row["source_ids"].split(";")}) > 1]
    assert facts["trade deals whose value is not disclosed"] == str(sum(not row["value_usd_m"] for row in kinds))
    assert facts["deals on two independent origins or more"] == str(len(two))
    assert facts["deals on one origin alone"] == str(len(deals) - len(two))
    assert facts["deals of credibility 1 or 2"] == str(sum(row["credibility"] in "12" for row in deals))
    assert facts["publications without a public address"] == str(sum(not row["url"] for row in sources.values()))
    assert facts["questions that were looked for and not answered"] == str(len(read("gaps")))
    assert f"Version {DESCRIPTOR['version']} of " in written(show())


@pytest.mark.parametrize("name", ["deals", "sources", "quotes"])
def test_the_columns_are_counted_of_all_rows_and_by_domain(name: str) -> None:
    (table,) = re.findall(r'<div class="scroll covered".*?</table>', written(show(table=name)), re.DOTALL)
    fields = [
        field for field in RESOURCES[name]["schema"]["fields"] if not field.get("constraints", {}).get("required")
    ]
    assert re.findall(r'<th scope="row">([^<]*)', table) == [html.escape(field["title"]) for field in fields]
    assert f"The other {len(RESOURCES[name]['schema']['fields']) - len(fields)} columns" in written(show(table=name))


def test_a_table_whose_every_column_is_filled_in_says_so_and_one_without_domains_has_none() -> None:
    assert "Every column of <code>deflator.csv</code> is filled in in every row." in written(show(table="deflator"))
    assert "of all rows. The other" in written(show(table="countries"))


def test_what_was_not_found_is_listed_in_full_with_links_to_the_deals() -> None:
    words = written(show())
    titles = {row["deal_id"]: row["title"] for row in read("deals")}
    for row in read("gaps"):
        assert str(page.Markup.escape(row["question"])) in words
        assert str(page.Markup.escape(row["found"])) in words
        for key in filter(None, row["deal_ids"].split(";")):
            assert page.Markup('<a href="deal?id={}" target="_self">{}</a>').format(key, titles[key]) in words


def test_every_table_and_every_form_of_the_whole_can_be_downloaded() -> None:
    labels = {
        button.proto.label for button in show().get("download_button") if not button.proto.label.startswith("Take")
    }
    assert labels == {
        *(entry["path"] for entry in RESOURCES.values()),
        *(form.label for form in exports.FORMS.values()),
    }
    for form in exports.FORMS.values():
        assert f"<b>{form.label}</b>: {form.what}" in written(show())


def test_no_file_is_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(_: object) -> bytes:
        raise AssertionError("made on a view")

    monkeypatch.setattr(exports, "FORMS", {name: replace(form, written=made) for name, form in exports.FORMS.items()})
    monkeypatch.setattr(page, "as_csv", made)
    assert len(opened("data").get("download_button")) > len(exports.FORMS)


def test_the_filters_on_deals_do_not_act_and_the_page_says_so() -> None:
    test = show(domain="space")
    assert len(shown(test)) == len(read("deals"))
    assert any("the filters act on the other pages" in caption.value for caption in test.caption)
    assert not any("the filters act" in caption.value for caption in show().caption)


def test_a_doubted_deal_is_marked_where_nothing_was_found_on_it() -> None:
    (row,) = (row for row in read("deals") if row["deal_id"] == "papa-flight")
    link = f'<a href="deal?id={row["deal_id"]}" target="_self">{row["title"]}</a>'
    assert f'{link} <span class="status" data-doubted>Denied</span>' in written(show())


# --- what changed ----------------------------------------------------------------------------------------------------


def test_where_no_version_is_recorded_the_page_says_so() -> None:
    assert "No version is recorded yet." in written(show())


def test_what_is_no_day_is_left_out_and_named() -> None:
    assert "This link asks for a version or a day “soon” that is neither; it was left out." in written(
        show(since="soon")
    )
