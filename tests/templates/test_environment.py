"""Templates as a whole: every value is escaped, a name that is missing is an error, and HTML stands in them alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest
from jinja2 import TemplateNotFound, UndefinedError
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard import address, views
from dashboard.address import Asked, Links
from dashboard.charts.timeline import figure
from dashboard.drift import Drift
from dashboard.drift.wording import Figure, Row
from dashboard.gate.then import Then
from dashboard.gate.trial import Trial
from dashboard.pack.briefing import of_deck
from dashboard.pack.webpage import HERE as PACK
from dashboard.pack.webpage import webpage
from dashboard.pages import timeline
from dashboard.serving import first_deck, first_words
from dashboard.tables import load as data
from dashboard.tables.faults import Fault
from dashboard.tables.live import Waiting
from dashboard.tables.load import Tables
from dashboard.tables.model import NAMES
from dashboard.templates import ENVIRONMENT, is_known, render
from tests.made_up import read
from tests.page import opened, written

HOUSE = Path(dashboard.__file__).parent
TAG = re.compile(r"(?<!\(\?P)</?[a-z][\w-]*(\s[^<>]*)?/?>")  # not the name of a group in a pattern
HOSTILE = """<script>x</script> " onmouseover="y" ' onclick='z' &amp; [b] {{ 1 + 1 }} $x$ """
NAME = read("quotes")[0]["analyst"]  # a speaker that no statement names
ADDRESSES = [
    ("overview", {}),
    ("timeline", {}),
    ("timeline", {"group": "status"}),
    ("value", {"by": "supplier"}),
    ("value", {"money": "constant"}),
    ("map", {}),
    ("map", {"at": "TUR>PAK:naval"}),
    ("quotes", {}),
    ("compare", {}),
    ("quotes", {"said": "no such words"}),
    ("claims", {}),
    ("claims", {"id": "papa-flight"}),
    ("sources", {}),
    ("data", {}),
    ("deal", {}),
    ("deal", {"id": "papa-flight"}),
    ("deal", {"id": "alpha-frigates"}),
    ("deal", {"id": HOSTILE}),
    ("present", {"deck": HOSTILE}),
    (
        "present",
        {
            "title": HOSTILE,
            "my": [f"value?q={HOSTILE} {HOSTILE}", f"quotes {HOSTILE}", HOSTILE, "timeline"],
            "window": "speaker",
        },
    ),
    ("present", {"title": HOSTILE, "my": [f"value?q={HOSTILE} {HOSTILE}", "timeline"], "window": "pack"}),
    ("search", {"said": "script"}),
    ("search", {"said": HOSTILE}),
]


def test_a_value_is_escaped_and_a_name_that_is_missing_is_an_error() -> None:
    text = render("heading.html", kicker=HOSTILE, finding="A & B")
    assert "&lt;script&gt;" in text
    assert "<h1>A &amp; B</h1>" in text
    with pytest.raises(UndefinedError, match="finding"):
        render("heading.html", kicker="Deal")


def test_a_page_reaches_the_reader_as_it_was_written() -> None:
    page = AppTest.from_function(_indented).run()
    assert [element.proto.body for element in page.get("html")] == ["  <pre>\n  kept</pre>"]


def _indented() -> None:
    import streamlit as st

    from dashboard.templates import Html

    st.html(Html("  <pre>\n  kept</pre>"))


def test_templates_read_nothing_but_their_own_folder() -> None:
    with pytest.raises(TemplateNotFound):
        render("../words.py")


def test_what_is_missing_is_neither_false_nor_zero() -> None:
    assert [is_known(value) for value in (0, 0.0, "", False, float("nan"), pd.NA, None)] == [True] * 4 + [False] * 3


def test_no_column_is_called_as_something_that_every_row_has(made_up: Tables) -> None:
    """A template writes `row.title`; were a column called `items`, it would get the method of that name."""
    columns = {column for name in NAMES for column in getattr(made_up, name)}
    assert not columns & {*dir(dict)}


