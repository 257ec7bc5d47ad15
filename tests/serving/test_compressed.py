"""How the front end is served: compressed once, then from memory, and never what must not be."""

from __future__ import annotations

import asyncio
import gzip
import logging
import re
import threading
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
import streamlit
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from dashboard import server
from dashboard.kept import STORE
from dashboard.plotly_chart import LIBRARY
from dashboard.questions import flows
from dashboard.serving import compressed, start
from dashboard.serving.compressed import FACES, LARGE, SMALL, Compressed, compress
from dashboard.tables import load as data
from dashboard.tables.live import Live

TEXT = b"const words = 'the same words again and again';\n" * 100
FOR_GOOD = "public, immutable, max-age=31536000"


class Site:
    """A made-up application: answers everything alike, in two pieces, and counts how often it is asked."""

    def __init__(
        self, body: bytes = TEXT, status: int = 200, kind: str = "text/javascript; charset=utf-8", cache: str = FOR_GOOD
    ) -> None:
        """Take what it answers."""
        self.body, self.status, self.asked = body, status, 0
        self.headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        self.headers += [(b"etag", b'"1"'), (b"vary", b"origin")]
        self.headers += [(b"cache-control", cache.encode())] if cache else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[10:]})


class Answer:
    """What came back: status, headers, body."""

    def __init__(self, messages: list[Message]) -> None:
        """Take the messages of an answer, which must be well-formed."""
        assert [message["type"] for message in messages[:1]] == ["http.response.start"]
        assert {message["type"] for message in messages[1:]} == {"http.response.body"}
        assert [bool(message.get("more_body")) for message in messages[-1:]] == [False]
        self.status: int = messages[0]["status"]
        self.headers = Headers(raw=messages[0]["headers"])
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def is_compressed(self) -> bool:
        """Say whether the body is compressed."""
        return "content-encoding" in self.headers

    def is_compressed_with(self, how: str) -> bool:
        """Say whether the body is compressed in that way."""
        return self.headers.get("content-encoding") == how


