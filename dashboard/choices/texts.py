"""How a text of an address is read where more than a few values will do: words, a year, a day, a part of the map."""

from __future__ import annotations

import re
from datetime import timedelta

from dashboard.tables import dates
from dashboard.tables.folding import fold

CLOSEST = 9.0  # the zoom of a map at which no more is seen


def words(text: str) -> str:
    """Return a text that a search can look for: one with a letter or a digit in it."""
    return text if fold(text) else ""


def year(text: str) -> str:
    """Return a year of four digits."""
    digits = text.strip(" .,;")
    return digits if re.fullmatch("[1-9][0-9]{3}", digits) else ""


def looked_at(text: str) -> str:
    """Return the middle and the zoom of a map, `latitude,longitude,zoom`, each brought within what a map can show."""
    parts = re.findall(r"[-+]?\d{1,3}(?:\.\d+)?", text)
    if len(parts) != 3 or re.search(r"[^-+.,;\d\s]", text):
        return ""
    ends = ((-85.0, 85.0), (-180.0, 180.0), (0.0, CLOSEST))
    return ",".join(
        f"{round(min(max(float(part), low), high), 3):g}" for part, (low, high) in zip(parts, ends, strict=True)
    )


def number(text: str) -> str:
    """Return the number of a page, counted from 1."""
    return text if re.fullmatch("[1-9][0-9]{0,5}", text) else ""


def seconds(text: str) -> str:
    """Return a number of seconds from 2 to 3,600."""
    return text if re.fullmatch("[1-9][0-9]{0,3}", text) and 2 <= int(text) <= 3_600 else ""


def file_name(text: str) -> str:
    """Return the name of a file without its ending: small letters, digits and hyphens."""
    plain = text.strip().casefold()
    return plain if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", plain) else ""


def version(text: str) -> str:
    """Return a version such as `2026.11.1`, without what may be written before it."""
    plain = text.strip(" .,;").casefold().removeprefix("version").strip().removeprefix("v")
    return plain if re.fullmatch(r"\d{1,4}(\.\d{1,4}){2}", plain) else ""


def version_or_day(text: str) -> str:
    """Return a version such as `2026.11.1` or a day, `2026-11-05`; of a month or a year the last day before it."""
    if found := version(text):
        return found
    plain = text.strip(" .,;")
    if not dates.is_date(plain) or plain < "0001-01-02":
        return ""
    known = dates.parse(plain)
    day = known.earliest if known.earliest == known.latest else known.earliest - timedelta(days=1)
    return day.isoformat()
