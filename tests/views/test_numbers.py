"""Every number of a view is the number that its page shows, on the made-up tables."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from dashboard import views
from dashboard.tables.load import Tables
from dashboard.views.view import Bars, Cell, Rows, View
from dashboard.words import format_money
from tests.made_up import read
from tests.page import opened, written

pytestmark = pytest.mark.usefixtures("made_up_pages")
DEALS = read("deals")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def shown(page: str, **params: str) -> str:
    return plain(written(opened(page, **params)))


def on_screen(page: str, caption: str, **params: str) -> list[list[str]]:
    markup = written(opened(page, **params))
    (body,) = re.findall(rf"<caption[^>]*>{caption}.*?<tbody[^>]*>(.*?)</tbody>", markup, re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)] for row in re.findall(r"<tr.*?>(.*?)</tr>", body, re.DOTALL)]  # fmt: skip


def of(view: View, name: str) -> Rows:
    (table,) = [table for table in view.tables if table.name == name]
    return table


def usd(tables: Tables, cell: Cell) -> str:
    return "none" if cell is None else format_money(float(cell), tables.package.currency)


@pytest.mark.parametrize("money", ["nominal", "constant"])
@pytest.mark.parametrize("by", ["domain", "year", "status"])
def test_values(made_up: Tables, by: str, money: str) -> None:
    view = views.at(made_up, f"/value?by={by}&money={money}", date.today())
    table, page = of(view, "sums"), on_screen("value", "Disclosed value by", by=by, money=money)
    assert len(table.rows) == len(page)
    for row, cells in zip(table.rows, page, strict=True):
        given = dict(zip(table.headings, row, strict=True))
        money_cells = [usd(made_up, given[name]) for name in ("disclosed", "contract", "reported", "estimate")]
        assert cells[:5] == [given["group"], *money_cells]
        if cells[5] != "none":
            assert cells[5] == f"{usd(made_up, given['low'])} to {usd(made_up, given['high'])}"
        assert cells[6:8] == [f"{given['priced']:,}", f"{given['unpriced']:,}"]
        assert cells[8].startswith(f"{given['left_out']:,} " if given["left_out"] else "none")
        assert str(given["reasons"]) in cells[8]


def test_what_is_said_of_values_stands_on_the_page(made_up: Tables) -> None:
    for money in ("nominal", "constant"):
        view, text = views.at(made_up, f"/value?money={money}", date.today()), shown("value", money=money)
        figures = [word for said in (*view.lead, *view.notes) for word in re.findall(r"\$[\d.,]+[bm]n?|\d+%", said)]
        assert figures
        assert all(word in text for word in figures)
        assert of(view, "stages").title in text
        for row in of(view, "sure").rows:
            assert usd(made_up, row[1]) in text


def test_the_bars_are_the_table(made_up: Tables) -> None:
    view = views.at(made_up, "/value", date.today())
    (picture,), table = view.pictures, of(view, "sums")
    assert isinstance(picture.drawn, Bars)
    parts = list(zip(*(series.values for series in picture.drawn.series), strict=True))
    assert parts == [row[2 : 2 + len(picture.drawn.series)] for row in table.rows[:-1]]
    assert list(picture.drawn.categories) == [row[0] for row in table.rows[:-1]]
    unknown = [("without a public value" in beside) for beside in picture.drawn.beside]
    assert unknown == [bool(dict(zip(table.headings, row, strict=True))["unpriced"]) for row in table.rows[:-1]]


def test_the_front_page(made_up: Tables) -> None:
    view, text = views.at(made_up, "/", date.today()), shown("overview")
    assert all(words in text for words in (*view.lead, *(picture.finding for picture in view.pictures)))
    assert [picture.name for picture in view.pictures] == ["years", "map", "value", "claims"]
    assert sum(int(row[1] or 0) for row in of(view, "scopes").rows) == len(DEALS)
    assert view.counted == f"{len(DEALS)} of {len(DEALS)} deals"
    scopes = dict(zip(of(view, "scopes").keys, of(view, "scopes").rows, strict=True))
    assert str(scopes["between"][0]) in text
    assert all(str(row[0]) in text for name in ("statuses", "steps", "directions") for row in of(view, name).rows)
    for row in scopes.values():
        assert row[4] is None or f"{usd(made_up, row[4])} disclosed" in text
    for row in of(view, "statuses").rows:
        assert re.search(rf"{row[0]} {row[1]}\b", text)
    assert all(said.row["text"] in text for said in view.statements)


def test_the_map(made_up: Tables) -> None:
    view = views.at(made_up, "/map", date.today())
    table, page = of(view, "lines"), on_screen("map", "Lines of the map")
    assert len(table.rows) == len(page)
    for row, cells in zip(table.rows, page, strict=True):
        assert cells[:4] == [row[0], row[1], row[2], f"{row[3]:,}"]
        traded = row[1] == "Trade"
        assert cells[4] == (("none disclosed" if row[4] is None else usd(made_up, row[4])) if traded else "")
        assert cells[5:] == [f"{row[5]:,}" if traded else "", f"{row[6]:,}"]
    assert view.lead
    assert view.lead[0] in shown("map")


def test_a_line_of_the_map_that_is_opened(made_up: Tables) -> None:
    line = of(views.at(made_up, "/map", date.today()), "lines").keys[0]
    table = of(views.at(made_up, f"/map?at={line}", date.today()), "deals")
    assert table.title in shown("map", at=line)
    assert 0 < table.count < len(DEALS)


def test_rows_to_take_away(made_up: Tables) -> None:
    pages = {"value": "deals", "timeline": "deals", "quotes": "statements", "sources": "sources", "claims": "deals"}
    for page, noun in pages.items():
        table, test = of(views.at(made_up, f"/{page}", date.today()), noun), written(opened(page))
        words, named = plain(test), list(table.headings)
        assert table.title in words
        for row in table.rows[:20]:
            said = str(row[named.index("title" if noun != "statements" else "text")])
            assert said.strip("[]") in words


def test_statements_publications_and_the_ledger(made_up: Tables) -> None:
    quotes, claims = (views.at(made_up, f"/{page}", date.today()) for page in ("quotes", "claims"))
    text = shown("claims")
    for claim in claims.claims[:12]:
        assert claim.row["title"] in text
        assert claim.group in text
        assert all(said["text"] in text for side in claim.entry.sides for said, _ in side.statements)
    first = shown("quotes")
    assert all(said.row["text"] in first for said in quotes.statements[:12])
    second = views.at(made_up, "/quotes?page=2", date.today()).statements
    assert [said.row["quote_id"] for said in second] == [said.row["quote_id"] for said in quotes.statements[12:]]


def test_the_sources_of_a_view_are_those_of_its_deals(made_up: Tables) -> None:
    row = next(deal for deal in DEALS if deal["source_ids"].count(";"))
    view = views.at(made_up, f"/timeline?q={row['title'].replace(' ', '+')}", date.today())
    assert set(row["source_ids"].split(";")) <= {source["source_id"] for source in view.sources}
    grades = [str(source["reliability"]) for source in view.sources]
    assert grades == sorted(grades)


def test_a_deal(made_up: Tables) -> None:
    for row in DEALS[:6]:
        view, text = views.at(made_up, f"/deal?id={row['deal_id']}", date.today()), shown("deal", id=row["deal_id"])
        assert view.finding == row["title"]
        assert view.title in text
        assert row["summary"] in view.lead
        for term, said in of(view, "facts").rows:
            assert str(term) in text
            if term != "Evidence":
                assert all(part in text for part in str(said).split("; ")), said
        assert {source["source_id"] for source in view.sources} == set(row["source_ids"].split(";"))
        assert all(str(step[2]) in text for step in of(view, "steps").rows)
        assert all(str(gap[0]) in text for gap in of(view, "gaps").rows)
        assert all(said.row["text"] in text for said in view.statements)


def test_a_deal_that_is_not_there_names_the_nearest(made_up: Tables) -> None:
    view = views.at(made_up, f"/deal?id={DEALS[0]['deal_id']}x", date.today())
    assert view.finding.startswith("There is no deal")
    assert view.left_out
    assert DEALS[0]["title"] in {row[0] for row in of(view, "deals").rows}
    assert of(views.at(made_up, "/deal?id=qqqqqqq", date.today()), "deals").title == "The latest deals in view"
    assert views.at(made_up, "/deal", date.today()).finding == "No deal is named in this address."


def test_two_side_by_side(made_up: Tables) -> None:
    view, text = views.at(made_up, "/compare", date.today()), shown("compare")
    assert all(words in text for words in view.lead)
    for _, label, *cells in of(view, "figures").rows:
        assert str(label) in text
        assert all(str(cell) in text for cell in cells)
    speakers = list(dict.fromkeys(row["analyst"] for row in read("quotes")))[:2]
    said = views.at(made_up, f"/compare?a={speakers[0]}&b={speakers[1]}".replace(" ", "+"), date.today())
    assert {one.row["analyst"] for one in said.statements} == set(speakers)


def test_search_and_tables(made_up: Tables) -> None:
    word = DEALS[0]["title"].split()[0]
    view, text = views.at(made_up, f"/search?said={word}", date.today()), shown("search", said=word)
    assert view.count == of(view, "results").count > 0
    assert all(str(row[1]) in text for row in of(view, "results").rows)
    assert views.at(made_up, "/search?said=milgmexx", date.today()).finding in shown("search", said="milgmexx")
    data = views.at(made_up, "/data?table=quotes&blank=date", date.today())
    assert data.count == sum(not row["date"] for row in read("quotes"))
    assert of(data, "quotes").count == data.count
    assert dict(of(data, "tables").rows)[made_up.dictionary.resources["deals"]["title"]] == len(DEALS)  # ty: ignore
