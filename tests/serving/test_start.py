"""What is done before the first reader comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from dashboard.serving import start

PARTS = ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar")


def whole(populate: Callable[..., None]) -> bytes:
    """Return the theme as Streamlit puts it together for each run of a page."""
    theme = CustomThemeConfig()
    populate(theme)
    for part in PARTS:
        within = theme
        for name in part.split("."):
            within = getattr(within, name)
        populate(within, f"theme.{part}")
    return theme.SerializeToString(deterministic=True)


def test_the_theme_is_read_once_and_is_what_streamlit_would_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    start.keep_theme()
    start.keep_theme()
    kept = app_session._populate_theme_msg
    read = kept.__wrapped__  # ty: ignore[missing-attribute]
    assert not hasattr(read, "__wrapped__")  # kept once, however often that is asked for
    theme = whole(read)
    assert b"#9C3B22" in theme
    assert whole(kept) == theme
    monkeypatch.setattr(config, "get_options_for_section", lambda _: pytest.fail("The settings were read again"))
    assert whole(kept) == theme
