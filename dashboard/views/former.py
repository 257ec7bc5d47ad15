"""The tables as they were in the version that an address names, in place of those of today."""

from __future__ import annotations

from dashboard.address import Asked
from dashboard.gate.then import Then, then
from dashboard.tables.load import Tables
from dashboard.words import format_count, plural


def found(now: Tables, here: Asked) -> Then | None:
    """Return the version that the address asks to see, as far as it can be shown; None where it asks for the tables of now."""
    version = here.one("v")
    return then(now, version) if here.is_then and (version != now.version or now.is_edited) else None


def said(former: Then, here: Asked) -> list[str]:
    """Return that the tables are those of a former version, or why these cannot be shown, in sentences."""
    if not former.tables:
        return [f"Version {here.one('v')} cannot be shown: {former.why}. These are today’s tables."]
    sentences = [f"These are the tables as they were in {former.tables.version}."]
    if former.left_out:
        rows, are = format_count(former.left_out, "row"), plural(former.left_out, "is", "are")
        sentences.append(f"{rows} of it cannot be read under today’s rules, and {are} left out.")
    return sentences
