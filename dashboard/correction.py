"""How a reader tells the maintainers that a row is wrong: an issue form or an e-mail where the package names one, else a text to copy."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from dashboard.tables.model import Tables

# Where a row is shown, by its table.
SHOWN_AT = {"deals": "deal?id={}", "quotes": "quotes?statement={}"}
TEXT = """\
Table: {file}
Row: {key}
Version of the tables: {version}
Shown at: {address}

What should change, and to what:

Which publication says so (address and date):
"""


class Correction(NamedTuple):
    """What a reader sends to correct a row: its subject, its text, and the address that takes them, "" where there is none."""

    title: str
    text: str
    address: str


def correction(tables: Tables, table: str, key: str, site: str) -> Correction:
    """Return what to send to correct a row of `deals` or `quotes`, the row with that key.

    `site` is the full address of the dashboard, up to its last slash. The package may name an issue form (`issues`), which
    is preferred, or an e-mail address (`contact`).
    """
    file, package = tables.dictionary.path(table), tables.package
    title = f"Correct {file}: {key}"
    shown = site + SHOWN_AT[table].format(quote(key, safe=""))
    text = TEXT.format(file=file, key=key, version=tables.edition, address=shown)
    address = ""
    if package.issues:
        address = package.issues.replace("{title}", quote(title, safe="")).replace("{body}", quote(text, safe=""))
    elif package.contact:
        lines = text.replace("\n", "\r\n")  # as the standard of such addresses asks
        address = f"mailto:{package.contact}?subject={quote(title, safe='')}&body={quote(lines, safe='')}"
    return Correction(title, text, address)
