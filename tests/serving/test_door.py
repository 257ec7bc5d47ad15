"""The door: before sign-in nothing passes but the way to it, and afterwards a reader comes to the address first asked for."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as texts
from starlette.requests import Request
from starlette.types import Scope
from streamlit.auth_util import decode_provider_token

from dashboard import server
from dashboard.serving import door, sign_in
from dashboard.serving.door import Door, wanted
from tests.serving.asgi import Site, ask, scope
from tests.serving.test_sign_in import AUTH, cookie, guarded, set_up

__all__ = ["guarded"]
HTML = {"accept": "text/html,*/*"}
CLOSED = ("/", "/value", "/data/deals.csv", "/api/value", "/changes.xml", "/metrics", "/media/a.csv", "/_stcore/metrics",
          "/_stcore/upload_file/a/b", "/_stcore/host-config", "/static", "/app/static", "/auth/login/", "/healthy", "//static/a.js")  # fmt: skip


@pytest.mark.usefixtures("guarded")
def test_before_sign_in_nothing_passes_but_the_way_to_it() -> None:
    site = Site()
    for path in CLOSED:
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            answer = ask(Door(site), scope(path, method=method))
            assert (answer.status, answer.headers["cache-control"]) == (401, "no-store"), (path, method)
            assert answer.text == "Sign in first.\n"
    assert ask(Door(site), scope("/_stcore/stream", type="websocket")).closed == 1008
    assert site.asked == []
    for path in (*door.OPEN, "/static/js/index.js", "/app/static/favicon.svg"):
        assert ask(Door(site), scope(path)).body == b"behind", path


@pytest.mark.usefixtures("guarded")
def test_the_numbers_have_a_door_of_their_own_where_a_token_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(Door(Site()), scope("/metrics")).status == 401
    monkeypatch.setenv("DEFENCE_TIES_METRICS_TOKEN", "of the watch")
    assert ask(Door(Site()), scope("/metrics")).body == b"behind"
    assert ask(Door(Site()), scope("/data/deals.csv")).status == 401


@pytest.mark.usefixtures("guarded")
def test_a_reader_who_has_signed_in_passes_and_no_cache_keeps_the_answer_for_others() -> None:
    for given_cache, kept in (("", "private"), ("public, max-age=60", "private, max-age=60"), ("no-cache", "no-cache")):
        site = Site(cache_control=given_cache) if given_cache else Site()
        answer = ask(Door(site), scope("/data/deals.csv", cookie()))
        assert (answer.text, answer.headers["cache-control"]) == ("behind", kept)
        assert answer.headers["vary"] == "cookie"
    assert len(site.asked) == 1
    assert ask(Door(site), scope("/_stcore/stream", cookie(), type="websocket")).closed is None
    assert len(site.asked) == 2


@pytest.mark.usefixtures("guarded")
def test_who_is_on_no_list_sees_so_and_may_sign_out() -> None:
    headers = cookie(email="eve<b>@other.example")
    page = ask(Door(Site()), scope("/value", headers | HTML))
    assert page.status == 403
    assert "eve&lt;b&gt;@other.example" in page.text
    assert 'href="/auth/logout"' in page.text
    assert "/sign-in" not in page.text
    assert ask(Door(Site()), scope("/data/deals.csv", headers)).text == "You may not read this.\n"


@pytest.mark.usefixtures("guarded")
def test_from_a_link_to_sign_in_and_back_to_the_link() -> None:
    page = ask(Door(Site()), scope("/value?domain=naval&q=%C5%9F", HTML, root_path="/below"))
    assert page.status == 401
    (link,) = re.findall(r'href="/below(/sign-in[^"]*)"', page.text)
    asked = scope(link.replace("&amp;", "&"), root_path="/below")
    started = ask_begin(asked)
    assert (started.status_code, urlsplit(started.headers["location"]).path) == (307, "/auth/login")
    (token,) = parse_qs(urlsplit(started.headers["location"]).query)["provider"]
    assert decode_provider_token(token)["provider"] == "default"
    kept = started.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    came = {"cookie": kept.partition(";")[0]}
    signed_in = Site(set_cookie=cookie()["cookie"], location="/")
    back = ask(Door(signed_in), scope("/oauth2callback", came, root_path="/below"))
    assert back.headers["location"] == "/below/value?domain=naval&q=%C5%9F"
    assert f'{door.BACK}=""' in back.headers.getlist("set-cookie")[-1]
    in_vain = ask(Door(Site(location="/")), scope("/oauth2callback", came))
    assert (in_vain.headers["location"], "set-cookie" in in_vain.headers) == ("/", False)


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_behind_tls_the_address_first_asked_for_is_sent_over_tls_alone(scheme: str, secure: bool) -> None:
    started = ask_begin(scope("/sign-in?to=/value", scheme=scheme)).headers["set-cookie"]
    signed_in = Door(Site(set_cookie=cookie()["cookie"], location="/"))
    forgotten = ask(signed_in, scope("/oauth2callback", scheme=scheme)).headers.getlist("set-cookie")[-1]
    for kept in (started, forgotten):
        assert kept.startswith(f"{door.BACK}=")
        assert ("Secure" in kept.split("; "), "HttpOnly" in kept, "SameSite=lax" in kept) == (secure, True, True)


def ask_begin(asked: Scope) -> door.Response:
    """Return the answer to who begins to sign in."""
    return asyncio.run(door.begin(Request(asked)))


@pytest.mark.usefixtures("guarded")
def test_there_is_a_link_for_each_service_and_one_of_no_name_leads_to_the_first() -> None:
    own = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    set_up({**{name: AUTH[name] for name in AUTH if name not in own}, "house": own, "guests": own})
    page = ask(Door(Site()), scope("/value", HTML)).text
    assert "Sign in with House" in page
    assert "Sign in with Guests" in page
    for named, meant in (("guests", "guests"), ("nobody", "house"), ("", "house")):
        (token,) = parse_qs(urlsplit(ask_begin(scope(f"/sign-in?with={named}")).headers["location"]).query)["provider"]
        assert decode_provider_token(token)["provider"] == meant


def test_where_sign_in_is_off_all_passes_and_there_is_nothing_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in CLOSED:
        answer = ask(Door(Site()), scope(path))
        assert (answer.status, answer.text, dict(answer.headers)) == (200, "behind", {}), path
    assert ask_begin(scope("/sign-in")).headers["location"] == "/"
    monkeypatch.setattr(sign_in, "is_on", lambda: True)
    assert sign_in.fault()
    assert ask_begin(scope("/sign-in")).headers["location"] == "/"


@given(texts.text() | texts.from_regex(r"[/\\]{1,3}[a-z.]*", fullmatch=True))
def test_after_sign_in_no_reader_is_sent_elsewhere(address: str) -> None:
    to = wanted(address)
    assert to == "/" or to == address
    assert re.match(r"/(?![/\\])", to) or to == "/"
    assert urlsplit(to).netloc == urlsplit(to).scheme == ""
    assert len(to) <= door.LONGEST
    assert to.isascii()
    assert "\n" not in to
    assert "\r" not in to


def test_the_server_keeps_the_door_outside_of_all_that_answers() -> None:
    kinds = [middleware.cls for middleware in server.app._user_middleware]
    assert Door in kinds
    assert "/sign-in" in [route.path for route in server.app._user_routes]  # ty: ignore[missing-attribute]