def ask(app: Compressed, path: str, method: str = "GET", **headers: str) -> Answer:
    """Return the answer to a request; the client takes gzip unless `accept_encoding` says otherwise."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    headers = {"accept_encoding": "gzip, deflate", **headers}
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items() if value]
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "method": method, "path": path,
        "root_path": "", "query_string": b"", "headers": raw,
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return Answer(sent)


def test_a_file_is_compressed_once_and_then_served_from_memory() -> None:
    site = Site()
    app = Compressed(site)
    first, second = ask(app, "/static/js/index.a1.js"), ask(app, "/static/js/index.a1.js")
    assert site.asked == 1
    assert first.is_compressed
    assert len(first.body) < len(TEXT) / 10
    assert gzip.decompress(first.body) == TEXT
    assert (second.status, dict(second.headers), second.body) == (first.status, dict(first.headers), first.body)


def test_two_files_are_kept_apart() -> None:
    site = Site()
    app = Compressed(site)
    one = ask(app, "/static/one.js")
    site.body = TEXT.upper()
    two = ask(app, "/static/two.js")
    assert gzip.decompress(ask(app, "/static/one.js").body) == gzip.decompress(one.body) == TEXT
    assert gzip.decompress(ask(app, "/static/two.js").body) == gzip.decompress(two.body) == TEXT.upper()


def test_the_headers_say_what_is_sent_and_keep_what_they_said() -> None:
    answer = ask(Compressed(Site()), "/static/index.js")
    assert answer.headers["content-length"] == str(len(answer.body))
    assert {word.strip().lower() for word in answer.headers["vary"].split(",")} == {"origin", "accept-encoding"}
    assert answer.headers["cache-control"] == FOR_GOOD
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["etag"] == '"1"'


def test_a_file_served_whole_from_memory_does_not_promise_pieces_of_itself() -> None:
    site = Site()
    site.headers += [(b"accept-ranges", b"bytes"), (b"last-modified", b"Thu, 01 Jan 2026 00:00:00 GMT")]
    app = Compressed(site)
    for _ in range(2):
        assert not {"accept-ranges", "last-modified"} & set(ask(app, "/static/index.js").headers)


@pytest.mark.parametrize("size", [1, LARGE // len(TEXT) + 1])
def test_a_browser_that_takes_brotli_gets_it_and_smaller_still_once_there_was_time(size: int) -> None:
    body = (TEXT + bytes(range(256)) * 4) * size
    app = Compressed(Site(body=body))
    first = ask(app, "/static/index.js", accept_encoding="gzip, deflate, br")
    app.at_leisure.shutdown()
    second = ask(app, "/static/index.js", accept_encoding="br;q=1.0, gzip")
    for answer in (first, second):
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["content-length"] == str(len(answer.body))
        assert pa.decompress(answer.body, len(body), codec="brotli", asbytes=True) == body
    assert len(second.body) < len(first.body)


def test_who_takes_gzip_and_who_takes_brotli_each_get_their_own() -> None:
    app = Compressed(Site())
    assert not ask(app, "/static/index.js", accept_encoding="br").is_compressed_with("gzip")
    assert ask(app, "/static/index.js", accept_encoding="gzip").is_compressed_with("gzip")
    assert ask(app, "/static/index.js", accept_encoding="gzip, br").is_compressed_with("br")


@pytest.mark.parametrize(
    ("accepted", "how", "left"),
    [
        ("gzip;q=0, br", "br", "br"), ("br;q=0,gzip;q=0.5", "gzip", "gzip"), ("br ; Q = 0.0 , GZIP", "gzip", "gzip"),
        ("br;q=0.01, gzip", "br", "br, gzip"), ("*", "", "*"), ("identity, gzip;q=0", "", "identity"), ("br;q=0", "", ""),
    ],
)  # fmt: skip
def test_a_way_to_compress_that_is_refused_is_not_taken_here_nor_by_whoever_answers(
    accepted: str, how: str, left: str
) -> None:
    handed: list[Headers] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        handed.append(Headers(scope=scope))
        await Site()(scope, receive, send)

    assert compressed.coding(accepted) == how
    ask(Compressed(app), "/api/value", accept_encoding=accepted, x_own="gzip;q=0")
    assert (handed[0]["accept-encoding"], handed[0]["x-own"]) == (left, "gzip;q=0")


@pytest.mark.parametrize("path", ["/", "/deal"])
def test_a_page_names_the_face_of_its_titles_and_is_else_unchanged(path: str) -> None:
    site = Site(kind="text/html; charset=utf-8", cache="no-cache")
    site.headers.remove((b"etag", b'"1"'))
    answer = ask(Compressed(site), path)
    ((name, value),) = [pair for pair in answer.headers.raw if pair not in site.headers]
    assert (answer.status, answer.body, name) == (200, TEXT, b"link")
    assert re.fullmatch(
        r"<static/media/SourceSerifVariable-Roman\.\S+\.woff2>; rel=preload; as=font; type=font/woff2; crossorigin, "
        r"<static/media/SourceSansVF-Italic\.\S+\.woff2>; rel=preload; as=font; type=font/woff2; crossorigin",
        value.decode(),
    )


def test_words_are_drawn_before_their_face_has_come() -> None:
    css = b"@font-face{font-family:Source Sans;src:url(a)}@font-face{font-family:KaTeX_Main;src:url(b)}" * 30
    answer = ask(Compressed(Site(body=css, kind="text/css")), "/static/css/index.css")
    drawn = gzip.decompress(answer.body)
    assert drawn.count(b"font-display:swap") == 30
    assert drawn.replace(b"font-display:swap;font-family:Source", b"font-family:Source") == css


@pytest.mark.parametrize("kind", ["text/css", "application/javascript", "application/json", "image/svg+xml"])
def test_whatever_is_text_is_compressed(kind: str) -> None:
    assert ask(Compressed(Site(kind=kind)), "/static/a").is_compressed


def test_the_outlines_of_the_map_are_compressed_once_and_good_for_an_hour() -> None:
    site = Site(kind="application/geo+json", cache="")
    app = Compressed(site)
    first, second = ask(app, "/app/static/land.geojson"), ask(app, "/app/static/land.geojson")
    assert site.asked == 1
    assert gzip.decompress(first.body) == gzip.decompress(second.body) == TEXT
    assert first.headers["cache-control"] == second.headers["cache-control"] == "public, max-age=3600"


def test_a_file_of_ours_with_a_version_in_its_name_is_good_for_ever() -> None:
    answer = ask(Compressed(Site(cache="")), f"/{LIBRARY}")
    assert answer.is_compressed
    assert answer.headers["cache-control"] == FOR_GOOD


UNTOUCHED = {
    "a client that takes neither way": (Site(), "/static/a.js", {"accept_encoding": "zstd, deflate"}),
    "a client that refuses both ways": (Site(), "/static/a.js", {"accept_encoding": "gzip;q=0, BR; q=0.000"}),
    "a client that says nothing of it": (Site(), "/static/a.js", {"accept_encoding": ""}),
    "a file of the map that is not there": (Site(status=404, cache=""), "/app/static/land.json", {}),
    "a file that is not there": (Site(status=404), "/static/a.js", {}),
    "a piece of a file": (Site(status=206), "/static/a.js", {}),
    "a small file": (Site(body=TEXT[:SMALL]), "/static/a.js", {}),
    "an empty file": (Site(body=b""), "/static/a.js", {}),
    "a font": (Site(kind="font/woff2"), "/static/a.woff2", {}),
    "a photograph": (Site(kind="image/png"), "/static/a.png", {}),
}


@pytest.mark.parametrize(("site", "path", "asked"), UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_must_not_be_compressed_passes_unchanged_and_is_not_kept(
    site: Site, path: str, asked: dict[str, str]
) -> None:
    app = Compressed(site)
    site.asked = 0
    for times in (1, 2):
        answer = ask(app, path, **asked)
        assert (answer.status, answer.headers.raw, answer.body) == (site.status, site.headers, site.body)
        assert site.asked == times
    assert app.kept == Compressed(site).kept


@pytest.mark.parametrize(("path", "method"), [("/staticky/a.js", "GET"), ("/static/a.js", "POST")])
@pytest.mark.parametrize("status", [200, 304])
def test_another_answer_passes_and_where_it_has_a_tag_says_that_it_may_be_compressed(
    path: str, method: str, status: int
) -> None:
    site = Site(status=status)
    app = Compressed(site)
    for times in (1, 2):
        answer = ask(app, path, method)
        assert (answer.status, answer.body, site.asked) == (status, TEXT, times)
        assert dict(answer.headers) == {**dict(Headers(raw=site.headers)), "vary": "origin, accept-encoding"}
    assert app.kept == Compressed(site).kept
    site.headers = [(b"vary", b"Accept-Encoding"), (b"vary", b"cookie"), (b"etag", b'"1"')]
    assert ask(app, path, method).headers.raw == site.headers
    site.headers = [(b"content-type", b"text/plain")]
    assert ask(app, path, method).headers.raw == site.headers


def test_who_asks_for_the_head_alone_gets_that_of_the_whole() -> None:
    app, scarce = Compressed(Site()), Compressed(Site(kind="font/woff2"))
    for _ in range(2):
        for asked, path in ((app, "/static/a.js"), (scarce, "/static/a.woff2")):
            head, whole = ask(asked, path, "HEAD"), ask(asked, path)
            assert (head.status, head.headers.raw, head.body) == (200, whole.headers.raw, b"")


@pytest.mark.parametrize("folder", ["/static/", "/app/static/"])
def test_other_spellings_of_a_path_name_no_file_so_that_each_is_kept_once(folder: str) -> None:
    site = Site()
    app = Compressed(site)
    assert ask(app, f"{folder}js/a.js").is_compressed
    kept = dict(app.kept)
    for path in ("/js/a.js", "./js/a.js", "js//a.js", "js/./a.js", "js/b/../a.js", "js/a.js/", "js/a.js/.", ""):
        answer = ask(app, f"{folder}{path}", accept_encoding="gzip, br")
        assert (answer.status, answer.body) == (404, b"There is no such file.\n"), path
    assert (app.kept, site.asked) == (kept, 1)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("status", [200, 206, 404])
def test_where_there_is_no_file_the_answer_is_short_and_no_page(method: str, status: int) -> None:
    site = Site(status=status, kind="text/html", cache="no-cache")
    app = Compressed(site)
    for path in ("/static/a.js", "/app/static/a"):
        answer = ask(app, path, method)
        assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
        assert b"There is no such file" in answer.body
    assert app.kept == Compressed(site).kept


def test_a_piece_of_a_file_is_not_asked_for_since_what_is_kept_is_whole() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.extend(Headers(scope=scope).keys())
        await Site()(scope, receive, send)

    assert ask(Compressed(app), "/static/a.js", range="bytes=0-1").is_compressed
    assert seen == []


@pytest.mark.parametrize("how", ["gzip", "br"])
def test_all_who_ask_at_once_get_what_is_compressed_once_while_others_are_served(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, started, ended, threads = Site(), threading.Event(), threading.Event(), []

    def slowly(body: bytes, way: str, effort: int) -> bytes:
        threads.append(threading.current_thread())
        started.set()
        assert ended.wait(60)
        return compress(body, way, effort)

    monkeypatch.setattr(compressed, "compress", slowly)
    app, bodies = Compressed(site), []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            bodies.append(message["body"])

    async def read(accepted: str) -> None:
        headers = [(b"accept-encoding", accepted.encode())]
        asked = {"type": "http", "method": "GET", "path": "/static/a.js", "query_string": b"", "headers": headers}
        await app(asked, receive, send)

    async def all_at_once() -> None:
        readers = [asyncio.create_task(read(how)) for _ in range(5)]
        await asyncio.to_thread(started.wait, 60)
        await read("")  # nothing stands still meanwhile
        assert bodies == [TEXT]
        ended.set()
        await asyncio.gather(*readers)

    asyncio.run(all_at_once())
    app.at_leisure.shutdown()
    assert (len(bodies), site.asked) == (6, 2)
    assert len(threads) == (1 if how == "gzip" else 2)
    assert threading.main_thread() not in threads
    assert not app.turns


def test_one_byte_more_than_small_is_compressed() -> None:
    assert ask(Compressed(Site(body=TEXT[: SMALL + 1])), "/static/a.js").is_compressed


def test_a_client_without_gzip_gets_plain_bytes_though_the_file_is_kept() -> None:
    app = Compressed(Site())
    assert ask(app, "/static/a.js").is_compressed
    plain = ask(app, "/static/a.js", accept_encoding="identity")
    assert (plain.body, plain.is_compressed) == (TEXT, False)


def test_what_is_no_request_for_a_page_is_handed_on() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        return {"type": ""}

    async def send(_: Message) -> None:
        return None

    for kind in ("lifespan", "websocket"):
        asyncio.run(Compressed(app)({"type": kind, "path": "/static/a.js", "headers": []}, receive, send))
    assert seen == ["lifespan", "websocket"]


# --- Streamlit's own front end -----------------------------------------------------------------------------------
FRONT = Path(streamlit.__file__).parent / "static"


@pytest.fixture
def front() -> Compressed:
    """Return Streamlit's own files as they are served to readers."""
    return Compressed(create_streamlit_static_handler(str(FRONT), None))


