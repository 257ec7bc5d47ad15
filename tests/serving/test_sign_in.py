"""Who may read: the list of readers, the cookie that Streamlit signs, and what is wrong with how sign-in is set up."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as texts
from streamlit.runtime.secrets import secrets_singleton
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_app_utils as signing

from dashboard import server
from dashboard.serving import sign_in
from dashboard.serving.sign_in import Standing, is_listed
from dashboard.tables import load as data
from tests.page import written
from tests.serving.asgi import scope

SECRET = "of no use outside of these tests"
AUTH: dict[str, Any] = {
    "redirect_uri": "http://testserver/oauth2callback", "cookie_secret": SECRET,
    "client_id": "ties", "client_secret": "s", "server_metadata_url": "http://localhost:1/none",
}  # fmt: skip


def set_up(auth: dict[str, Any] | None) -> None:
    """Let Streamlit's secrets hold this and nothing else; None for no secrets at all."""
    secrets_singleton._secrets = {"auth": auth} if auth is not None else None
    sign_in._is_on.cache_clear()


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let sign-in be set up, for one person and one house."""
    monkeypatch.setenv("DEFENCE_TIES_READERS", "Ada@readers.example, @house.example")
    set_up(AUTH)
    yield
    set_up(None)


def cookie(secret: str = SECRET, /, **claims: Any) -> dict[str, str]:
    """Return the header with the cookie of a reader, as Streamlit signs it after sign-in."""
    said = {"is_logged_in": True, "origin": "http://testserver", "iat": time.time(), "email": "ada@readers.example"}
    return {
        "cookie": f"{sign_in.USER}={signing.create_signed_value(secret, sign_in.USER, json.dumps(said | claims)).decode()}"
    }


def test_where_nothing_is_set_up_everyone_may_read() -> None:
    assert not sign_in.is_on()
    assert sign_in.fault() == ""
    assert sign_in.standing({}) is Standing.WELCOME
    assert sign_in.may_read(scope("/value"))


@pytest.mark.usefixtures("guarded")
def test_who_is_on_the_list_may_read_and_nobody_else() -> None:
    assert sign_in.may_read(scope("/value", cookie()))
    assert sign_in.may_read(scope("/value", cookie(email="Grace@House.example", email_verified="true")))
    refused: tuple[dict[str, Any], ...] = (
        {"email": "eve@readers.example"}, {"email": ""}, {"email": None}, {"email": "@house.example"},
        {"email": "eve@house.example.evil.example"}, {"email": "ada@readers.example", "email_verified": False},
    )  # fmt: skip
    for claims in refused:
        assert not sign_in.may_read(scope("/value", cookie(**claims))), claims
        assert sign_in.standing(sign_in.reader(scope("/", cookie(**claims)))) is Standing.REFUSED, claims


@pytest.mark.usefixtures("guarded")
def test_what_streamlit_has_not_signed_for_us_just_now_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    good = cookie()["cookie"]
    old = cookie(iat=time.time() - 12 * 3_600 - 60)
    forged = (
        {}, {"cookie": f"{sign_in.USER}="}, {"cookie": good[:-1]}, {"cookie": good.replace(sign_in.USER, "other")},
        cookie("another secret that is as long as"), cookie(origin="http://elsewhere.example"), cookie(is_logged_in=False), old,
    )  # fmt: skip
    for headers in forged:
        assert not sign_in.may_read(scope("/", headers)), headers
        assert sign_in.standing(sign_in.reader(scope("/", headers))) is Standing.SIGNED_OUT, headers
    monkeypatch.setenv("DEFENCE_TIES_SIGNED_IN_HOURS", "13")
    assert sign_in.may_read(scope("/", old))


@pytest.mark.usefixtures("guarded")
def test_what_is_unsafe_about_the_settings_is_said_and_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign_in.fault() == ""
    for missing in AUTH:
        set_up({name: value for name, value in AUTH.items() if name != missing})
        assert sign_in.fault(), missing
    for wrong in ({"redirect_uri": "http://testserver/"}, {"cookie_secret": "short"}):
        set_up(AUTH | wrong)
        assert next(iter(wrong)) in sign_in.fault()
        assert not sign_in.may_read(scope("/", cookie(str(wrong.get("cookie_secret", SECRET)))))
    set_up(AUTH)
    monkeypatch.setenv("DEFENCE_TIES_READERS", "")
    assert "DEFENCE_TIES_READERS" in sign_in.fault()
    assert not sign_in.may_read(scope("/", cookie()))


def test_secrets_that_come_later_close_the_site_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [5.2]
    monkeypatch.setattr(sign_in.time, "monotonic", lambda: now[0])
    assert not sign_in.is_on()
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": AUTH})
    assert not sign_in.is_on()
    now[0] += sign_in.LOOK
    assert sign_in.is_on()
    set_up(None)


def test_secrets_that_cannot_be_read_close_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in._is_on.cache_clear()
    broken = tmp_path / "secrets.toml"
    monkeypatch.setattr(sign_in.config, "get_option", lambda _: [str(broken)])
    assert not sign_in.is_on()
    broken.write_text("[auth\n", encoding="utf-8")
    sign_in._is_on.cache_clear()
    assert sign_in.is_on()
    assert sign_in.fault()
    assert not sign_in.may_read(scope("/", cookie()))


def test_services_are_those_that_the_secrets_name() -> None:
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    own = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    set_up(shared | {"house": own, "guests": own})
    assert sign_in.providers() == ["house", "guests"]
    set_up(AUTH | {"client_kwargs": {"prompt": "login"}})
    assert sign_in.providers() == ["default"]
    set_up(None)


@given(texts.text(), texts.lists(texts.text()))
def test_only_a_whole_address_or_the_domain_after_its_last_at_is_on_a_list(email: str, readers: list[str]) -> None:
    named = [email, f"@{email.rpartition('@')[2]}", "*"]
    assert not is_listed(email, ())
    assert not is_listed(f"x{email}@b.example", (email, "a.example", "@a.example"))
    if is_listed(email, tuple(readers)):
        assert {*readers} & {*named, *map(str.lower, named)} or any(one.lower() == email.lower() for one in readers)
    assert is_listed(f"x@{email or 'b'}", ("*",))


def test_a_letter_that_only_folds_into_one_of_ours_is_another_letter() -> None:
    assert not is_listed("\N{KELVIN SIGN}@b.example", ("k@b.example",))
    assert is_listed("K@b.example", ("k@B.example",))


def app(user: dict[str, Any]) -> AppTest:
    """Return the front door as it is for a reader of whom Streamlit knows this."""
    test = AppTest.from_file(Path(__file__).parents[2] / "app.py", default_timeout=60)
    test.user = user
    test.run()
    assert not test.exception
    return test


@pytest.mark.usefixtures("guarded")
def test_a_page_shows_nothing_before_sign_in_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "current", lambda: pytest.fail("the tables were looked at"))
    test = app({})
    assert "Sign in to read this." in written(test)
    assert [button.label for button in test.button] == ["Sign in"]
    refused = app({"is_logged_in": True, "iat": time.time(), "email": "<b>eve@other.example"})
    assert "&lt;b&gt;eve@other.example" in written(refused)
    assert [button.label for button in refused.button] == ["Sign out"]


@pytest.mark.usefixtures("guarded", "made_up_pages")
def test_who_reads_sees_as_whom_and_can_sign_out() -> None:
    test = app({"is_logged_in": True, "iat": time.time(), "email": "ada@readers.example"})
    assert '<p class="meta">Signed in as ada@readers.example.</p>' in written(test)
    assert test.button(key="sign-out").label == "Sign out"
    set_up(None)
    assert "sign-out" not in [button.key for button in app({}).button]


@pytest.mark.usefixtures("guarded")
def test_a_server_whose_sign_in_is_not_safe_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.logs, "set_up", lambda: None)

    @asynccontextmanager
    async def warm(_: object) -> AsyncGenerator[None]:
        yield

    monkeypatch.setattr(server, "warm", warm)

    async def started() -> bool:
        async with server.alive(server.app):
            return True

    assert asyncio.run(started())
    set_up(AUTH | {"cookie_secret": "short"})
    with pytest.raises(ValueError, match="cookie_secret"):
        asyncio.run(started())
