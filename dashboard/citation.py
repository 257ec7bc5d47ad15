"""How a source is cited: in plain words, for LaTeX (BibTeX), for reference managers (RIS, CSL-JSON).

A headline in [square brackets] is a description of a page whose headline was not seen; the brackets are the usual
sign for that and stay in every form. A date is no more exact than it is known, and one not known is said to be so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

import pandas as pd

from dashboard.tables import dates
from dashboard.tables.model import records

Row = Mapping[str, Any] | pd.Series

UNDATED = "date of publication not known"
UNADDRESSED = "no public address"
# A character that would end a field or start a command; braces by name, since BibTeX counts them even after a backslash.
LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
     "^": r"\textasciicircum{}", **{sign: "\\" + sign for sign in "&%$#_"}}
)  # fmt: skip
# Every sign that an address may hold, but the backslash and the braces, which would end the field.
URL_SAFE = "".join(chr(code) for code in range(33, 127) if chr(code) not in r"\{}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Form(NamedTuple):
    """What a kind of source is called in BibTeX, RIS and CSL, and the field in which each puts its publisher."""

    bibtex: str
    bibtex_publisher: str
    ris: str
    ris_publisher: str
    csl: str
    csl_publisher: str


# By what the dictionary says a kind of source is cited as.
FORMS: dict[str, Form] = {
    "article": Form("article", "journal", "NEWS", "T2", "article-newspaper", "container-title"),
    "report": Form("techreport", "institution", "RPRT", "PB", "report", "publisher"),
    "official report": Form("techreport", "institution", "GOVDOC", "PB", "report", "publisher"),
    "dataset": Form("misc", "organization", "DBASE", "PB", "dataset", "publisher"),
    "post": Form("misc", "organization", "BLOG", "T2", "post-weblog", "container-title"),
    "page": Form("misc", "organization", "ELEC", "PB", "webpage", "publisher"),
}


def plain(source: Row) -> str:
    """Return one sentence that cites a source: publisher, headline, date and address."""
    described = source["title"].startswith("[")
    title = source["title"] if described else f"“{source['title']}”"
    when = dates.format_date(source["published"]) if source["published"] else UNDATED
    where = source["url"] or f"{UNADDRESSED.capitalize()}."
    return f"{source['publisher']}, {title}, {when}. {where}"


def bibtex(source: Row) -> str:
    """Return a source as one BibTeX entry; biblatex takes it too."""
    form = FORMS[source["cited_as"]]
    fields = {"title": "{" + latex(source["title"]) + "}", form.bibtex_publisher: latex(source["publisher"])}
    if form.bibtex == "techreport":
        # Styles refuse a report without an author; for an official or institute's page that is the body itself.
        fields["author"] = "{" + latex(source["publisher"]) + "}"
    parts = _date_parts(source["published"])
    fields |= dict(zip(("year", "month", "day"), map(str, parts), strict=False))
    if len(parts) > 1:
        fields["month"] = MONTHS[parts[1] - 1]
    fields["url"] = quote(source["url"], safe=URL_SAFE)
    fields |= {"language": source["language"], "note": latex(_note(source))}
    return entry(form.bibtex, source["source_id"], fields)


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return a BibTeX entry; its fields are LaTeX already, and a blank one is left away."""
    lines = [f"  {name} = {_delimit(name, text)}," for name, text in fields.items() if text]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def ris(source: Row) -> str:
    """Return a source as one RIS record, a tag a line."""
    form = FORMS[source["cited_as"]]
    parts = _date_parts(source["published"])
    day = "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (4 - len(parts))]) if parts else ""
    fields = [
        ("TY", form.ris), ("ID", source["source_id"]), ("TI", source["title"]), (form.ris_publisher, source["publisher"]),
        ("PY", f"{parts[0]:04}" if parts else ""), ("DA", day), ("UR", source["url"]), ("LA", source["language"]),
        ("N1", _note(source)),
    ]  # fmt: skip
    return record(fields)


def record(fields: Iterable[tuple[str, str]]) -> str:
    """Return a RIS record of tags and texts, a line each; a blank one is left away."""
    lines = [f"{tag}  - {' '.join(str(text).split())}" for tag, text in fields if text]
    return "\n".join([*lines, "ER  - "])


def csl(source: Row) -> dict[str, Any]:
    """Return a source as one item of CSL-JSON."""
    form = FORMS[source["cited_as"]]
    item: dict[str, Any] = {"id": source["source_id"], "type": form.csl, "title": source["title"]}
    item |= {form.csl_publisher: source["publisher"], "URL": source["url"], "language": source["language"]}
    parts = _date_parts(source["published"])
    if parts:
        item["issued"] = {"date-parts": [parts], **({"circa": True} if source["published"][-1] in "~?" else {})}
    item["note"] = _note(source)
    return {name: value for name, value in item.items() if value}


def latex(text: str) -> str:
    """Return a text in one line as LaTeX writes it, in which nothing ends a field or is a command."""
    return " ".join(text.split()).translate(LATEX)


def _delimit(name: str, text: str) -> str:
    """Return a field's text in braces; a month is a word that BibTeX knows and stands bare."""
    return text if name == "month" else f"{{{text}}}"


def _date_parts(text: str) -> list[int]:
    """Return year, month and day of an EDTF text, as far as they are known; none for a blank."""
    return [int(part) for part in text.rstrip("~?").split("-")] if text else []


def _note(source: Row) -> str:
    """Return what a reference manager has no field for: a doubtful or unknown date, a page without an address."""
    marks = {"": UNDATED, "~": "date of publication approximate", "?": "date of publication uncertain"}
    notes = [marks.get(source["published"][-1:], ""), "" if source["url"] else UNADDRESSED]
    if source["title"].startswith("["):
        notes.append("title supplied, headline not seen")
    return "; ".join(filter(None, notes))


def write_bibtex(sources: pd.DataFrame) -> str:
    """Return sources as one BibTeX file."""
    return "\n\n".join(bibtex(row) for row in records(sources)) + "\n"


def write_ris(sources: pd.DataFrame) -> str:
    """Return sources as one RIS file."""
    return "\n\n".join(ris(row) for row in records(sources)) + "\n"


def write_csl(sources: pd.DataFrame) -> str:
    """Return sources as one CSL-JSON file."""
    return json.dumps([csl(row) for row in records(sources)], ensure_ascii=False, indent=1) + "\n"
