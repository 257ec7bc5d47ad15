"""The bibliography: every publication the tables rest on, with its grade, whose press it is and where it is used."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard import citation, controls, filters, in_view, rows_table
from dashboard.address import Asked, Links
from dashboard.kept import kept
from dashboard.pages import ITEMS_A_PAGE, drawing, heading, nothing, source_line
from dashboard.questions import evidence
from dashboard.questions import sources as bibliography
from dashboard.questions.deals import Selection, linked, select
from dashboard.questions.sources import UNKNOWN, Choice
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import GAP, Html, filled
from dashboard.templates import render as template
from dashboard.views.sources import GRADED, finding
from dashboard.words import Row, format_count

DEALS_SHOWN = 4
SIDED_SHOWN = 60
HELD = 5_000  # drawn sources, 2 kB each, that are held for whoever asks for them next
NOUNS = {"deals": "deal", "milestones": "milestone", "quotes": "statement", "deflator": "price index year"}


@dataclass(frozen=True, eq=False)
class View:
    """What a choice gives, worked out once and shared: the index of its sources and what is said of them.

    `filters` are the page's own, with a count beside each value; `summary` says whose press it is and how it is graded.
    """

    order: pd.Index
    finding: str
    filters: filters.Drawn
    summary: Markup


def render(tables: Tables, selection: Selection) -> None:
    """Draw the bibliography of the deals in view."""
    here = controls.asked(tables, "sources")
    choice = here.publications
    view = seen(tables, selection, choice, here.links)
    heading("Sources", view.finding)
    in_view.line(tables, here, noun="sources", shown=len(view.order), grades=True)
    if len(view.order):
        st.html(view.summary)
    filters.show(here, view.filters, "Filters of sources")
    if view.order.empty:
        return nothing("source")
    _downloads(tables, view.order)
    listed = st.container()
    number = controls.page_number(here, -(-len(view.order) // ITEMS_A_PAGE))
    with listed:
        drawing(page(tables, view, number, here.links), key="publications", kind="rows")
    source_line(tables, GRADED)
    rows_table.show(tables, here, rows(tables, selection, choice, here.links))
    return None


def prepare(tables: Tables, here: Asked) -> None:
    """Work out what an address shows, for whoever asks for it next."""
    view = seen(tables, here.selection, here.publications, here.links)
    if len(view.order):
        page(tables, view, 1, here.links)
        rows(tables, here.selection, here.publications, here.links)


def page(tables: Tables, view: View, number: int, to: Links) -> Html:
    """Return one page of the sources of a view, counted from 1; `to` makes their links."""
    part = view.order[(number - 1) * ITEMS_A_PAGE : number * ITEMS_A_PAGE]
    return entries(tables, tuple(tables.sources["source_id"].to_numpy()[part]), to)


@kept
def rows(tables: Tables, selection: Selection, choice: Choice, to: Links) -> rows_table.Drawn:
    """Return the publications in view as rows to take away."""
    return rows_table.draw(tables, "sources", bibliography.select_sources(tables, selection, choice), to)


@kept
def seen(tables: Tables, selection: Selection, choice: Choice, to: Links) -> View:
    """Return what a choice gives; `to` makes its links."""
    about = bibliography.select_sources(tables, selection)
    sources = bibliography.choose(about, choice)
    counts = {name: bibliography.count_choices(about, choice, name) for name in bibliography.COLUMNS}
    options = {
        name: {code: f"{words} ({counts[name].get(code, 0):,})" for code, words in known.items()}
        for name, known in labels(tables).items()
    }
    summary = _summary(tables, selection, choice, sources, to) if len(sources) else Markup("")
    return View(sources.index, finding(sources), _filters(tables, options), summary)


def _filters(tables: Tables, options: dict[str, dict[str, str]]) -> filters.Drawn:
    """Return the page's own filters; `options` maps each value, by its name in the address, to its words with a count."""
    fields = {"press": ("Publisher’s country", "any country"), "grade": ("Grade of the source", "any grade"),
              "language": (tables.dictionary.title("sources", "language"), "any language"),
              "source": ("Kind of source", "any kind")}  # fmt: skip
    return filters.drawn(
        filters.words("text", "Search sources", "headline, publisher, origin", room=2),
        *(filters.several(name, label, options[name], hint, room=1.5) for name, (label, hint) in fields.items()),
    )


@kept
def labels(tables: Tables) -> dict[str, dict[str, str]]:
    """Return the choices of each filter, codes to words: the most frequent first, grades in their own order."""
    choices = tables.dictionary.choices
    labels: dict[str, dict[str, str]] = {"press": {}}
    for code in tables.sources["country"].value_counts().index:
        labels["press"][code or UNKNOWN] = tables.country_name(code) if code else "Seat not known"
    labels["grade"] = {code: f"{code} {words}" for code, words in choices("sources", "reliability").items()}
    for name, column in (("language", "language"), ("source", "kind")):
        used = tables.sources[column].value_counts().index
        labels[name] = {code: tables.dictionary.label("sources", column, code) for code in used}
    return labels


