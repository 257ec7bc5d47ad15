"""Every setting of ours for whoever hosts the dashboard, each a variable of the environment; the README lists them all.

What Streamlit or uvicorn has a setting for is set there: `server.allowedHosts`, `[auth]`, `FORWARDED_ALLOW_IPS`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.kept import MOST


@dataclass(frozen=True)
class Settings:
    """What may be set.

    `readers` are e-mail addresses, domains with an @ before them, or * for all who can sign in; `frames` is who may show
    a page in a frame, in the words of `frame-ancestors`; `rate` is how many requests a second one client may make, 0 for
    any number; `log` is json or plain; `kept_mb` is how many megabytes of what was worked out are kept for whoever asks next;
    `metrics_token` is the word that opens `/metrics`, where it is empty only those near by may read it.
    """

    readers: tuple[str, ...] = ()
    signed_in_hours: float = 12
    frames: str = "'self'"
    rate: float = 25
    log: str = "plain"
    kept_mb: float = MOST / 1_000_000
    metrics_token: str = ""


def _listed(text: str) -> tuple[str, ...]:
    """Return what a text names, between commas or blanks."""
    return tuple(text.replace(",", " ").split())


def settings(given: Mapping[str, str] = os.environ) -> Settings:
    """Return what is set just now; a number that is none raises `ValueError`."""
    return Settings(
        readers=_listed(given.get("DEFENCE_TIES_READERS", "")),
        frames=given.get("DEFENCE_TIES_FRAMES", "").strip() or Settings.frames,
        rate=float(given.get("DEFENCE_TIES_RATE", Settings.rate)),
        log=given.get("DEFENCE_TIES_LOG", Settings.log),
        kept_mb=float(given.get("DEFENCE_TIES_KEPT_MB", Settings.kept_mb)),
        metrics_token=given.get("DEFENCE_TIES_METRICS_TOKEN", ""),
        signed_in_hours=float(given.get("DEFENCE_TIES_SIGNED_IN_HOURS", Settings.signed_in_hours)),
    )