def tags_in(path: Path) -> list[str]:
    """Return the HTML tags in the texts of a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [match[0] for text in texts for match in TAG.finditer(text)]


def test_html_stands_in_templates_and_in_no_text_of_the_code() -> None:
    # The words on a figure are Plotly's, which knows a few tags of its own and takes no template.
    files = [path for path in HOUSE.rglob("*.py") if path.relative_to(HOUSE).parts[0] != "charts"]
    found = {path.name: tags_in(path) for path in [*files, HOUSE.parent / "app.py"]}
    assert {name: tags for name, tags in found.items() if tags} == {}
    assert any(tags_in(path) for path in (HOUSE / "charts").rglob("*.py"))


class Seen(HTMLParser):
    """The tags, the names of attributes and the words of a page, as a browser reads them."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what opens a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Take words."""
        self.words += data


def _spoilt(tables: Tables, name: str) -> pd.DataFrame:
    """Return a table with hostile words before the text of every column that may hold any."""
    columns = tables.dictionary.tables[name].values()
    free = [
        column.name
        for column in columns
        if column.type == "string"
        and not (column.choices or column.reference or column.is_date or "pattern" in column.constraints)
        and column.name not in tables.dictionary.key(name)
    ]
    table = getattr(tables, name)
    return table.assign(**{column: HOSTILE + table[column] for column in free})