def _summary(tables: Tables, selection: Selection, choice: Choice, sources: pd.DataFrame, to: Links) -> Markup:
    """Return whose press it is and how it is graded, as two small tables of bars that narrow the list when followed."""
    groups, graded = bibliography.press_groups(tables, sources), Counter(sources["reliability"].to_numpy())
    found, alone, deals = select(tables, selection), evidence.one_sided(tables), linked(tables)
    sided = [deals[key] for key in found["deal_id"] if key in alone]
    return template(
        "sources/summary.html",
        tables=tables, to=to, whole=len(sources),
        press=[_bar(group.label, group.sources, choice, to, press=group.code) for group in groups],
        grades=[_bar(code, graded[code], choice, to, grade=code) for code in tables.dictionary.choices("sources", "reliability")],
        deals=len(found), sided=len(sided), sided_deals=sided[:SIDED_SHOWN],
    )  # fmt: skip


def _bar(words: str, count: int, choice: Choice, to: Links, **own: str) -> dict[str, Any]:
    """Return one bar: its words, its length and, where it stands for one choice that gives any, that choice's address."""
    href = to("sources", **{**vars(choice), **own}) if count and all(own.values()) else ""
    return {"words": words, "count": count, "href": href}


def _downloads(tables: Tables, order: pd.Index) -> None:
    """Offer the whole list in view to reference managers; a file is written when the reader wants it."""
    with st.container(horizontal=True, vertical_alignment="center", key="bibliography-downloads"):
        st.markdown(f"Download all {len(order):,}", width="content")
        for name, (ending, mime, written) in EXPORTS.items():
            file = f"{tables.package.name}-{tables.version}-sources.{ending}"
            st.download_button(name, partial(_write, tables, order, written), file, mime, key=f"all-{ending}",
                               on_click="ignore", type="tertiary", icon=":material/download:")  # fmt: skip


def _write(tables: Tables, order: pd.Index, written: Callable[[pd.DataFrame], str]) -> str:
    return written(tables.sources.loc[order])


EXPORTS: dict[str, tuple[str, str, Callable[[pd.DataFrame], str]]] = {
    "BibTeX": ("bib", "application/x-bibtex", citation.write_bibtex),
    "RIS": ("ris", "application/x-research-info-systems", citation.write_ris),
    "CSL-JSON": ("json", "application/vnd.citationstyles.csl+json", citation.write_csl),
}


@kept
def entries(tables: Tables, keys: tuple[str, ...], to: Links) -> Html:
    """Return sources of the bibliography, drawn, each with its citation to copy; `to` makes their links."""
    drawn = [entry(tables, key) for key in keys]
    hrefs = {deal: str(escape(to("deal", id=deal))) for deal in {deal for one in drawn for deal in one.deals}}
    return Html("\n".join(filled(one.parts, map(hrefs.__getitem__, one.deals)) for one in drawn))


class Entry(NamedTuple):
    """A source as it is drawn for every choice: its HTML, taken apart where a link to one of the `deals` is put in."""

    parts: list[str]
    deals: list[str]


@lru_cache(maxsize=2)  # of the tables before an edit and after
def drawn_already(tables: Tables) -> dict[str, Entry]:
    """Return the sources that are drawn already, by their key; one choice after the other has the same."""
    return {}


def entry(tables: Tables, key: str) -> Entry:
    """Return one source of the bibliography, and where it is used, drawn when it is first asked for."""
    held = drawn_already(tables)
    if key not in held:
        if len(held) >= HELD:
            held.clear()
        held[key] = _drawn(tables, key)
    return held[key]


def _drawn(tables: Tables, key: str) -> Entry:
    (source,) = records(evidence.cited(tables, [key]))
    uses, deals = bibliography.count_uses(tables)[key], bibliography.deals_each(tables)[key]
    html = template(
        "sources/entry.html", tables=tables, source=source, deals=deals, shown=DEALS_SHOWN, gap=GAP,
        uses=[format_count(uses[name], noun) for name, noun in NOUNS.items() if uses[name]],
        forms=json.dumps(citations(source), ensure_ascii=False),
    )  # fmt: skip
    return Entry(str(html).split(GAP), [deal["deal_id"] for deal in deals])


def citations(source: Row) -> dict[str, str]:
    """Return a source's citation in every form."""
    return {
        "Plain": citation.plain(source), "BibTeX": citation.bibtex(source), "RIS": citation.ris(source),
        "CSL-JSON": json.dumps(citation.csl(source), ensure_ascii=False, indent=1),
    }  # fmt: skip
