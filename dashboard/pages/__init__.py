"""What the reader sees: one module a page, one `render` each; here is what all of them share."""

from __future__ import annotations

import streamlit as st

from dashboard import controls, plotly_chart, rows_table
from dashboard.address import Asked, Links
from dashboard.drawing import drawing as drawing
from dashboard.kept import kept
from dashboard.plotly_chart import Chart
from dashboard.questions.deals import Selection, select
from dashboard.tables.load import Tables, waiting
from dashboard.templates import Html, render
from dashboard.views.common import ITEMS_A_PAGE as ITEMS_A_PAGE  # part of what pages share
from dashboard.views.common import sourced
from dashboard.views.view import FIRST, FRONT

# What lets the keyboard skip what comes next, a picture with much to walk through.
SKIP = render("skip.html", to="after", words="Skip the chart")


def heading(kicker: str, finding: str, lead: str = "") -> None:
    """Show the head of a page: its name small, its computed finding large, and what is said next."""
    st.html(_heading(kicker, finding, lead))


@kept
def _heading(kicker: str, finding: str, lead: str) -> Html:
    head = render("heading.html", kicker=kicker, finding=finding)
    return head + render("paragraph.html", kind="lead", words=lead) if lead else head


def picture(drawn: Chart, key: str, here: Asked) -> None:
    """Show the chart of an address, whose first picture as a file shows the same."""
    plotly_chart.show(drawn, key, still=f"{_file(here, FIRST)}.svg?{here.shown}")


def source_line(tables: Tables, more: str = "", hint: str = "", of: Asked | None = None) -> None:
    """Show where a picture's figures come from and of which version; it travels with every picture, a hint only on screens.

    `of` is the address whose picture stands above it, which can be taken as a file and cited; None where there is none.
    """
    st.html(sources_of(tables, more, hint, None if controls.is_framed() else of))


@kept
def sources_of(tables: Tables, more: str = "", hint: str = "", of: Asked | None = None) -> Html:
    """Return the line of `source_line`, for a part of a page that holds it; `of` is None in a frame."""
    line = render("paragraph.html", kind="source-line", words=f"{sourced(tables)} {more}".strip(), hint=hint)
    return line + taking(of) if of else line


def taking(here: Asked, name: str = FIRST) -> Html:
    """Return the ways to take a picture of a page as a file, by its name, and to cite it."""
    return render("take.html", of=_file(here, name), query=here.shown)


def _file(here: Asked, name: str) -> str:
    """Return the address of a picture as a file, without its ending."""
    return f"picture/{here.page or FRONT}/{name}"


def deals_in_view(tables: Tables, here: Asked, first: str = "") -> None:
    """Show the deals in view as rows to take away, the newest first or those first that the column `first` makes so."""
    rows_table.show(tables, here, deals_drawn(tables, here.selection, here.links, first))


@kept
def deals_drawn(tables: Tables, selection: Selection, to: Links, first: str) -> rows_table.Drawn:
    """Return the deals in view, drawn once for every page that shows them."""
    return rows_table.draw(tables, "deals", select(tables, selection), to, first)


def nothing(noun: str = "deal") -> None:
    """Say that the filters leave nothing, and what to do."""
    st.info(f"No {noun} fits these filters. Clear a filter to see more.", icon=":material/filter_alt_off:")


def waiting_faults() -> None:
    """List the faults of an edit that waits, as a part of a page; nothing where none waits."""
    if edit := waiting():
        st.html(render("faults/waiting.html", waiting=edit))
