"""Limits: what is too long, too large, too fast or not asked for is refused, and a whole office is not."""

from __future__ import annotations

import asyncio
import math
from collections import Counter, OrderedDict
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as texts
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.testing.v1 import AppTest

from dashboard.gate.dropped import MOST_FILES, MOST_MB
from dashboard.serving import buckets, limits, uploads
from dashboard.serving.buckets import Bucket, Buckets, client_of
from dashboard.serving.limits import Limits
from dashboard.serving.settings import settings
from dashboard.trial import asking
from tests.serving.asgi import Site, ask, scope

FILE = "/_stcore/upload_file/session-1/file-1"
LOCAL = ("127.0.0.1", 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that stands until a test moves it."""
    now = [0.0]
    monkeypatch.setattr(buckets, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_an_address_that_is_too_long_gets_a_short_answer() -> None:
    site = Site()
    for path in (f"/value?q={'a' * limits.ADDRESS}", f"/{'a' * limits.ADDRESS}"):
        answer = ask(Limits(site), scope(path))
        assert (answer.status, answer.text) == (414, "This address is too long.\n")
        assert ask(Limits(site), scope(path, type="websocket")).closed == 1008
    assert site.asked == []
    assert ask(Limits(site), scope(f"/value?q={'a' * (limits.ADDRESS - 20)}")).status == 200
    encoded = scope("/é", raw_path=b"/%C3%A9" * 2_000)
    assert ask(Limits(site), encoded).status == 414


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-length": "16000"}, 200), ({"content-length": "16001"}, 413), ({"content-length": "-1"}, 413),
        ({"content-length": "x"}, 413), ({"transfer-encoding": "chunked"}, 411), ({}, 200),
    ],
)  # fmt: skip
def test_what_comes_with_a_request_is_small_and_says_how_long_it_is(headers: dict[str, str], status: int) -> None:
    assert ask(Limits(Site()), scope("/value", headers, method="POST")).status == status


def test_one_client_may_ask_as_often_as_is_set_and_no_more(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().rate * limits.AT_ONCE == 1_500, "a whole office"
    monkeypatch.setenv("DEFENCE_TIES_RATE", "0.5")
    app = Limits(Site())
    assert [ask(app, scope("/value")).status for _ in range(31)] == [200] * 30 + [429]
    refused = ask(app, scope("/value"))
    assert (refused.status, refused.headers["retry-after"]) == (429, "2")
    assert ask(app, scope("/_stcore/stream", type="websocket")).closed == 1008
    assert ask(app, scope("/value", client=("203.0.113.8", 1))).status == 200
    for path in ("/static/js/index.js", "/app/static/favicon.svg", "/health"):
        assert ask(app, scope(path)).status == 200, "files of the front end are not counted"
    clock[0] += 4
    assert [ask(app, scope("/value")).status for _ in range(3)] == [200] * 2 + [429]


@pytest.mark.usefixtures("clock")
def test_programs_on_this_machine_and_a_server_without_a_rate_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for rate, client in (
        ("0.02", LOCAL),
        ("0.02", ("::1", 1)),
        ("0.02", ("::ffff:127.0.0.1", 1)),
        ("0.02", None),
        ("0", ("203.0.113.8", 1)),
    ):
        monkeypatch.setenv("DEFENCE_TIES_RATE", rate)
        app = Limits(Site())
        assert {ask(app, scope("/value", client=client)).status for _ in range(5)} == {200}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("path", ["/healthy", "/health/", "/readyX", "/_stcore/healthX", "/static", "/app/staticX"])
def test_an_address_that_only_begins_like_one_that_is_not_counted_is_counted(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFENCE_TIES_RATE", "0.02")
    app = Limits(Site())
    assert [ask(app, scope(f"{path}?{number}")).status for number in range(2)] == [200, 429]
    for uncounted in ("/health", "/ready", "/_stcore/health", "/static/nothing"):
        assert ask(app, scope(uncounted)).status == 200


def test_one_client_may_have_so_many_pages_open_and_those_closed_count_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OPEN", 1)
    inner: list[int | None] = []

    async def page(scope_, receive, send) -> None:
        inner.append(
            (await asyncio.to_thread(ask, app, scope("/_stcore/stream", type="websocket"))).closed
            if not inner
            else None
        )

    app = Limits(page)
    ask(app, scope("/_stcore/stream", type="websocket"))
    assert inner == [1008]
    assert app.open == {}
    assert ask(app, scope("/_stcore/stream", type="websocket")).closed is None


def taken(*sent: Message, times: int = 0) -> list[Message]:
    """Return what a page's application receives of messages, so many times, or as many as there are."""
    left = list(sent)

    async def receive() -> Message:
        return left.pop(0)

    async def through() -> list[Message]:
        receive_slowly = limits.unhurried(receive)
        return [await receive_slowly() for _ in range(times or len(sent))]

    return asyncio.run(through())


def change(query: str = "") -> Message:
    """Return the message of a page whose address has changed."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    return {"type": "websocket.receive", "bytes": asked.SerializeToString()}


def test_a_message_that_is_too_large_or_a_text_ends_the_page() -> None:
    small = change("a" * (limits.MESSAGE - 20))
    assert taken({"type": "websocket.connect"}, small) == [{"type": "websocket.connect"}, small]
    assert taken(change("a" * limits.MESSAGE)) == [{"type": "websocket.disconnect", "code": 1009}]
    for unread in ({"text": "a"}, {"bytes": b"a"}, {"bytes": b"\xff" * 50}):
        assert taken({"type": "websocket.receive", **unread}) == [{"type": "websocket.disconnect", "code": 1003}]


def test_only_what_pages_of_ours_send_is_handed_on() -> None:
    beats, names, too_many, later = BackMsg(app_heartbeat=True), BackMsg(), BackMsg(), BackMsg()
    names.file_urls_request.file_names.extend(["a.csv"] * MOST_FILES)
    too_many.file_urls_request.file_names.extend([""] * (MOST_FILES + 1))
    later.backend_operation_request.deferred_file.file_id = "a"
    settles, installs = BackMsg(clear_cache=True), BackMsg()
    installs.backend_operation_request.install_skills.SetInParent()
    ours = [{"type": "websocket.receive", "bytes": one.SerializeToString()} for one in (beats, names, later)]
    others = [
        {"type": "websocket.receive", "bytes": one}
        for one in (
            too_many.SerializeToString(),
            settles.SerializeToString(),
            installs.SerializeToString(),
            b"",
        )
    ]
    assert taken(*others, *ours, times=len(ours)) == ours
    gone = {"type": "websocket.disconnect", "code": 1001}
    assert taken(*others, gone, times=1) == [gone]


@given(texts.binary(max_size=200))
def test_whatever_is_sent_is_taken_or_left_out_without_a_fault(sent: bytes) -> None:
    got = taken({"type": "websocket.receive", "bytes": sent}, {"type": "websocket.disconnect", "code": 1001}, times=1)[
        0
    ]
    assert got.get("bytes") == sent or got["code"] in (1001, 1003)


def test_messages_that_come_too_fast_wait(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(limits, "asyncio", SimpleNamespace(sleep=sleep))
    assert len(taken(*[change()] * (limits.CHANGES_AT_ONCE + 40))) == limits.CHANGES_AT_ONCE + 40
    assert math.isclose(sum(waits), 40 / limits.CHANGES)


@given(texts.lists(texts.floats(0, 10), max_size=60), texts.floats(0.5, 50), texts.integers(1, 20))
def test_no_bucket_gives_more_than_it_holds_and_is_filled_with(gaps: list[float], rate: float, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        now = 0.0
        patch.setattr(buckets, "time", SimpleNamespace(monotonic=lambda: now))
        bucket, given_out = Bucket(rate, size), 0
        for gap in gaps:
            now += gap
            wait = bucket.take()
            given_out += not wait
            assert given_out <= size + now * rate + 1e-6
            assert wait == 0 or 0 < wait <= 1 / rate + 1e-6


def test_of_many_clients_those_that_came_last_are_remembered(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buckets, "MOST", 3)
    held = Buckets(1, 1)
    assert [held.take(client) for client in "abcd"] == [0] * 4
    assert list(held.held) == ["b", "c", "d"]
    assert held.take("b") == 1
    assert list(held.held) == ["c", "d", "b"]


def test_a_client_is_an_address_or_the_network_of_one_house() -> None:
    assert client_of("203.0.113.7") == client_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert client_of("2001:db8:1:2::1") == client_of("2001:db8:1:2:ffff::2%eth0") == "2001:db8:1:2::/64"
    assert client_of("2001:db8:1:3::1") != client_of("2001:db8:1:2::1")
    assert client_of("127.0.0.1") == client_of("::1") == client_of("") == client_of("unix") == ""


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, SimpleNamespace]]:
    """Return where Streamlit keeps files, empty; a page of session-1 asks for files."""
    kept: dict[str, dict[str, SimpleNamespace]] = {}
    monkeypatch.setattr(
        runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=kept))
    )
    monkeypatch.setattr(asking, "_ASKING", {"session-1": None})
    return kept


def put(path: str = FILE, **headers: str) -> int:
    """Return the status of the answer to who sends a file."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(Limits(Site()), scope(path, named, method="PUT")).status


def test_files_are_taken_where_a_page_asks_for_them_while_there_is_room(
    storage: dict[str, dict[str, SimpleNamespace]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mb = str(10**6)
    assert put(content_length=mb) == 200
    assert put(FILE.replace("session-1", "session-2"), content_length=mb) == 403
    assert put(FILE.replace("session-1", "nobody"), content_length="1") == 403
    assert put() == put(transfer_encoding="chunked") == put(content_length="x") == 411
    assert put(content_length=str(MOST_MB * 2**20 + uploads.FRAME + 1)) == put(content_length="9" * 5_000) == 413
    storage["session-1"] = {str(number): SimpleNamespace(data=b"a" * 10**6) for number in range(MOST_FILES * MOST_MB)}
    assert put(content_length=mb) == 413
    assert put(content_length="0") == 200
    storage["session-2"] = storage.pop("session-1")
    assert put(content_length=mb) == 200
    monkeypatch.setattr(uploads, "OF_ALL", MOST_FILES * MOST_MB * 10**6)
    assert put(content_length=mb) == 413


def test_files_that_are_sent_at_the_same_time_have_no_more_room_than_one_after_the_other(
    storage: dict[str, dict[str, SimpleNamespace]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SENT", Counter())
    size, taken_in = str(MOST_MB * 10**6), []

    async def together() -> list[int]:
        """Send one more than there is room for, all before the first has come to its end."""
        done = asyncio.Event()

        async def store(_: Scope, __: Receive, send: Send) -> None:
            taken_in.append(1)
            await done.wait()
            await Response()(_, __, send)

        async def one(app: Limits) -> int:
            statuses: list[int] = []

            async def sent(message: Message) -> None:
                statuses.extend([message["status"]] if "status" in message else [])

            await app(scope(FILE, {"content-length": size}, method="PUT"), None, sent)  # ty: ignore[invalid-argument-type]
            return statuses[0]

        app = Limits(store)
        sends = [asyncio.create_task(one(app)) for _ in range(MOST_FILES + 1)]
        while len(taken_in) < MOST_FILES:
            await asyncio.sleep(0)
        done.set()
        return await asyncio.gather(*sends)

    assert sorted(asyncio.run(together())) == [200] * MOST_FILES + [413]
    assert uploads.SENT == {}, "what has come is on its way no more"


def test_a_file_that_is_being_stored_counts_once_and_one_sent_twice_counts_twice(
    storage: dict[str, dict[str, SimpleNamespace]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SENT", Counter())
    held: list[int] = []

    async def store(_: Scope, __: Receive, send: Send) -> None:
        storage["session-1"] = {FILE.rpartition("/")[2]: SimpleNamespace(data=b"a" * 5)}
        held.append(uploads.kept()["session-1"])
        await Response()(_, __, send)

    ask(Limits(store), scope(FILE, {"content-length": "5"}, method="PUT"))
    uploads.SENT["session-1", FILE.rpartition("/")[2]] += 5
    ask(Limits(store), scope(FILE, {"content-length": "5"}, method="PUT"))
    assert held == [5, 10]


def test_a_file_that_does_not_come_to_its_end_gives_its_room_back(
    storage: dict[str, dict[str, SimpleNamespace]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: Scope, __: Receive, ___: Send) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(uploads, "PATIENCE", 0)
    answer = ask(Limits(never), scope(FILE, {"content-length": "5"}, method="PUT"))
    assert (answer.status, uploads.SENT) == (408, {})


def test_a_picture_in_pixels_counts_for_many_requests(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFENCE_TIES_RATE", "1")
    app = Limits(Site())
    pictures = [
        ask(app, scope("/picture/timeline/timeline.png")).status for _ in range(limits.AT_ONCE // limits.HEAVY + 1)
    ]
    assert pictures == [200] * (limits.AT_ONCE // limits.HEAVY) + [429]
    assert ask(Limits(Site()), scope("/picture/timeline/timeline.svg")).status == 200


def test_other_ways_to_send_are_no_files() -> None:
    assert put("/_stcore/upload_file/a", content_length="16001") == 413
    assert ask(Limits(Site()), scope(FILE, {"content-length": "16001"}, method="POST")).status == 413
    assert ask(Limits(Site()), scope(FILE, method="DELETE")).status == 200


def test_a_page_that_asks_for_files_says_so_for_its_session(monkeypatch: pytest.MonkeyPatch) -> None:
    asking.ask()  # in no session
    monkeypatch.setattr(asking, "MOST", 1)

    def page() -> None:
        from dashboard.trial import files

        files.drop("Files", ("csv",), 1, 1)

    monkeypatch.setattr(asking, "_ASKING", OrderedDict(another=None))
    AppTest.from_function(page).run()
    (session,) = asking._ASKING
    assert asking.asks(session)
    assert not asking.asks("another")


def test_the_start_and_end_of_the_server_pass() -> None:
    site = Site()
    ask(Limits(site), {"type": "lifespan"})
    assert len(site.asked) == 1
