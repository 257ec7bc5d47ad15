"""Who may read: everyone, or where sign-in is set up, those on the list of readers who have signed in.

Sign-in is Streamlit's own (`st.login`, OpenID Connect): on as soon as its secrets have an `[auth]` part. Streamlit shows
each page over a websocket; every other request passes `may_read` first.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import Scope
from streamlit import auth_util, config
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.starlette import starlette_websocket

from dashboard.serving.settings import settings

LOOK = 1.0  # seconds between two looks whether sign-in is set up: to find no secrets takes Streamlit 0.3 ms, and each run asks
LEAST = 32  # characters of the secret that signs cookies
USER = "_streamlit_user"


class Standing(Enum):
    """How somebody stands who wants to read."""

    WELCOME = "may read"
    SIGNED_OUT = "has not signed in, or too long ago"
    REFUSED = "has signed in and is not on the list of readers"


def is_on() -> bool:
    """Say whether readers must sign in; they must too where the secrets cannot be read, since nobody knows what they say."""
    return _is_on(time.monotonic() // LOOK)


@lru_cache(maxsize=1)
def _is_on(look: float) -> bool:
    """Look whether readers must sign in, once for each number of a `look`."""
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    return any(Path(path).exists() for path in config.get_option("secrets.files"))


def providers() -> list[str]:
    """Return the names of the services where readers may sign in, as `st.login` takes them."""
    section = auth_util.get_secrets_auth_section()
    named = [name for name, value in section.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    return named or ["default"]


def fault() -> str:
    """Return in a sentence what keeps sign-in from being safe, with its remedy; "" where nothing does."""
    if not is_on():
        return ""
    try:
        for name in providers():
            auth_util.validate_auth_credentials(name)
    except StreamlitAuthError as error:
        return " ".join(str(error).split())
    if not auth_util.get_validated_redirect_uri():
        return "redirect_uri must be the address of the dashboard with /oauth2callback at its end."
    if len(auth_util.get_signing_secret()) < LEAST:
        return f"Whoever guesses cookie_secret is let in: give it {LEAST} random characters or more."
    if not settings().readers:
        return "Sign-in is set up and nobody is on the list: name readers in DEFENCE_TIES_READERS."
    return ""


def standing(claims: Mapping[str, Any]) -> Standing:
    """Return how a person stands whom the sign-in service describes in `claims`, those of an OpenID token; {} for nobody."""
    if not is_on():
        return Standing.WELCOME
    if not claims.get("is_logged_in") or time.time() - claims.get("iat", 0) > settings().signed_in_hours * 3_600:
        return Standing.SIGNED_OUT
    verified = str(claims.get("email_verified", True)).lower() == "true"
    listed = verified and is_listed(str(claims.get("email", "")), settings().readers)
    return Standing.WELCOME if listed and not fault() else Standing.REFUSED


def is_listed(email: str, readers: tuple[str, ...]) -> bool:
    """Say whether an e-mail address or its domain is among those of `readers`."""
    name, at, domain = _folded(email).rpartition("@")
    return bool(name) and not {"*", f"{name}{at}{domain}", f"{at}{domain}"}.isdisjoint(map(_folded, readers))


def _folded(text: str) -> str:
    """Return a text in small letters; one in other letters than ours as it is, since some of them fold into ours."""
    return text.lower() if text.isascii() else text


def reader(scope: Scope) -> Mapping[str, Any]:
    """Return what the cookie of a request says of whoever asks, {} where there is none that Streamlit has signed."""
    cookies = HTTPConnection(scope).cookies
    found = starlette_websocket._get_signed_cookie_with_chunks(cookies, USER) if USER in cookies else None
    origin = auth_util.get_origin_from_redirect_uri()
    return starlette_websocket._parse_decoded_user_cookie(found, origin) if found and origin else {}


def may_read(scope: Scope) -> bool:
    """Say whether whoever makes this request may see anything of the data; true for all where sign-in is not set up."""
    return not is_on() or standing(reader(scope)) is Standing.WELCOME
