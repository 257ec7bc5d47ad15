from __future__ import annotations

import html
import io
import json
import re
import zipfile
from functools import cache, partial

import pytest

from dashboard.pages import data as page
from dashboard.tables import load as data
from dashboard.tables.dictionary import NAMES
from tests.made_up import DESCRIPTION, HERE, description, read
from tests.page import opened, written
from tests.published import TRADE

DESCRIPTOR = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {entry["name"]: entry for entry in DESCRIPTOR["resources"] if entry["name"] in NAMES}
FILES = ["datapackage.json", *(entry["path"] for entry in DESCRIPTOR["resources"])]


def content(name: str) -> bytes:
    """Return a file of the made-up tables, or their description, as it is on disk."""
    return description() if name == DESCRIPTION.name else (HERE / name).read_bytes()


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


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_is_shown_with_the_columns_and_rows_of_its_file(name: str) -> None:
    shown = show(table=name).dataframe[0].value
    rows = read(name)
    assert list(shown.columns) == [field["name"] for field in RESOURCES[name]["schema"]["fields"]]
    assert len(shown) == len(rows)
    key = RESOURCES[name]["schema"]["primaryKey"][0]
    assert [str(value) for value in shown[key]] == [row[key] for row in rows]


def test_a_long_table_is_capped_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROWS_SHOWN", 10)
    test = opened("data", table="quotes")
    assert len(test.dataframe[0].value) == 10
    assert any(f"The first 10 of {len(read('quotes'))} rows" in caption.value for caption in test.caption)


def test_a_table_that_is_shown_whole_is_not_said_to_be_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROWS_SHOWN", len(read("quotes")))
    test = opened("data", table="quotes")
    assert len(test.dataframe[0].value) == len(read("quotes"))
    assert not any("The first" in caption.value for caption in test.caption)


def test_the_headline_counts_the_rows_and_the_open_questions() -> None:
    rows = sum(len(read(name)) for name in RESOURCES)
    assert f"{rows:,} rows in {len(RESOURCES)} tables have no fault. {len(read('gaps'))} questions" in written(show())


def test_the_health_of_the_data_is_counted() -> None:
    words = written(show())
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", words))
    deals, sources = read("deals"), {row["source_id"]: row for row in read("sources")}
    kinds = [row for row in deals if row["kind"] in TRADE]
    two = [row for row in deals if len({sources[key]["origin"] for key in row["source_ids"].split(";")}) > 1]
    dated = {row["deal_id"] for row in read("milestones")}
    undated = [
        row
        for row in deals
        if not any(row[name] for name in ("announced", "start", "end")) and row["deal_id"] not in dated
    ]
    assert facts["version of the tables"] == DESCRIPTOR["version"]
    assert (
        facts["of trade deals have a public value"]
        == f"{sum(bool(row['value_usd_m']) for row in kinds)} of {len(kinds)}"
    )
    assert facts["of deals rest on two independent origins or more"] == f"{len(two)} of {len(deals)}"
    assert (
        facts["of deals are graded credibility 1 or 2"]
        == f"{sum(row['credibility'] in '12' for row in deals)} of {len(deals)}"
    )
    assert facts["of deals have no known date at all"] == f"{len(undated)} of {len(deals)}"
    assert (
        facts["of sources have no public address"]
        == f"{sum(not row['url'] for row in sources.values())} of {len(sources)}"
    )


def test_what_was_not_found_is_listed_in_full_with_links_to_the_deals() -> None:
    words = written(show())
    titles = {row["deal_id"]: row["title"] for row in read("deals")}
    for row in read("gaps"):
        assert str(page.Markup.escape(row["question"])) in words
        assert str(page.Markup.escape(row["found"])) in words
        for key in filter(None, row["deal_ids"].split(";")):
            assert page.Markup('<a href="deal?id={}" target="_self">{}</a>').format(key, titles[key]) in words


def test_every_file_can_be_downloaded() -> None:
    labels = {button.proto.label for button in show().get("download_button")}
    assert labels == {"All as one zip", *FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_download_is_the_file_byte_by_byte(name: str) -> None:
    assert data.file_bytes(name) == content(name)


def test_the_zip_holds_the_files_byte_by_byte_and_is_always_the_same() -> None:
    packed = data.archive(FILES)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == FILES
        assert {name: archive.read(name) for name in FILES[1:]} == {name: content(name) for name in FILES[1:]}
        described = json.loads(archive.read(FILES[0]))
    assert all(entry["bytes"] == len(content(entry["path"])) for entry in described["resources"])
    assert data.archive(FILES) == packed


def test_only_files_of_the_data_folder_are_given_out() -> None:
    with pytest.raises(FileNotFoundError):
        data.file_bytes("../pyproject.toml")


def test_the_filters_on_deals_do_not_act_and_the_page_says_so() -> None:
    test = show(domain="space")
    assert len(test.dataframe[0].value) == len(read("deals"))
    assert any("the filters act on the other pages" in caption.value for caption in test.caption)
    assert not any("the filters act" in caption.value for caption in show().caption)


def test_a_doubted_deal_is_marked_where_nothing_was_found_on_it() -> None:
    (row,) = (row for row in read("deals") if row["deal_id"] == "papa-flight")
    link = f'<a href="deal?id={row["deal_id"]}" target="_self">{row["title"]}</a>'
    assert f'{link} <span class="status" data-doubted>Denied</span>' in written(show())