def test_every_script_and_style_of_the_front_end_is_sent_compressed_and_whole(front: Compressed) -> None:
    files = [*(FRONT / "static" / "css").glob("*.css"), *sorted((FRONT / "static" / "js").glob("*.js"))[:5]]
    assert len(files) > 5
    for file in files:
        answer = ask(front, f"/{file.relative_to(FRONT)}")
        assert answer.is_compressed == (file.stat().st_size > SMALL)
        whole = gzip.decompress(answer.body) if answer.is_compressed else answer.body
        assert whole.replace(b"font-display:swap;font-family:Source", b"font-family:Source") == file.read_bytes()
        assert "immutable" in answer.headers["cache-control"]


def test_addresses_that_name_no_file_fill_no_memory_and_are_never_kept_by_a_browser(front: Compressed) -> None:
    for number in range(3):
        answer = ask(front, f"/static/js/gone.{number}.js")
        assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache")
        assert answer.body == b"There is no such file.\n"
    assert front.kept == Compressed(front.app).kept


def test_where_streamlit_has_a_face_that_ours_stands_for_ours_is_sent_and_good_for_an_hour() -> None:
    """Those of formulas, and the slanted one of code, no page of ours shows."""
    wanted = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        wanted.append((scope["path"], scope["raw_path"]))
        await Site(kind="font/woff2", cache="")(scope, receive, send)

    for face in (path.name for path in (FRONT / "static" / "media").glob("*.woff2")):
        answer = ask(Compressed(app), f"/static/media/{face}")
        ours = FACES.get(face.split(".")[0])
        path = f"/app/static/fonts/{ours}.woff2" if ours else f"/static/media/{face}"
        assert wanted.pop() == (path, path.encode())
        assert bool(ours) != face.startswith(("KaTeX", "SourceCodeVF-Italic"))
        assert (answer.headers.get("cache-control") == "public, max-age=3600") == bool(ours)


