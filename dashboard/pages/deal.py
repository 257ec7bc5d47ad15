"""The dossier of one deal: everything known of it, who says so, what is in doubt and what was not found."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard import cite_button, citing, controls, in_view
from dashboard.address import Asked, Links
from dashboard.charts.map.account import VIEWPOINT
from dashboard.charts.map.flat import flat_map
from dashboard.charts.timeline.steps import steps
from dashboard.kept import kept
from dashboard.pages import drawing, heading, source_line, taking
from dashboard.questions import dossier, evidence, flows, ledger
from dashboard.questions.deals import Selection, select
from dashboard.questions.facts import facts as known
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render as template
from dashboard.views.deal import LATEST, NAMED, ON_PAGE, UNNAMED
from dashboard.views.deal import unknown as not_known
from dashboard.words import opening, relation

WIDTHS = (1.45, 1.0)  # of the text and of what stands beside it
STATEMENTS = 50


def render(tables: Tables, selection: Selection) -> None:
    """Draw the deal that the address names, or say that there is none and what is near."""
    here = controls.asked(tables, "deal")
    if here.one("id"):
        show(tables, here, tables.deals[tables.deals["deal_id"] == here.one("id")].iloc[0])
    elif "id" in here.lost:
        unknown(tables, here, here.lost["id"][0])
    else:
        ask(tables, here)


def ask(tables: Tables, here: Asked) -> None:
    """Say that no deal is named, how to find one, and list the latest in view."""
    heading("Deal", UNNAMED)
    in_view.line(tables, here)
    st.write("Search above, or follow a deal from any other page.")
    _show_links(tables, dossier.latest(select(tables, here.selection), LATEST), "The latest deals in view", here.links)


def unknown(tables: Tables, here: Asked, wanted: str) -> None:
    """Say that the deal named is not in the tables, and list those near in name."""
    heading("Deal", not_known(wanted[:NAMED]))
    in_view.line(tables, here)
    near = dossier.near(tables, wanted[:NAMED])
    if near.empty:
        st.write("No deal has a name like it. Search above.")
        near = dossier.latest(select(tables, here.selection), LATEST)
        _show_links(tables, near, "The latest deals in view", here.links)
    else:
        _show_links(tables, near, "Nearest in name", here.links)


def _show_links(tables: Tables, deals: pd.DataFrame, title: str, to: Links) -> None:
    st.html(template("deal/others.html", tables=tables, title=title, deals=records(deals), to=to))


def show(tables: Tables, here: Asked, deal: pd.Series) -> None:
    """Draw the dossier of a deal, a row of `tables.deals`."""
    st.set_page_config(page_title=f"{deal['title']} · {tables.package.short_title}")
    heading(f"Deal · {opening(relation(deal, tables.sentence_names))}", deal["title"])
    file = assemble(tables, deal["deal_id"], here.selection, here.links)
    st.html(template("deal/lead.html", tables=tables, deal=dict(deal)))
    in_view.line(tables, here, shown=file.in_view, grades=True)
    if file.walk:
        st.html(file.walk)
    else:
        st.caption("This deal is outside the filters now set; it is shown because the address names it.")
    main, aside = st.columns(WIDTHS, gap="large")
    main.html(file.account)
    with main:
        where(tables, here, deal)
    aside.html(file.facts)
    if file.statements:
        st.html(file.statements)
    if svg := steps_in_time(tables, deal["deal_id"], date.today()):
        drawing(svg, key="steps")
        st.html(taking(here, "timeline"))
    main, aside = st.columns(WIDTHS, gap="large")
    main.html(file.papers)
    with aside:
        st.html(file.beside)
        cite(tables, here)
    source_line(tables, f"Deal {deal['deal_id']}.")


def where(tables: Tables, here: Asked, deal: pd.Series) -> None:
    """Show the deal on a small map: the line of its family between its states, and its place as exactly as it is known."""
    drawing(small_map(tables, deal["deal_id"]), key="place")
    st.html(template("paragraph.html", kind="meta", words=VIEWPOINT) + taking(here, "map"))


@kept
def steps_in_time(tables: Tables, deal_id: str, today: date) -> Markup:
    """Return the bar of one deal with its steps, on the years it takes; nothing for a deal without any date."""
    return steps(tables, deal_id, today)


@kept
def small_map(tables: Tables, deal_id: str) -> Markup:
    """Return the map of one deal."""
    one = tables.deals[tables.deals["deal_id"] == deal_id]
    lines, places = flows.flows(tables, one, "deals"), flows.sites(tables, one)
    palette = tables.dictionary.meaning("deals", "domain", "colour")
    return flat_map(lines, places, palette, tables.package, ON_PAGE)


class File(NamedTuple):
    """The parts of one dossier, ready to be shown."""

    in_view: int
    walk: Markup
    account: Markup
    facts: Markup
    statements: Markup
    papers: Markup
    beside: Markup


@kept
def assemble(tables: Tables, deal_id: str, selection: Selection, to: Links) -> File:
    """Return the parts of a deal's dossier; `to` makes their links."""
    deal = tables.deals[tables.deals["deal_id"] == deal_id].iloc[0]
    view = select(tables, selection)
    walk = dossier.walk(view, deal_id)
    sources = evidence.cited(tables, [deal["source_ids"]])
    return File(
        in_view=len(view),
        walk=template("deal/walk.html", walk=walk, to=to) if walk else Markup(""),
        account=template("deal/account.html", tables=tables, deal=dict(deal), points=ledger.differences(deal["doubt"])),
        facts=facts(tables, deal, to.site),
        statements=statements(tables, deal, to),
        papers=papers(tables, deal, sources),
        beside=beside(tables, deal, sources, to),
    )


