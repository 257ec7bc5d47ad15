"""The dossier of one deal: everything known of it, who says so, what is in doubt and what was not found."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pydeck as pdk
import streamlit as st
from markupsafe import Markup

from dashboard import citation, controls, markup
from dashboard.address import Asked, Links
from dashboard.charts.map.arcs import around, brought_in, inside
from dashboard.charts.map.deck import VIEWPOINT, deal_map, map_words
from dashboard.markup import dossier as parts
from dashboard.markup import ledger as ledger_markup
from dashboard.pages import grades_explained, heading, source_line
from dashboard.questions import dossier, evidence, flows, ledger
from dashboard.questions.deals import Selection, select
from dashboard.style import plotly as theme
from dashboard.tables.load import Tables
from dashboard.words import format_count, relation

LATEST = 12
WIDTHS = (1.45, 1.0)  # of the text and of what stands beside it
STATEMENTS = 50
MAP_HEIGHT = 300  # pixels


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
    heading("Deal", "No deal is named in this address.")
    controls.in_view(tables, here)
    st.write("Search by title, party or summary in the filters, or follow a deal from any other page.")
    _show_links(tables, dossier.latest(select(tables, here.selection), LATEST), "The latest deals in view", here.links)


def unknown(tables: Tables, here: Asked, wanted: str) -> None:
    """Say that the deal named is not in the tables, and list those near in name."""
    heading("Deal", f"There is no deal “{wanted[:80]}”.")
    controls.in_view(tables, here)
    near = dossier.near(tables, wanted[:80])
    if near.empty:
        st.write("No deal has a name like it. Search by title, party or summary in the filters.")
        near = dossier.latest(select(tables, here.selection), LATEST)
        _show_links(tables, near, "The latest deals in view", here.links)
    else:
        _show_links(tables, near, "Nearest in name", here.links)


def _show_links(tables: Tables, deals: pd.DataFrame, title: str, to: Links) -> None:
    st.html(parts.section(title, _links(tables, deals, to)) or Markup("<p>No deal fits these filters.</p>"))


def _links(tables: Tables, deals: pd.DataFrame, to: Links) -> Markup:
    rows = [(to("deal", id=deal["deal_id"]), deal) for _, deal in deals.iterrows()]
    return parts.deal_links(tables, rows) if rows else Markup("")


def show(tables: Tables, here: Asked, deal: pd.Series) -> None:
    """Draw the dossier of a deal, a row of `tables.deals`."""
    st.set_page_config(page_title=f"{deal['title']} · Defence Ties")
    heading(f"Deal · {relation(deal, tables.country_names)}", deal["title"])
    file = assemble(tables, tables.stamp, deal["deal_id"], here.selection, here.links)
    st.html(parts.lead(tables, deal))
    grades_explained(tables, controls.in_view(tables, here, shown=file.in_view))
    if not file.is_in_view:
        st.caption("This deal is outside the filters now set; it is shown because the address names it.")
    main, aside = st.columns(WIDTHS, gap="large")
    main.html(file.account)
    with main:
        where(tables, deal)
    aside.html(file.facts)
    if file.statements:
        st.html(file.statements)
    main, aside = st.columns(WIDTHS, gap="large")
    main.html(file.papers)
    with aside:
        st.html(file.beside)
        cite(tables, deal)
    source_line(tables, f"Deal {deal['deal_id']}.")


def where(tables: Tables, deal: pd.Series) -> None:
    """Show the deal on a small map: the line of its family between its states, and its place as exactly as it is known."""
    lines, places, deck = small_map(tables, tables.stamp, deal["deal_id"], st.context.theme.type or "light")
    st.pydeck_chart(deck, height=MAP_HEIGHT, key="place", alt=map_words(lines, places))
    st.html(Markup('<p class="meta">{}</p>').format(VIEWPOINT))


@st.cache_resource(max_entries=256, show_spinner=False)
def small_map(_tables: Tables, stamp: str, deal_id: str, ground: str) -> tuple[pd.DataFrame, pd.DataFrame, pdk.Deck]:
    """Return the lines, the place and the deck of one deal, opened where all of it that the map holds is seen."""
    one = _tables.deals[_tables.deals["deal_id"] == deal_id]
    lines, places = flows.flows(_tables, one, "deals"), flows.sites(_tables, one)
    points = [point for point in zip(places["lon"], places["lat"], strict=True) if inside(point)]
    starts, ends = (zip(lines[f"lon_{end}"], lines[f"lat_{end}"], strict=True) for end in ("from", "to"))
    for start, end in zip(starts, ends, strict=True):
        points += brought_in(start, end), brought_in(end, start)
    deck = deal_map(
        lines,
        places,
        _tables.dictionary.meaning("deals", "domain", "colour"),
        ink=theme.INKS[ground],
        ground=theme.GROUNDS[ground],
        view=around(points),
    )
    return lines, places, deck


class File(NamedTuple):
    """The parts of one dossier, ready to be shown."""

    in_view: int
    is_in_view: bool
    account: Markup
    facts: Markup
    statements: Markup
    papers: Markup
    beside: Markup


@st.cache_resource(max_entries=256, show_spinner=False)
def assemble(_tables: Tables, stamp: str, deal_id: str, selection: Selection, to: Links) -> File:
    """Return the parts of a deal's dossier; `to` makes their links."""
    deal = _tables.deals[_tables.deals["deal_id"] == deal_id].iloc[0]
    view = select(_tables, selection)["deal_id"]
    sources = evidence.cited(_tables, [deal["source_ids"]])
    return File(
        in_view=len(view),
        is_in_view=bool((view == deal_id).any()),
        account=account(deal),
        facts=parts.facts(_tables, deal),
        statements=statements(_tables, deal, to),
        papers=steps(_tables, deal) + documents(_tables, deal, sources),
        beside=beside(_tables, deal, sources, to),
    )