# --- the start ---------------------------------------------------------------------------------------------------


def warmed() -> bool:
    """Start and stop the server's own life; say whether the readers' time came."""

    async def live() -> bool:
        async with start.warm(server.app):
            return True

    return asyncio.run(live())


@pytest.fixture
def served(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the published tables that a server is about to read for the first time."""
    for name in ("load", "fingerprint", "contents"):
        read = getattr(data, name)
        monkeypatch.setattr(data, name, lambda *_, read=read: read(folder))
    monkeypatch.setattr(data, "rest", lambda: 60.0)
    monkeypatch.setattr(data, "HELD", Live())
    return folder


@pytest.mark.usefixtures("served")
def test_how_much_is_kept_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(STORE, "most", STORE.most)
    monkeypatch.setenv("DEFENCE_TIES_KEPT_MB", "0.5")
    assert warmed()
    assert STORE.most == 500_000


@pytest.mark.usefixtures("served")
def test_the_tables_are_read_before_the_first_reader_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reads = []
    load = data.load
    monkeypatch.setattr(data, "load", lambda: reads.append(1) or load())
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        assert warmed()
    assert not caplog.records
    assert data.current().version
    assert len(reads) == 1
    worked_out = flows.flow_deals.cache_info()
    flows.flow_deals(data.current())
    assert flows.flow_deals.cache_info().hits == worked_out.hits + 1, "what no filter changes was not worked out"


def test_faults_in_the_tables_are_recorded_and_do_not_keep_the_server_from_starting(
    served: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (served / "places.csv").unlink()
    (served / "countries.csv").write_bytes(b"")
    assert warmed()
    (record,) = [record for record in caplog.records if record.name.startswith("dashboard")]
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("The data has 2 faults:\n")
    assert "places.csv: cannot be opened." in record.getMessage()
    assert "countries.csv: is empty." in record.getMessage()


def test_the_server_looks_by_itself_whether_the_tables_have_changed(
    served: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(start, "SECOND", 0.01)
    monkeypatch.setattr(start, "LOOKS", 2)
    collected: list[None] = []
    monkeypatch.setattr(start.gc, "collect", lambda *_: collected.append(None))

    async def live() -> None:
        async with start.warm(server.app):
            (served / "places.csv").unlink()
            async with asyncio.timeout(60):
                while data.waiting() is None or not collected:
                    await asyncio.sleep(0.01)

    asyncio.run(live())
    assert "places.csv: cannot be opened." in caplog.text, "nobody had to open a page for it"


def test_the_server_serves_the_app_with_the_front_end_compressed() -> None:
    assert Path(server.app.script_path).resolve() == Path(__file__).parents[2] / "app.py"
    assert Compressed in [middleware.cls for middleware in server.app._user_middleware]


def test_sessions_that_nobody_comes_back_to_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = MemorySessionStorage(ttl_seconds=0)
    manager = WebsocketSessionManager(kept, SimpleNamespace(), SimpleNamespace(), SimpleNamespace())  # ty: ignore[invalid-argument-type]
    kept.save(SimpleNamespace(session=SimpleNamespace(id="gone")))  # ty: ignore[invalid-argument-type]
    monkeypatch.setattr(start.runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    assert len(kept._cache._expirations) == 1  # ty: ignore[missing-attribute]
    start.forget()
    assert len(kept._cache._expirations) == 0  # ty: ignore[missing-attribute]
    monkeypatch.setattr(start.runtime, "get_instance", lambda: object())
    start.forget()


class Trimming:
    """A library of C that gives back what is free."""

    def __init__(self, trimmed: list[int]) -> None:
        """Take where to note what it was asked to keep."""
        self.malloc_trim = trimmed.append


def test_what_is_free_goes_back_to_the_system_where_the_library_of_c_can_do_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trimmed: list[int] = []
    monkeypatch.setattr(start.ctypes, "CDLL", lambda _: Trimming(trimmed))
    start.give_back()
    assert trimmed == [0]
    monkeypatch.setattr(start.ctypes, "CDLL", lambda _: object())
    start.give_back()
    assert trimmed == [0]
