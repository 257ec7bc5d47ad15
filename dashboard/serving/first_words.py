"""What the first answer of an address says before any script has run: its view in words and still pictures, and what a preview shows."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import views
from dashboard.address import Asked
from dashboard.charts.plate import CARD, PHONE, SIZES, Sides, measured
from dashboard.choices.parameters import OPENED, UNFILTERED
from dashboard.serving import sign_in
from dashboard.style import tokens
from dashboard.style.ink import in_either_theme
from dashboard.tables.load import DataError, Tables
from dashboard.templates import render
from dashboard.views.view import FRONT, View
from dashboard.words import format_count, plural

ROWS, COLUMNS, SAID, CITED = (
    25,
    8,
    12,
    12,
)  # rows and columns of a table, statements and contested deals, and sources shown at first
LONGEST = 300  # letters of a description
HEAVY = 20_000  # letters of a picture; a heavier one would keep the words waiting, and comes with the application
SHOWN = 80  # letters of an address that names no page
NO_VIEW = ("present",)  # pages that show several views
BY_LINK = ("deal", "search")  # pages that are reached by links alone
PIECES = ("fonts", "content", "tables", "pages", "first")  # of the style sheet
# The faces that Streamlit's front end asks for, by their names in the style sheet: asked for ahead, and here by the same addresses.
FACES = {("Source Sans", "normal"): "SourceSansVF-Upright", ("Source Sans", "italic"): "SourceSansVF-Italic",
         ("Source Serif", "normal"): "SourceSerifVariable-Roman"}  # fmt: skip


# Where the rows of a table lead, and from which of its columns.
LINKS = {"deals": ("deal", "id", "title"), "statements": ("quotes", "statement", "analyst")}
BESIDE = {"aside": "secondaryBackgroundColor", "edge": "borderColor"}  # where the filters will be


class First(NamedTuple):
    """What goes into the head and the body of the first answer."""

    head: str
    body: str


def said_of(tables: Tables, asked: Asked, today: date) -> First:
    """Return the first words of an address that has a page."""
    view = views.view(tables, asked, today)
    here = _address(asked)
    counted = [] if view.page == "deal" else [f"In view: {view.counted}."]
    text = " ".join([view.finding, *view.lead, *counted])
    description = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rpartition(' ')[0]}…"
    first = head(
        title=f"{view.title} · {tables.package.short_title}", site_name=tables.package.short_title, finding=view.finding,
        description=description, address=here, picture=preview(asked.site, view),
        alt=view.pictures[0].alt if view.pictures else view.finding, about=about(tables, asked.site),
    )  # fmt: skip
    return First(first, render("first/body.html", **_body(tables, view, asked)))


def preview(site: str, view: View) -> str:
    """Return the address of the picture that a preview of a view shows."""
    return f"{site}picture/{view.page or FRONT}.png{_query(view.query)}"


def unknown(tables: Tables, name: str) -> First:
    """Return the first words of an address that has no page."""
    finding = f"No page has the address “{name[:SHOWN]}”."
    title = f"No such page · {tables.package.short_title}"
    first = head(title=title, site_name=tables.package.short_title, finding=finding, description=finding)
    return First(first, _bare(tables.package.short_title, "No such page", finding, "The link may be mistyped."))


def faulty(error: DataError) -> First:
    """Return the first words of every address while the tables have faults: that they do, and nothing of the data."""
    what = f"{format_count(error.count, 'fault')}, so nothing is shown until {plural(error.count, 'it is', 'they are')} mended."
    finding = f"The data has {what}"
    first = head(title="Faults in the tables", site_name="", finding=finding, description=finding)
    return First(first, _bare("", "Data fault", finding, "The last release is unharmed."))


def about(tables: Tables, site: str) -> dict[str, Any]:
    """Return the data set as schema.org describes one, with the addresses of its files below that of the `site`."""
    said, frame = tables.dictionary.descriptor, tables.package.frame
    files = {**dict.fromkeys(tables.dictionary.files.values(), "text/csv"), "package.zip": "application/zip"}
    return {
        "@context": "https://schema.org", "@type": "Dataset", "name": tables.package.title,
        "alternateName": tables.package.short_title, "description": said.get("description", tables.package.title),
        "version": tables.version, "dateModified": tables.package.day, "url": site, "isAccessibleForFree": True,
        "license": [licence.get("path") or licence["title"] for licence in said["licenses"]],
        "keywords": said.get("keywords", []), "temporalCoverage": f"{min(tables.years)}/{max(tables.years)}",
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{frame.south} {frame.west} {frame.north} {frame.east}"},
        },
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": f"{site}data/{quote(name)}"}
            for name, kind in files.items()
        ],
    }  # fmt: skip


def head(**said: Any) -> str:
    """Return the head of a first answer: `said` is its title, site_name, finding and description, and its address and picture where it has them."""
    values = {"address": "", "picture": "", "alt": "", "about": None, **said}
    return render(
        "first/head.html", **values, size=SIZES[CARD], grounds=tokens.GROUNDS, sheet=sheet(), open=not sign_in.is_on()
    )


def _bare(site_name: str, kicker: str, finding: str, more: str) -> str:
    """Return a page of nothing but sentences."""
    return render("first/bare.html", site_name=site_name, kicker=kicker, finding=finding, more=more)


def _body(tables: Tables, view: View, asked: Asked) -> dict[str, Any]:
    """Return what the page is made of: as much of the view as is read at first."""
    framed = asked.one("embed") == "true"
    pages = {name: name.title() or "Overview" for name in (*views.PAGES, *NO_VIEW) if name not in BY_LINK}
    return {
        "tables": tables, "view": view, "to": asked.links, "framed": framed, "pages": pages, "most": COLUMNS, "pictures": _pictures(view), "links": LINKS, "filtered": not framed and view.page not in UNFILTERED,
        "parts": [(rows, rows.rows[:ROWS]) for rows in view.tables if rows.rows],
        "said": view.statements[:SAID], "claims": view.claims[:SAID], "sources": view.sources[:CITED],
    }  # fmt: skip


class Still(NamedTuple):
    """A picture at first: what it shows, itself where it is light, and how wide and high it is and the address of its file.

    `narrow` is that of one drawn for a phone, "" where one drawing must do: there it is as large as it is, and scrolls.
    """

    finding: str
    alt: str
    svg: Markup | None
    sides: Sides
    file: str
    narrow: str


def _pictures(view: View) -> list[Still]:
    """Return the pictures of a view; one too heavy is shown without JavaScript alone, from its file."""
    made = []
    for picture in view.pictures:
        drawn = picture.on_page() if picture.on_page else in_either_theme(picture.svg)
        file = f"picture/{view.page or FRONT}/{picture.name}.svg"
        narrow = f"{file}?{view.query}{'&' if view.query else ''}size={PHONE}" if picture.fitted else ""
        light = drawn if len(drawn) < HEAVY else None
        made.append(
            Still(picture.finding, picture.alt, light, measured(picture.svg), f"{file}{_query(view.query)}", narrow)
        )
    return made


def _address(asked: Asked) -> str:
    """Return the full address of a view, by whatever link it was opened: what was understood, defaults left away, in the order of the declared choices."""
    opened = {one.name for one in OPENED}
    return f"{asked.site}{asked.page}{_query(urlencode({name: values for name, values in asked.values.items() if name not in opened}, doseq=True))}"


def _query(query: str) -> str:
    return f"?{query}" if query else ""


@cache
def sheet() -> str:
    """Return the style sheet of the first words, with the faces that the front end asks for."""
    media = Path(st.__file__).parent / "static" / "static" / "media"
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-style:{slant};font-weight:200 900;font-display:swap;src:url("./static/media/{file.name}")format("woff2")}}'
        for (family, slant), name in FACES.items()
        for file in media.glob(f"{name}.*")
    )
    beside = "".join(
        f"--{name}:light-dark({','.join(tokens.THEMES[mode][of] for mode in tokens.THEMES)});"
        for name, of in BESIDE.items()
    )
    folder = Path(tokens.__file__).parent
    return "\n".join(
        [
            tokens.custom_properties(),
            f":root{{{beside}}}",
            faces,
            *((folder / f"{name}.css").read_text(encoding="utf-8") for name in PIECES),
        ]
    )
