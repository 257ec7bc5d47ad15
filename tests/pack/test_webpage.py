"""The briefing as one HTML file: it holds what the view holds, calls nobody, and can be checked."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dashboard import views
from dashboard.exports.package import SUMS, packed
from dashboard.pack.briefing import of_deck, of_view
from dashboard.pack.webpage import HERE, as_text, in_either_theme, webpage
from dashboard.questions.spreadsheet import RUN
from dashboard.style.tokens import GROUNDS, INKS, LIGHT
from dashboard.tables.load import Tables
from dashboard.views.view import Rows
from tests.exports.test_exports import unzipped

TODAY = date(2026, 3, 1)
DATA = re.compile(r'<pre class="csv" hidden id="([^"]+)" data-file="([^"]+)" data-sum="([^"]+)">([^<]*)</pre>')


class Read(HTMLParser):
    """The cells of the tables of a page by their ids, their headings first, and all addresses that it names."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell; note an address."""
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "data") and value]
        if tag == "table":
            self.tables[str(given["aria-labelledby"]).removesuffix("-title")] = []
        elif tag == "tr":
            [*self.tables.values()][-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th") and self._cell is not None:
            [*self.tables.values()][-1][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._cell is not None:
            self._cell.append(data)


def page(tables: Tables, address: str) -> str:
    return webpage(tables, of_view(views.at(tables, address, TODAY)), TODAY).decode()


def embedded(text: str) -> dict[str, tuple[str, str, str]]:
    """Return the tables that stand in a page as CSV text, by their ids: file, checksum, text."""
    return {name: (file, digest, unescape(held)) for name, file, digest, held in DATA.findall(text)}


@pytest.mark.parametrize("address", ["/", "/value?by=supplier", "/timeline", "/value?domain=naval&money=constant"])
def test_the_file_holds_every_table_of_the_view_to_the_cell(made_up: Tables, address: str) -> None:
    view, text = views.at(made_up, address, TODAY), page(made_up, address)
    held = [[*csv.reader(io.StringIO(data))] for _, _, data in embedded(text).values()]
    wanted = [
        [[*rows.headings.values()], *([*("" if cell is None else str(cell) for cell in row)] for row in rows.rows)]
        for rows in view.tables
    ]
    assert held[: len(wanted)] == wanted
    shown = Read(text).tables
    assert [len(rows) - 1 for rows in shown.values()] == [len(rows) - 1 for rows in held]


def test_the_sources_come_last_with_their_grades_and_addresses(made_up: Tables) -> None:
    view, text = views.at(made_up, "/value", TODAY), page(made_up, "/value")
    *_, (headings, *rows) = Read(text).tables.values()
    assert len(rows) == len(view.sources)
    grades = sorted((row[0], row[headings.index("Grade")]) for row in rows)
    assert grades == sorted((source["title"], source["reliability"]) for source in view.sources)
    assert {source["url"] for source in view.sources if source["url"]} <= {*Read(text).addresses}


def test_each_table_has_its_checksum_and_so_has_each_file_that_it_is_taken_from(made_up: Tables) -> None:
    text = page(made_up, "/")
    held = embedded(text)
    assert held
    assert len({file for file, _, _ in held.values()}) == len(held)
    for file, digest, data in held.values():
        assert hashlib.sha256(data.encode()).hexdigest() == digest
        assert f"{digest}  {file}\n" in text
    for line in unzipped(packed(made_up))[SUMS].decode().splitlines():
        if line.split()[1].removesuffix(".csv") in made_up.dictionary.tables:
            assert line in text


def test_the_file_calls_nobody_and_runs_nothing_but_its_own_script(made_up: Tables) -> None:
    text = page(made_up, "/")
    script = (HERE / "page.js").read_text(encoding="utf-8")
    assert [*re.findall(r"<script[^>]*>(.*?)</script>", text, re.S)] == [script]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert f"default-src 'none'; script-src 'sha256-{digest}';" in policy[1]
    read = Read(text)
    assert not {*read.tags} & {"iframe", "object", "embed", "form", "base", "img"}
    assert all(address.startswith(("http", "#", "data:")) for address in read.addresses)
    assert not re.search(r"url\((?!data:|#)", text)
    assert "@import" not in text
    assert len(text) < 1_000_000


def test_the_file_says_what_it_is_of(made_up: Tables) -> None:
    view = views.at(made_up, "/value?domain=naval,cheese", TODAY)
    text = unescape(page(made_up, "/value?domain=naval,cheese"))
    for words in (view.finding, *view.lead, *view.notes, *view.left_out, *view.filters, view.counted, view.viewpoint, made_up.version, "1 March 2026", *made_up.package.licences):  # fmt: skip
        assert words in text
    assert view.left_out
    assert "No filter is set" not in text
    assert "No filter is set" in page(made_up, "/value")


def test_direct_words_and_a_paraphrase_do_not_look_alike_and_claims_face_denials(made_up: Tables) -> None:
    view, text = views.at(made_up, "/", TODAY), page(made_up, "/")
    exact = {one.row["text"] for one in view.statements}
    assert exact
    for words in exact:
        assert f"<blockquote>“{Markup.escape(words)}”</blockquote>" in text
    assert view.claims
    for claim in view.claims:
        assert f"<h4>{Markup.escape(claim.row['title'])}</h4>" in text
    assert text.count('data-side="asserts"><h5>') == text.count('data-side="denies"><h5>') == len(view.claims)
    assert 'class="paraphrase"' in text


def test_a_deck_has_contents_its_own_lines_and_its_sources_once(made_up: Tables) -> None:
    slides = [
        (views.at(made_up, address, TODAY), line, "") for address, line in (("/", "Mind the gap."), ("/value", ""))
    ]
    text = webpage(made_up, of_deck("Two views", slides), TODAY).decode()
    assert text.count('<p class="take-home">') == text.count('<p class="take-home">Mind the gap.</p>') == 1
    assert 'href="#view-2"' in text
    assert 'id="view-2"' in text
    assert sum(file.endswith("-sources.csv") for file, _, _ in embedded(text).values()) == 1
    assert 'href="#view-1"' not in page(made_up, "/")
    assert sum(file.endswith("-deals.csv") for file, _, _ in embedded(text).values()) == 1
    (above,) = re.findall(r'18 deals in view: <a href="#([^"]+)">the same rows stand above', text)
    assert text.index(f'id="{above}"') < text.index(f'href="#{above}"')
    assert "stand above" not in page(made_up, "/")


def test_a_view_without_rows_is_a_file_too(made_up: Tables) -> None:
    view, text = views.at(made_up, "/?q=nosuchwords", TODAY), page(made_up, "/?q=nosuchwords")
    assert view.count == 0
    assert unescape(text).count(view.finding) > 1
    assert "What this rests on" not in text


def test_the_same_briefing_gives_the_same_bytes(made_up: Tables) -> None:
    assert page(made_up, "/value") == page(made_up, "/value")


def test_sorting_follows_days_sizes_and_letters_and_blanks_go_nowhere(made_up: Tables) -> None:
    text = page(made_up, "/value")
    parts = text.split('<section class="table">')[1:]
    (deals,) = [part for part in parts if "deals in view" in part.split("</h3>")[0]]
    places = re.findall(r'<tr><td(?: data-place="(\d+)")?', deals)
    titles = re.findall(r"<tr><td[^>]*>([^<]*)", deals)
    assert [title for _, title in sorted(zip(map(int, places), titles, strict=True))] == sorted(titles)
    (sums,) = [part for part in parts if "Disclosed value by" in part.split("</h3>")[0]]
    rows = [re.findall(r"<td([^>]*)>([^<]*)", row) for row in sums.split("<tr>")[2:]]
    known = [
        (int(re.findall(r'data-place="(\d+)"', look)[0]), float(words.replace(",", "")))
        for (look, words) in (row[1] for row in rows)
        if words
    ]
    assert [worth for _, worth in sorted(known)] == sorted(worth for _, worth in known)
    assert len(known) > 2
    assert all("data-place" not in look for look, words in (row[1] for row in rows) if not words)


def test_a_picture_takes_the_ink_and_the_ground_of_the_theme_once() -> None:
    drawn = Markup(
        f'<rect fill="{INKS[LIGHT]}"/><text stroke="{GROUNDS[LIGHT].lower()}" fill="var(--ink,{INKS[LIGHT]})"/><a fill="#0072B2"/>'
    )
    assert in_either_theme(drawn) == (
        f'<rect fill="var(--ink,{INKS[LIGHT]})"/><text stroke="var(--ground,{GROUNDS[LIGHT].lower()})" fill="var(--ink,{INKS[LIGHT]})"/><a fill="#0072B2"/>'
    )


def test_rows_that_are_not_all_there_say_so(made_up: Tables) -> None:
    view = views.at(made_up, "/value", TODAY)
    (deals,) = [rows for rows in view.tables if rows.name == "deals"]
    cut = replace(view, tables=(replace(deals, rows=deals.rows[:2], keys=deals.keys[:2]),))
    assert f"The first 2 of {deals.count} rows." in webpage(made_up, of_view(cut), TODAY).decode()


cells = st.one_of(
    st.none(),
    st.integers(-9999, 9999),
    st.floats(0, 1e6),
    st.text('aş,"=+ \r\n\t\x00', max_size=6),
    st.sampled_from(RUN).map(lambda sign: f"{sign}1+1"),
)


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_the_text_of_a_table_is_read_back_and_no_cell_of_it_is_run(rows: list[tuple[str | float | None, ...]]) -> None:
    text = as_text(Rows("any", "Any", {"one": "One", "other": "Other"}, tuple(rows), len(rows)))
    assert "\r" not in text
    assert text.startswith("One,Other\n")
    back = [*csv.reader(io.StringIO(text, newline=""))][1:]
    assert len(back) == len(rows)
    for given_row, read in zip(rows, back, strict=True):
        for cell, words in zip(given_row, read, strict=True):
            assert not isinstance(cell, str) or not words.startswith(RUN)
            assert cell is not None or words == ""