@pytest.fixture
def hostile(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Let every page show tables whose every text is hostile."""
    spoilt = replace(made_up, **{name: _spoilt(made_up, name) for name in NAMES}, stamp="hostile")
    monkeypatch.setattr(data, "load", lambda: spoilt)
    monkeypatch.setattr(data, "fingerprint", lambda: spoilt.stamp)
    return spoilt


def obeyed_nowhere(text: str, *where: object) -> str:
    """Return the words of a page, on which no hostile words became a tag or an attribute."""
    seen = Seen(text)
    assert {"h1", "table"} & seen.tags, where
    assert "script" not in seen.tags, where
    assert not seen.attributes & {"onmouseover", "onclick"}, where
    assert "&amp;amp;" not in seen.words, where
    return seen.words


def _many_deals(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the timeline of more deals than get a row each."""
    monkeypatch.setattr(figure, "MOST", 2)
    timeline.build.clear()
    test = opened("timeline")
    text = written(test)
    timeline.build.clear()
    return text


def _handed_over(tables: Tables) -> str:
    """Return the file of a briefing on two hostile views, without the one script of its own."""
    today = date(2026, 3, 1)
    slides = [(views.at(tables, address, today), HOSTILE, HOSTILE) for address in ("/", f"/value?q={quote(HOSTILE)}")]
    text = webpage(tables, of_deck(HOSTILE, slides), today).decode()
    script = f"<script>{(PACK / 'page.js').read_text(encoding='utf-8')}</script>"
    assert text.count(script) == 1
    return text.replace(script, "")


def _first_words(tables: Tables) -> Iterator[str]:
    """Yield the words of the first answer of every page; in its head stand three scripts at most, none of them written here."""
    day = date(2026, 11, 27)
    for page in views.PAGES:
        asked = address.read(
            tables, page, {"q": ["script"]} if page == "value" else {}, f"https://ties.example/{HOSTILE}/"
        )
        first = first_words.said_of(tables, asked, day)
        assert Seen(str(first.head)).tags == {"title", "meta", "link", "script", "style"}
        assert not Seen(str(first.head)).attributes & {"onmouseover", "onclick"}
        assert first.head.count("<script") == 2
        yield obeyed_nowhere(str(first.body), "first words", page)
    yield Seen(str(first_words.unknown(tables, HOSTILE).body)).words
    for own in ({"deck": [HOSTILE]}, {"title": [HOSTILE], "my": [f"value {HOSTILE}"]}):
        first = first_deck.shown(tables, address.read(tables, "present", own, "https://ties.example/"), day)
        for text in map(str, first):
            assert not Seen(text).attributes & {"onmouseover", "onclick"}
        yield Seen(str(first.body)).words


def tried_out(tables: Tables, fault: Fault) -> str:
    """Return what a session sees that tries an edit with faults, and one without, and the line above every page."""
    some = tables.deals.head(2).to_dict("records"), tables.quotes.head(2).to_dict("records")
    shown = {
        "tables": tables,
        "to": Links(),
        "pages": [("map", HOSTILE)],
        "most": 9,
        "deals": some[0],
        "quotes": some[1],
    }
    faulty = Trial([fault], [HOSTILE])
    clean = Trial([], [HOSTILE], [HOSTILE], [HOSTILE], tables)
    tried = "".join(render("trial/result.html", trial=trial, **shown) for trial in (faulty, clean))
    return f"{tried}{render('trial/banner.html', to=Links())}"


def changed(tables: Tables) -> str:
    """Return what is said of a view that changed, and above one as it was, or cannot be shown as it was."""
    figures = (Figure(HOSTILE, HOSTILE, ""),)
    rows = (Row("deals", HOSTILE, "changed", figures, ("deal", "id", HOSTILE)), Row("gaps", HOSTILE, "gone", ()))
    given = {"asked": Asked("map", {"q": (HOSTILE,)}, {}), "to": Links(), "most": 1}
    both = Then(tables, 2), Then(None, why=HOSTILE)
    return "".join(
        [render("heading.html", kicker="", finding=HOSTILE), render("drift.html", drift=Drift(HOSTILE, rows), **given)]
        + [render("former.html", former=then, version=HOSTILE, back=HOSTILE) for then in both]
        + [render("framed.html", address=HOSTILE, name=HOSTILE)]
    )


def test_hostile_words_in_every_column_stay_words_through_every_template(
    hostile: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: dict[Any, Any] = {}
    monkeypatch.setattr(ENVIRONMENT, "cache", used)
    both = tuple(hostile.quotes["analyst"].unique()[:2])
    words = ""
    for page, params in [
        *ADDRESSES,
        ("quotes", {"analyst": both}),
        ("quotes", {"analyst": both[0]}),
        ("quotes", {"said": NAME}),
        ("quotes", {"statement": hostile.quotes["quote_id"].iloc[0]}),
    ]:
        words += obeyed_nowhere(written(opened(page, **params)), page, params)
    words += obeyed_nowhere(_many_deals(monkeypatch), "timeline", {})
    fault = Fault(HOSTILE, 0, *[HOSTILE] * 4)
    head = render(
        "masthead.html", pages={"map": HOSTILE}, tables=hostile, here="map", to=Links(), address=HOSTILE, filtered=True
    )
    waiting = Waiting([fault], 2, datetime(2026, 11, 26, tzinfo=UTC))
    faults = render("faults/page.html", faults=[fault], count=2) + render("faults/waiting.html", waiting=waiting)
    faults += render("faults/banner.html", waiting=waiting, to=Links())
    frame = render("drawing.html")  # which a page has made before it is opened
    words += obeyed_nowhere(f"{head}{frame}{faults}", "faults", {})
    words += obeyed_nowhere(tried_out(hostile, fault), "trial", {})
    words += obeyed_nowhere(_handed_over(hostile), "pack", {})
    near = {"near": ["map"], "titles": {"map": HOSTILE}, "words": HOSTILE, "to": Links()}
    heading = render("heading.html", kicker="No such page", finding=HOSTILE)
    words += obeyed_nowhere(str(heading + render("missing.html", **near)), "missing", {})
    words += obeyed_nowhere(changed(hostile), "changed", {})
    for refused in (True, False):
        door = dict.fromkeys(("email", "to", "root"), HOSTILE) | {
            "refused": refused,
            "providers": [HOSTILE],
            "tokens": "",
        }
        words += obeyed_nowhere(str(render("sign_in/page.html", **door)), "sign in", {})
    words += "".join(_first_words(hostile))
    assert HOSTILE.split(" [b]")[0] in words
    assert {name for _, name in used} == set(ENVIRONMENT.list_templates(["html"]))
