"""The first answer of every address: its view in words and still pictures, and never more than what was asked means."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pyarrow as pa
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from dashboard import views
from dashboard.decks import shelf
from dashboard.kept import Store
from dashboard.serving import first_html, first_words, joined, sign_in
from dashboard.serving.compressed import Compressed
from dashboard.serving.first_html import FRAME, NEEDLESS, FirstHtml
from dashboard.serving.unknown import Unknown
from dashboard.style.tokens import INKS, LIGHT
from dashboard.tables import load as data
from dashboard.tables.faults import Fault
from dashboard.tables.load import DataError, Tables
from tests.serving.asgi import Answer, Site, ask, scope

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
HTML = "text/html; charset=utf-8"
LARGEST = 600_000  # bytes of one answer, whatever is asked


class Seen(HTMLParser):
    """An answer as a browser reads it: what its head says, its tags and attributes, and its words outside scripts and styles."""

    def __init__(self, text: str) -> None:
        """Read an answer."""
        super().__init__()
        self.said: dict[str, str] = {}
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = self.title = self.data = self.within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what opens a tag."""
        own = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= own.keys()
        if tag == "meta":
            self.said[own.get("name") or own.get("property") or ""] = own.get("content", "")
        if tag == "link" and own.get("rel") == "canonical":
            self.said["canonical"] = own["href"]
        self.within = "data" if own.get("type") == "application/ld+json" else tag

    def handle_endtag(self, tag: str) -> None:
        """Take what closes a tag."""
        self.within = ""

    def handle_data(self, data: str) -> None:
        """Take words, by what they stand in."""
        if self.within == "title" and "body" not in self.tags:
            self.title += data
        elif self.within == "data":
            self.data += data
        elif self.within not in ("script", "style"):
            self.words += data


