"""What `/timeline` shows: every deal in view as a bar with its milestones, or how many begin in each year."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd

from dashboard.address import Asked
from dashboard.charts import deals_per_year
from dashboard.charts.glance.sheet import Sheet
from dashboard.charts.glance.years import year_bars
from dashboard.charts.timeline import figure, still
from dashboard.charts.timeline.timetable import timetable
from dashboard.questions import deals, findings
from dashboard.questions import timeline as chronology
from dashboard.style.tokens import LIGHT
from dashboard.tables.dates import years_of
from dashboard.tables.load import Tables
from dashboard.views.common import WIDE, resting, sourced, taken
from dashboard.views.glances import years_drawn
from dashboard.views.view import Picture, Rows, Shown
from dashboard.words import format_count, listed

USED = ["deal_id", "title", "domain", "supplier", "recipient", "status", "begins", "is_open", "is_doubted"]
ALIKE = "A date known only by year or month is drawn as wide as it is uncertain."
BEGINS = "A deal begins with the first date known of it; one without any date is in no year."


def shown(tables: Tables, asked: Asked, today: date) -> Shown:
    """Return the view of when the deals in view were."""
    whole, selection = deals.select(tables, asked.selection), asked.selection
    found = in_order(whole)
    sentence, counts = finding(found, selection.since, selection.until), chronology.per_year(tables, found)
    undated = int(found["begins"].isna().sum())
    return Shown(
        finding=sentence, count=len(found), whole=len(tables.deals),
        notes=(f"{format_count(undated, 'deal')} without any date {'is' if undated == 1 else 'are'} not in the picture.",) if undated else (),
        pictures=pictures(tables, found, asked, sentence, today), tables=(years_table(tables, counts), taken(tables, "deals", whole)),
        sources=resting(tables, whole),
    )  # fmt: skip


def in_order(view: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn of deals, rows of `tables.deals`, the earliest first."""
    return view[USED].sort_values(["begins", "title"], kind="stable")


def too_many(count: int) -> str:
    """Return why deals are counted by year and not drawn one by one."""
    return f"{count:,} deals are too many for a row each, so the picture counts those that begin in each year."


def pictures(tables: Tables, found: pd.DataFrame, asked: Asked, sentence: str, today: date) -> tuple[Picture, ...]:
    """Return the bars of the deals in their rows, first how many begin in each year where they are too many; none without a date."""
    if found["begins"].isna().all():
        return ()
    if len(found) > figure.MOST:
        return (years_picture(tables, found, sentence, too_many(len(found))),)
    by, selection = asked.one("group"), asked.selection
    table = timetable(tables, found, by, today, selection.since, selection.until, every=asked.one("rows") == "all")
    notes = (ALIKE, *(f"{words[:1].upper()}{words[1:]}." for words in figure.notes(table, today).values()))
    alt = figure.alt(tables, found, by)
    source = f"{sourced(tables)} {ALIKE}"
    whole = Picture("timeline", sentence, alt, table, notes, lambda: still.timeline(tables, table, alt, today, source))
    if still.rows(table) <= still.MOST:
        return (whole,)
    more = f"{still.rows(table):,} rows are too many for one picture, so it counts the deals that begin in each year."
    counted = findings.on_years(chronology.per_year(tables, found), int(found["begins"].isna().sum()))
    return years_picture(tables, found, counted, more), whole  # what can take several pages has the rows as well


def years_picture(tables: Tables, found: pd.DataFrame, sentence: str, *notes: str) -> Picture:
    """Return how many deals begin in each year."""
    counts, labels = chronology.per_year(tables, found), chronology.part_labels(tables)
    looks, sheet = tables.dictionary.tables["deals"]["domain"].meanings, Sheet("years", WIDE, LIGHT, sourced(tables))
    return Picture(
        "years", sentence, deals_per_year.alt(counts, labels), years_drawn(tables, counts), (*notes, BEGINS),
        lambda: year_bars(counts, labels, looks, sheet),
        lambda shape: year_bars(counts, labels, looks, sheet._replace(width=shape.width, source="")),
        lambda: year_bars(counts, labels, looks, Sheet("years")),
    )  # fmt: skip


def years_table(tables: Tables, counts: pd.DataFrame) -> Rows:
    """Return how many deals begin in each year as a table, from that of `chronology.per_year`."""
    labels = chronology.part_labels(tables)
    headings = {"year": "Year", **{str(name): labels[str(name)] for name in counts}, "deals": "All"}
    rows = tuple(
        (int(year), *map(int, row), int(row.sum())) for year, row in zip(counts.index, counts.to_numpy(), strict=True)
    )
    return Rows("years", "Deals that begin in each year", headings, rows, len(rows))


def finding(shown: pd.DataFrame, since: int | None = None, until: int | None = None) -> str:
    """Return the page's sentence: how many deals are active in the years asked for, and when most of them began.

    Of the deals in view, rows of `tables.deals`, `begins` and `is_open` are looked at; those without any date are left
    out. `since` and `until` are the first and last year that the reader asks for.
    """
    begins = shown["begins"].to_numpy()
    years = years_of(begins[~np.isnat(begins)])
    if not len(years):
        return "No deal in view has a date."
    asked = years[(years >= (since or years.min())) & (years <= (until or years.max()))]
    count, span, still = format_count(len(years), "deal"), _asked(since, until), int(shown["is_open"].sum())
    ends = f"{still:,} {'has' if still == 1 else 'have'} no reported end" if still else ""
    if len(years) == 1 and not span:
        return "; ".join(filter(None, [f"{count}, first dated {years.min()}", ends])) + "."
    parts = [f"{count} {span or f'since {years.min()}'}", _busiest(asked, len(years)), ends]
    return "; ".join(filter(None, parts)) + "."


def _asked(since: int | None, until: int | None) -> str:
    """Return the years asked for in words; "" where none are."""
    if since and since == until:
        return f"active in {since}"
    words = {"since" if not until else "from": since, "to" if since else "up to": until}
    years = " ".join(f"{word} {year}" for word, year in words.items() if year)
    return f"active {years}" if years else ""


def _busiest(years: np.ndarray, active: int) -> str:
    """Return in which year most deals began, of the years in which each did; the others of the `active` began earlier."""
    if not len(years):
        return "none began in that time"
    of, counts = "" if len(years) == active else " of that time", Counter(years.tolist())
    most = max(counts.values())
    busiest = [str(year) for year, count in sorted(counts.items()) if count == most]
    if len(years) == 1:
        return f"one began in {busiest[0]}"
    if most == len(years):
        return f"{most:,} began in {busiest[0]}, the rest earlier" if of else f"all began in {busiest[0]}"
    if most == 1:
        return f"no two began in the same year{of}"
    if len(busiest) > 3:
        return f"never more than {most:,} began in a year{of}"
    if len(busiest) > 1:
        return f"more began in {listed(busiest)} than in any other year{of}, {most:,} in each"
    return f"more began in {busiest[0]} than in any other year{of}, {most:,}"
