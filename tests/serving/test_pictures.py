"""Pictures as files: what stands for a link elsewhere, and every picture of a page to take away."""

from __future__ import annotations

import asyncio
import struct
from datetime import date
from threading import Event
from xml.etree import ElementTree as ET

import pytest
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message

from dashboard import views
from dashboard.address import Asked
from dashboard.charts.plate import CARD, PHONE, SIZES, SLIDE
from dashboard.kept import Store
from dashboard.serving import health, pictures
from dashboard.tables import load as data
from dashboard.tables.load import DataError, Tables
from tests.serving.asgi import Answer, ask, scope

SITE = Starlette(routes=pictures.ROUTES)


@pytest.fixture(autouse=True)
def shown(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    """Let the made-up tables be those that readers see, and no picture be held from another test."""
    monkeypatch.setattr(data, "current", lambda: made_up)
    monkeypatch.setattr(pictures, "STORE", Store())
    return made_up


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a picture in pixels be its SVG, which takes no time."""
    monkeypatch.setattr(pictures, "png", lambda svg, width: f"{width} {svg}".encode())


def asked(path: str, **headers: str) -> Answer:
    """Return the answer to an address."""
    return ask(SITE, scope(path, {name.replace("_", "-"): value for name, value in headers.items()}))


def test_who_waits_for_pictures_keeps_nobody_from_knowing_that_the_server_is_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those that are drawn, those that wait for them, one too many, and meanwhile whoever watches over the server, with all other threads taken."""
    go_on = Event()
    monkeypatch.setattr(pictures, "png", lambda *_: b"drawn" if go_on.wait(20) else b"")
    both = Starlette(routes=[*pictures.ROUTES, *health.ROUTES])

    async def get(path: str, client: str) -> int:
        statuses: list[int] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def sent(message: Message) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        await both(scope(path, client=(client, 1)), receive, sent)
        return statuses[0]

    async def rush() -> tuple[list[int], list[int], int]:
        others = [asyncio.create_task(run_sync(go_on.wait, 20)) for _ in range(60)]
        wait_for = [
            asyncio.create_task(get(f"/picture/value.png?from={1960 + at}", "203.0.113.1" if at < pictures.OF_ONE else "127.0.0.1"))
            for at in range(pictures.MOST)
        ]  # fmt: skip
        while len(pictures.WAITING) < pictures.MOST:
            await asyncio.sleep(0.01)
        well = [await get("/health", "203.0.113.2"), await get("/ready", "203.0.113.2")]
        meanwhile = well, await get("/picture/value.png", "203.0.113.2")
        go_on.set()
        await asyncio.gather(*others)
        return await asyncio.gather(*wait_for), *meanwhile

    assert asyncio.run(rush()) == ([200] * pictures.MOST, [200, 200], 503)
    assert pictures.WAITING == []


def test_one_client_leaves_room_for_the_pictures_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def waits(client: str, many: int) -> int:
        """Return the answer to one client while so many pictures are waited for by another."""
        waiting = [Request(scope("/picture/value.png", client=("203.0.113.1", at))) for at in range(many)]
        monkeypatch.setattr(pictures, "WAITING", waiting)
        return ask(SITE, scope("/picture/value.png", client=(client, 1))).status

    monkeypatch.setattr(pictures, "png", lambda *_: b"drawn")
    assert pictures.OF_ONE < pictures.MOST
    assert [waits("203.0.113.1", many) for many in (pictures.OF_ONE - 1, pictures.OF_ONE)] == [200, 503]
    assert [waits(client, pictures.OF_ONE) for client in ("203.0.113.2", "127.0.0.1")] == [200, 200]
    assert waits("203.0.113.2", pictures.MOST) == 503


def test_what_stands_for_a_link_is_a_picture_of_the_size_that_others_show() -> None:
    answer = asked("/picture/value.png?domain=naval")
    assert answer.headers["content-type"] == "image/png"
    assert answer.body[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", answer.body[16:24]) == SIZES[CARD][:2] == (1200, 630)
    assert "content-disposition" not in answer.headers


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("page", views.PAGES)
def test_every_page_has_a_picture_that_says_what_the_page_does(shown: Tables, page: str) -> None:
    answer = asked(f"/picture/{page or 'overview'}.png")
    assert answer.status == 200
    said = ET.fromstring(answer.text.partition(" ")[2]).get("aria-label")
    assert said == views.at(shown, f"/{page}", date.today()).finding


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("page", views.PAGES)
@pytest.mark.parametrize("kind", pictures.KINDS)
def test_every_picture_of_a_page_is_there_in_each_form_and_says_its_version(
    shown: Tables, page: str, kind: str
) -> None:
    for picture in views.at(shown, f"/{page}", date.today()).pictures:
        answer = asked(f"/picture/{page or 'overview'}/{picture.name}.{kind}?size={SLIDE}")
        assert answer.status == 200
        assert answer.headers["content-type"] == pictures.KINDS[kind]
        root = ET.fromstring(answer.text.partition(" ")[2] if kind == "png" else answer.text)
        assert root.get("aria-label") == picture.finding
        assert (root.get("width"), root.get("height")) == ("1280", "720")
        words = " ".join(root.itertext())
        assert f"version {shown.version}" in words
        assert "In view:" in words


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("page", ["map", "value", "overview"])
def test_a_phone_has_a_drawing_no_wider_than_it_is(page: str) -> None:
    root = ET.fromstring(asked(f"/picture/{page}/{'map' if page != 'value' else 'value'}.svg?size={PHONE}").text)
    assert float(root.get("width", "")) <= 375
    sizes = [float(text.get("font-size", "99")) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert min(sizes) >= 10


@pytest.mark.usefixtures("unpainted")
def test_an_own_size_is_sharp_and_as_high_as_the_picture_needs() -> None:
    svg = ET.fromstring(asked("/picture/value/value.svg").text)
    width, _, drawn = asked("/picture/value/value.png").text.partition(" ")
    assert int(width) == 2 * int(svg.get("width", 0))
    assert ET.fromstring(drawn).get("height") == svg.get("height")


def test_the_name_of_a_file_says_the_page_the_filters_and_the_version(shown: Tables) -> None:
    named = f"{shown.package.name}-value-naval-year-{shown.version}.svg"
    answer = asked("/picture/value/value.svg?by=year&domain=naval")
    assert answer.headers["content-disposition"] == f'attachment; filename="{named}"'
    hostile = Asked("", {"q": ('"\r\nX-A: b; ş',), "from": ("2018",)}, {})
    wanted = pictures.Wanted("", "map", "png", SLIDE)
    name = f"{shown.package.name}-overview-map-x-a-b-2018-{shown.version}.png"
    assert pictures.filed(shown, hostile, wanted) == name


@pytest.mark.usefixtures("unpainted")
def test_where_nothing_is_in_view_the_preview_says_so_and_there_is_nothing_to_take_away(shown: Tables) -> None:
    answer = asked("/picture/value.png?q=nothing+like+it")
    root = ET.fromstring(answer.text.partition(" ")[2])
    assert f"version {shown.version}" in " ".join(root.itertext())
    assert asked("/picture/value/value.png?q=nothing+like+it").status == 404


@pytest.mark.parametrize(
    "path",
    ["nowhere.png", "value/other.png", "value/value.gif", "value/value", "value/.png", "value/value.svg?size=huge"],
)
def test_what_is_no_picture_is_not_found(path: str) -> None:
    assert asked(f"/picture/{path}").status == 404


def test_a_picture_that_the_reader_has_is_not_sent_again_nor_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked("/picture/value/value.svg")
    monkeypatch.setattr(pictures, "drawn", None)
    assert asked("/picture/value/value.svg?utm=1").body == first.body
    again = asked("/picture/value/value.svg", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_while_the_tables_have_faults_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Tables:
        raise DataError([])

    monkeypatch.setattr(data, "current", broken)
    assert asked("/picture/value.png").status == 503
