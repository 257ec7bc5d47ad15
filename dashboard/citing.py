"""How what is ours is cited: a view, a deal, a statement or a picture, with the version of the tables and the day it was looked at.

Forms are those of `dashboard/citation.py`, which cites publications of others.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from dashboard.citation import MONTHS, URL_SAFE, entry, latex, record
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.words import opening

LONGEST = 160  # letters of a statement in a title


class Kind(NamedTuple):
    """What a sort of work is called in a sentence, in RIS and in CSL."""

    noun: str
    ris: str
    csl: str


VIEW, DEAL = Kind("view of the data", "DBASE", "dataset"), Kind("deal in the data", "DBASE", "entry")
STATEMENT, FIGURE = Kind("statement in the data", "DBASE", "entry"), Kind("figure", "FIGURE", "graphic")


@dataclass(frozen=True)
class Work:
    """What is cited: its `title`, the `address` that gives it again, and a `key` that tells it from others."""

    kind: Kind
    key: str
    title: str
    address: str


def statement(tables: Tables, quote_id: str) -> str:
    """Return the title of a statement: who said it, when, and how it begins; only direct words stand in quotation marks."""
    row = tables.quotes.set_index("quote_id").loc[quote_id]
    words = " ".join(row["text"].split())
    short = words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0] or words[:LONGEST]}…"
    is_exact = row["form"] in tables.dictionary.having("quotes", "form", "exact")
    when = f", {dates.format_date(row['date'])}" if row["date"] else ""
    return f"{row['analyst']}{when}: {f'‘{short}’' if is_exact else f'{short} (paraphrase)'}"


def plain(tables: Tables, work: Work, today: date) -> str:
    """Return one sentence that cites a work."""
    of = f" ({dates.format_date(tables.package.day)})" if tables.package.day else ""
    seen = f"accessed {dates.format_date(today.isoformat())}"
    name = tables.package.short_title
    return f"{name}, “{work.title}” ({work.kind.noun}), version {tables.edition}{of}, {seen}. {work.address}".strip()


def bibtex(tables: Tables, work: Work, today: date) -> str:
    """Return a work as one BibTeX entry; biblatex takes it too."""
    parts = _parts(tables)
    fields = {
        "author": "{" + latex(tables.package.short_title) + "}", "title": "{" + latex(work.title) + "}",
        "howpublished": latex(f"{opening(work.kind.noun)}: {tables.package.title}"), "version": latex(tables.edition),
        **dict(zip(("year", "month", "day"), map(str, parts), strict=False)),
        "url": quote(work.address, safe=URL_SAFE), "urldate": today.isoformat(),
        "note": latex(f"Version {tables.edition}, accessed {dates.format_date(today.isoformat())}"),
    }  # fmt: skip
    if parts:
        fields["month"] = MONTHS[parts[1] - 1]
    return entry("misc", _key(tables, work), fields)


def ris(tables: Tables, work: Work, today: date) -> str:
    """Return a work as one RIS record."""
    parts = _parts(tables)
    day = f"{parts[0]:04}/{parts[1]:02}/{parts[2]:02}/" if parts else ""
    return record([
        ("TY", work.kind.ris), ("ID", _key(tables, work)), ("TI", work.title), ("T2", tables.package.title),
        ("AU", tables.package.short_title), ("ET", tables.edition), ("PY", day[:4]), ("DA", day), ("Y2", f"{today:%Y/%m/%d}/"),
        ("UR", quote(work.address, safe=URL_SAFE)), ("N1", opening(work.kind.noun)),
    ])  # fmt: skip


def csl(tables: Tables, work: Work, today: date) -> dict[str, Any]:
    """Return a work as one item of CSL-JSON."""
    parts = _parts(tables)
    return {
        "id": _key(tables, work), "type": work.kind.csl, "title": work.title,
        "author": [{"literal": tables.package.short_title}], "container-title": tables.package.title, "version": tables.edition,
        **({"issued": {"date-parts": [parts]}} if parts else {}),
        "accessed": {"date-parts": [[today.year, today.month, today.day]]}, "URL": work.address, "note": opening(work.kind.noun),
    }  # fmt: skip


def forms(tables: Tables, work: Work, today: date) -> dict[str, str]:
    """Return a work in every form, by the name of the form."""
    item = json.dumps([csl(tables, work, today)], ensure_ascii=False, indent=1)
    return {
        "Plain": plain(tables, work, today), "BibTeX": bibtex(tables, work, today), "RIS": ris(tables, work, today), "CSL-JSON": item,
    }  # fmt: skip


def _key(tables: Tables, work: Work) -> str:
    """Return a key that BibTeX takes."""
    return "-".join(re.findall("[A-Za-z0-9]+", f"{tables.package.name} {work.key} {tables.version}"))


def _parts(tables: Tables) -> list[int]:
    """Return year, month and day of the version; none where they are not known."""
    return [int(part) for part in tables.package.day.split("-") if part]