def account(deal: pd.Series) -> Markup:
    """Return the summary of a deal, and what the sources disagree on."""
    summary = Markup('<p class="summary">{}</p>').format(deal["summary"])
    doubt = ledger_markup.doubt(deal["doubt"], without=ledger.LEFT_OUT)
    if not doubt:
        return summary + Markup('<p class="meta">No disagreement between the sources is recorded.</p>')
    return summary + Markup('<section class="doubt"><h2>In doubt</h2>{}</section>').format(doubt)


def statements(tables: Tables, deal: pd.Series, to: Links) -> Markup:
    """Return what is said of a deal: as the ledger has it where it is contested, else claims and denials first."""
    deal_id = deal["deal_id"]
    if evidence.contested_ids(tables, tables.deals[tables.deals["deal_id"] == deal_id]):
        link = markup.link(to("claims", id=deal_id), "Its entry in the claim ledger")
        body = Markup('{}<p class="more">{}</p>').format(
            ledger_markup.positions(tables, ledger.entry(tables, deal)), link
        )
        return parts.section("Who claims it, who denies it", body, ledger_markup.NO_VERDICT)
    said = ledger.sides_first(evidence.positions(tables, deal_id))
    if said.empty:
        return Markup("")
    cards = ledger_markup.statements(tables, said.head(STATEMENTS))
    body = Markup('<div class="statements">{}</div>').format(cards)
    more = f"The first {STATEMENTS} of {len(said):,} are shown." if len(said) > STATEMENTS else ""
    return parts.section(f"What is said of it: {format_count(len(said), 'statement')}", body, more)


def steps(tables: Tables, deal: pd.Series) -> Markup:
    """Return the dated steps of a deal."""
    rows = dossier.steps(tables, deal["deal_id"])
    return parts.section(format_count(len(rows), "dated step"), ledger_markup.steps(tables, rows))


def documents(tables: Tables, deal: pd.Series, sources: pd.DataFrame) -> Markup:
    """Return the sources of a deal, and how many independent origins they go back to."""
    title = f"{format_count(len(sources), 'source')}, {format_count(int(deal['origins']), 'independent origin')}"
    note = "Pages that carry one agency’s text count as one origin. Reliability is that of the publisher as a type of source."
    return parts.section(title, markup.sources(tables, sources), note)


def beside(tables: Tables, deal: pd.Series, sources: pd.DataFrame, to: Links) -> Markup:
    """Return what stands beside the sources: whose press it is, what was not found, other deals of the pair."""
    gaps = dossier.gaps(tables, deal["deal_id"])
    found = parts.gaps(gaps) if len(gaps) else Markup("")
    related = _links(tables, dossier.related(tables, deal), to)
    return markup.join(
        [
            parts.section("Whose press is this", parts.press(tables, deal, sources)),
            parts.section("Looked for and not found", found),
            parts.section("Same parties, same domain", related),
        ]
    )


def cite(tables: Tables, deal: pd.Series) -> None:
    """Show how to cite the deal, with a button that copies it."""
    st.html(Markup('<section class="part"><h2>Cite</h2></section>'))
    address = f"{st.context.url or ''}?id={deal['deal_id']}"
    st.code(citation.cite_deal(tables, deal, address), language=None, wrap_lines=True)