def facts(tables: Tables, deal: pd.Series, site: str) -> Markup:
    """Return the facts of a deal: parties, value, totals, dates, quantity, place, evidence; and how to correct them."""
    return template(
        "deal/facts.html",
        tables=tables,
        deal=dict(deal),
        facts=known(tables, deal),
        site=site,
    )


def statements(tables: Tables, deal: pd.Series, to: Links) -> Markup:
    """Return what is said of a deal: as the ledger has it where it is contested, else claims and denials first."""
    deal_id = deal["deal_id"]
    if evidence.contested_ids(tables, tables.deals[tables.deals["deal_id"] == deal_id]):
        entry = ledger.entry(tables, deal)
        return template("deal/statements.html", tables=tables, deal=dict(deal), entry=entry, to=to, site=to.site)
    said = ledger.sides_first(evidence.positions(tables, deal_id))
    shown = evidence.with_sources(tables, said.head(STATEMENTS))
    return template("deal/statements.html", tables=tables, entry=None, said=shown, count=len(said), to=to, site=to.site)


def papers(tables: Tables, deal: pd.Series, sources: pd.DataFrame) -> Markup:
    """Return the dated steps and the sources of a deal."""
    reported = evidence.with_sources(tables, dossier.steps(tables, deal["deal_id"]))
    return template("deal/papers.html", tables=tables, deal=dict(deal), reported=reported, sources=records(sources))


def beside(tables: Tables, deal: pd.Series, sources: pd.DataFrame, to: Links) -> Markup:
    """Return what stands beside the sources: whose press it is, what was not found, other deals of the pair."""
    only = evidence.one_sided(tables).get(deal["deal_id"], [])
    return template(
        "deal/beside.html",
        tables=tables,
        presses=dossier.presses(tables, sources),
        only=list(map(tables.country_name, only)),
        gaps=records(dossier.gaps(tables, deal["deal_id"])),
        related=records(dossier.related(tables, deal)),
        to=to,
    )


def cite(tables: Tables, here: Asked) -> None:
    """Show how to cite the deal in plain words, with a button that copies them; the other forms are in the line above."""
    plain = citing.plain(tables, cite_button.deal(tables, here), date.today())
    st.html(template("deal/cite.html") + template("forms.html", forms={"In plain words": plain}))