@pytest.fixture
def shown(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Let the made-up tables be those that readers see."""
    monkeypatch.setattr(data, "current", lambda: made_up)
    return made_up


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> FirstHtml:
    """Return the middleware before a frame as Streamlit answers with; nothing is kept from another test."""
    monkeypatch.setattr(first_html, "STORE", Store())
    return FirstHtml(Site(INDEX, content_type=HTML, cache_control="no-cache"))


def answered(app: FirstHtml, path: str = "/", method: str = "GET", **headers: str) -> Answer:
    """Return the answer to a request."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(app, scope(path, named, method=method))


def text(answer: Answer) -> str:
    """Return an answer in words."""
    how = answer.headers.get("content-encoding", "")
    return (gzip.decompress(answer.body) if how == "gzip" else answer.body).decode()


def seen(app: FirstHtml, path: str = "/", query: str = "", host: str = "ties.example") -> Seen:
    """Return the answer to an address as a browser reads it."""
    answer = answered(app, f"{path}?{query}", host=host)
    assert answer.status == 200
    assert len(text(answer)) < LARGEST
    return Seen(text(answer))


@pytest.mark.parametrize("page", views.PAGES)
def test_every_page_says_in_its_head_and_in_its_body_what_it_shows(shown: Tables, app: FirstHtml, page: str) -> None:
    found = seen(app, f"/{page}")
    title = views.PAGES[page][0]
    assert found.title == f"{title} · {shown.package.short_title}"
    finding = found.said["og:title"]
    assert finding
    assert finding in found.words
    assert found.said["description"].startswith(finding[:200])
    assert found.said["og:description"] == found.said["twitter:description"] == found.said["description"]
    assert found.said["canonical"] == found.said["og:url"] == f"http://ties.example/{page}"
    assert found.said["og:image"] == f"http://ties.example/picture/{page or 'overview'}.png"
    assert found.said["og:image:alt"]
    assert found.tags.count("h1") == 1
    assert found.tags.index("main") < found.tags.index("h1")
    assert shown.version in found.words


@pytest.mark.usefixtures("shown")
def test_what_is_asked_for_is_what_is_said_and_the_address_holds_no_more_than_was_understood(app: FirstHtml) -> None:
    whole, narrow = seen(app), seen(app, query="utm_source=x&to=2020&domain=Naval&sure=any&from=nonsense")
    assert narrow.said["canonical"] == "http://ties.example/?domain=naval&to=2020"
    assert narrow.said["og:image"].endswith("/picture/overview.png?domain=naval&to=2020")
    assert narrow.said["og:title"] != whole.said["og:title"]
    assert "nonsense" in narrow.words
    assert "utm_source" not in narrow.words


@pytest.mark.usefixtures("shown")
def test_what_could_not_be_read_is_said_to_whoever_asked_for_it_alone(app: FirstHtml) -> None:
    assert "nonsense" in seen(app, query="from=nonsense").words
    assert "nonsense" not in seen(app).words


def test_in_a_frame_of_another_site_the_page_stands_alone(shown: Tables, app: FirstHtml) -> None:
    framed, whole = seen(app, "/value", query="embed=true&domain=naval"), seen(app, "/value", query="domain=naval")
    assert ("nav" in whole.tags, "nav" in framed.tags) == (True, False)
    assert framed.said["canonical"] == whole.said["canonical"]
    assert shown.version in framed.words


def test_the_pictures_of_the_page_stand_in_it_in_the_ink_of_either_theme(shown: Tables, app: FirstHtml) -> None:
    body = text(answered(app, "/value", accept_encoding=""))
    assert body.count("<figure>") == len(views.at(shown, "/value", views_day()).pictures) == 1
    drawn = body[body.index("<svg") : body.index("</svg>")].replace(", #", ",#")
    assert f"var(--ink,{INKS[LIGHT]})" in drawn
    assert (
        'width="100%"' in drawn[: drawn.index(">")]
    )  # as wide as its place, so that its words are read on a phone too
    assert not re.search(f"(?<!,){INKS[LIGHT]}", drawn)


def views_day() -> first_words.date:
    """Return some day; none of these pictures depends on it."""
    return first_words.date(2026, 1, 1)


@pytest.mark.usefixtures("shown")
def test_a_picture_that_would_keep_the_words_waiting_is_left_to_the_application_and_without_it_a_file(
    app: FirstHtml, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = re.compile(r'<div class="drawn"><svg')
    light = text(answered(app, "/value?by=year", accept_encoding=""))
    assert len(drawn.findall(light)) == 1
    assert "<noscript>" not in light.partition("</figure>")[0]
    monkeypatch.setattr(first_words, "HEAVY", 100)
    heavy = text(answered(app, "/value?by=supplier", accept_encoding=""))
    assert not drawn.findall(heavy)
    pattern = r'<noscript><a href="([^"]+)" download><picture>(?:<source media="[^"]+" srcset="([^"]+)">)?<img src="([^"]+)" alt="[^"]+">'
    ((whole, narrow, source),) = re.findall(pattern, heavy)
    assert whole == source
    assert source == "picture/value/value.svg?by=supplier"
    assert html.unescape(narrow) == "picture/value/value.svg?by=supplier&size=phone"


def test_the_data_set_is_described_for_search_engines(shown: Tables, app: FirstHtml) -> None:
    about = json.loads(seen(app).data)
    assert about["@type"] == "Dataset"
    assert about["version"] == shown.version
    assert about["name"] == shown.package.title
    assert about["url"] == "http://ties.example/"
    first, last = map(int, about["temporalCoverage"].split("/"))
    assert first <= last
    south, west, north, east = map(float, about["spatialCoverage"]["geo"]["box"].split())
    assert south < north
    assert west < east
    files = {one["contentUrl"] for one in about["distribution"]}
    assert {f"http://ties.example/data/{name}" for name in ("deals.csv", "package.zip")} <= files


def test_a_description_that_is_too_long_ends_between_two_words(
    shown: Tables, app: FirstHtml, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_words, "LONGEST", 30)
    said = seen(app).said["description"]
    assert len(said) <= 30
    assert said.endswith("…")
    assert f"{said[:-1]} " in seen(app).said["og:title"]


@pytest.mark.usefixtures("shown")
def test_an_address_that_names_no_page_says_so_and_is_not_to_be_found(app: FirstHtml) -> None:
    found = seen(app, "/<script>alert(1)</script>" + "x" * 500)
    assert found.title.startswith("No such page")
    assert "“<script>alert(1)</script>" in found.words
    assert found.said["robots"] == "noindex"
    assert "canonical" not in found.said
    assert found.tags.count("script") == 1  # ours, which begins the application


@pytest.fixture
def decks(tmp_path: Path) -> Iterator[None]:
    """Let there be one deck, in a folder of this test's own."""
    (tmp_path / "decks").mkdir()
    deck = 'title = "Ships"\n[[slide]]\nview = "/value?domain=naval"\nline = "{count} < {whole}"\n[[slide]]\nview = "/"\nline = "All"\n'
    (tmp_path / "decks" / "ships.toml").write_text(deck, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf.shelf, "__defaults__", (tmp_path,))
        yield


@pytest.mark.usefixtures("decks")
def test_a_deck_says_at_first_what_each_of_its_slides_says(shown: Tables, app: FirstHtml) -> None:
    naval = int((shown.deals["domain"] == "naval").sum())
    found = seen(app, "/present", "deck=ships&slide=2")
    line = f"{naval} < {len(shown.deals)}"
    assert found.title == f"Ships · {shown.package.short_title}"
    assert found.said["description"] == f"{line}. All."
    assert found.said["canonical"].endswith("/present?deck=ships")
    assert line in found.words
    assert "2 slides" in found.words
    assert found.said["og:image"].endswith("/picture/value.png?domain=naval")  # the deck is seen by its first picture
    assert found.said["og:image:alt"] == line
    assert json.loads(found.data)["version"] == shown.version
    every = seen(app, "/present", "deck=boats")
    assert ("Ships" in every.words, "1 deck" in every.words) == (True, True)
    assert every.said["canonical"].endswith("/present")
    assert "og:image" not in every.said


@pytest.mark.usefixtures("decks")
def test_slides_of_a_readers_own_are_not_worked_out_at_first(app: FirstHtml) -> None:
    found = seen(app, "/present", urlencode({"title": "<b>Mine", "my": ["value {count}", "timeline"]}, doseq=True))
    assert found.title.startswith("<b>Mine · ")
    assert "b" not in found.tags
    assert "{count}" not in found.words


def test_while_the_tables_have_faults_every_address_says_so_and_nothing_of_the_data(
    made_up: Tables, app: FirstHtml, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Tables:
        raise DataError([Fault("deals", 3, "title", "", "is blank", "Write one")])

    monkeypatch.setattr(data, "current", broken)
    found = seen(app, "/value", query="country=TUR")
    assert "The data has 1 fault, so nothing is shown until it is mended." in found.words
    assert not {"figure", "table"} & set(found.tags)
    assert not found.data
    assert made_up.package.short_title not in found.words


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", ["", "present"])
def test_no_script_stands_in_the_answer_and_javascript_is_not_asked_for(app: FirstHtml, page: str) -> None:
    body = text(answered(app, f"/{page}", accept_encoding=""))
    for script in re.findall(r"<script(.*?)>(.*?)</script>", body, re.DOTALL):
        assert "ld+json" in script[0] or ("src=" in script[0] and not script[1].strip())
    assert "You need to enable JavaScript" not in body
    assert FRAME.decode() in body
    assert '<div id="first"' in body.partition(FRAME.decode())[0]


WORDS = st.text(max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", '"><svg onload=x>', "</title><b>", "‮abc", "{{ 7*7 }}", "%00\x00"]
)


@given(
    page=st.sampled_from(["", "value", "timeline"]),
    asked=st.dictionaries(st.sampled_from(["q", "domain", "country", "from", "by", "x"]), WORDS, max_size=4),
)
def test_whatever_an_address_holds_no_markup_of_it_comes_back(
    made_up: Tables, page: str, asked: dict[str, str]
) -> None:
    app = FirstHtml(Site(INDEX, content_type=HTML))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "current", lambda: made_up)
        plain, found = seen(app, f"/{page}"), seen(app, f"/{page}", query=urlencode(asked))
    assert set(found.tags) <= set(plain.tags) | {"p"}
    assert found.attributes <= plain.attributes | {"name"}
    assert found.tags.count("script") == plain.tags.count("script")


@pytest.mark.usefixtures("shown")
def test_a_hostile_host_is_written_as_words(app: FirstHtml) -> None:
    found = seen(app, host='"><script>x</script>')
    assert found.tags.count("script") == seen(app).tags.count("script")


@pytest.mark.usefixtures("shown")
def test_an_answer_is_compressed_as_the_browser_takes_it_and_is_not_sent_twice(app: FirstHtml) -> None:
    plain, packed, best = (answered(app, "/", accept_encoding=how) for how in ("", "gzip", "gzip, br"))
    assert (
        text(packed) == text(plain) == pa.decompress(best.body, len(plain.body), codec="brotli", asbytes=True).decode()
    )
    assert [one.headers.get("content-encoding") for one in (plain, packed, best)] == [None, "gzip", "br"]
    assert len({one.headers["etag"] for one in (plain, packed, best)}) == 3
    for one in (plain, packed, best):
        assert "accept-encoding" in one.headers["vary"]
        assert one.headers["content-length"] == str(len(one.body))
        assert one.headers["cache-control"] == "no-cache"
    again = answered(app, "/", accept_encoding="gzip", if_none_match=packed.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "content-encoding" not in again.headers


@pytest.mark.usefixtures("shown")
def test_an_address_that_names_no_page_is_not_found_however_well_it_is_known(app: FirstHtml) -> None:
    for path, status in (("/nope", 404), ("/value", 304), ("/present", 304)):
        tag = answered(app, path).headers["etag"]
        assert ask(Unknown(app), scope(path, {"if-none-match": tag})).status == status


@pytest.mark.usefixtures("shown")
def test_what_was_made_once_is_not_made_again(app: FirstHtml, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answered(app, "/value?domain=naval")
    monkeypatch.setattr(first_words, "said_of", None)
    assert answered(app, "/value?utm=1&domain=NAVAL").body == first.body


def test_new_tables_give_a_new_answer(shown: Tables, app: FirstHtml, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answered(app, "/")
    monkeypatch.setattr(data, "current", lambda: replace(shown, stamp="other", version="9999.1.1"))
    assert "9999.1.1" in text(answered(app, "/"))
    assert answered(app, "/").headers["etag"] != first.headers["etag"]


@pytest.mark.usefixtures("shown")
def test_who_asks_for_the_head_alone_gets_no_body(app: FirstHtml) -> None:
    head, whole = answered(app, "/", method="HEAD"), answered(app, "/")
    assert head.body == b""
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("kind", ["application/json", HTML])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_other_answer_is_handed_on(kind: str, method: str) -> None:
    answer = answered(FirstHtml(Site("somebody else's", content_type=kind)), "/health", method)
    assert answer.text == ("" if method == "HEAD" else "somebody else's")


@pytest.mark.usefixtures("shown")
def test_a_frame_that_comes_in_pieces_is_put_together() -> None:
    async def site(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", HTML.encode())]})
        await send({"type": "http.response.body", "body": INDEX[:5000].encode(), "more_body": True})
        await send({"type": "http.response.body", "body": INDEX[5000:].encode()})

    assert seen(FirstHtml(site)).title.startswith("Overview")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/static/nope", "/app/static/nope", "/static/js/nope", "/static/"])
def test_among_the_files_that_pass_before_sign_in_nothing_is_said_of_the_data(
    shown: Tables, app: FirstHtml, path: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_html.data, "current", None)  # no table is read
    answer = ask(Compressed(app), scope(path, method=method))
    assert (answer.status, len(answer.body) < 100) == (404, True)
    assert shown.package.short_title not in answer.text
    assert answered(app, path, method).text == INDEX


@pytest.mark.parametrize(("path", "method"), [("/app/static/first.js", "GET"), ("/", "POST")])
def test_what_is_no_page_is_not_looked_at(path: str, method: str) -> None:
    assert answered(FirstHtml(Site(INDEX, content_type=HTML)), path, method).text == INDEX


def test_where_the_first_words_fail_the_page_comes_without_them(
    shown: Tables, app: FirstHtml, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(views, "view", None)
    assert joined.page(NEEDLESS.sub(b"", INDEX.encode())).decode() == answered(app).text
    assert "first words" in caplog.text


@pytest.mark.usefixtures("shown")
def test_the_words_wait_for_no_style_sheet_but_their_own(app: FirstHtml) -> None:
    (sheet,) = re.findall('<link rel="stylesheet"[^>]*>', INDEX)
    head, body = answered(app).text.split("<body>")
    assert "stylesheet" not in head
    assert body.index('id="first"') < body.index(sheet) < body.index('id="root"')


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["/", "/claims", "/present", "/no-such-page"])
def test_the_application_is_fetched_behind_the_words_and_started_by_the_script_that_looks_for_them(
    app: FirstHtml, path: str
) -> None:
    (script,) = re.findall('type="module" crossorigin src="([^"]*)"', joined.page(INDEX.encode()).decode())
    text = answered(app, path).text
    assert text.count(script) == 1
    assert 'type="module"' not in text
    assert text.index('id="first"') < text.index(f'<link id="application" rel="prefetch" href="{script}">')
    assert re.findall('<script src="([^"]*)"', text) == ["./app/static/first.js"]


@pytest.mark.usefixtures("shown")
def test_behind_a_sign_in_the_application_first_gets_the_cookie_that_its_connection_needs(
    app: FirstHtml, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "data-open" in Seen(answered(app).text).attributes
    monkeypatch.setattr(sign_in, "is_on", lambda: True)
    assert "data-open" not in Seen(answered(app, "/claims").text).attributes
