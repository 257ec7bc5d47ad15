"""What `/sources` shows: every publication the tables rest on, with its grade, and whose press it is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd

from dashboard.address import Asked
from dashboard.questions import sources as bibliography
from dashboard.questions.evidence import format_share
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.views.common import MOST, page_of, taken
from dashboard.views.view import Rows, Shown
from dashboard.words import format_count

GRADED = "A grade is given to the publisher as a type of source."


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the publications in view."""
    found = bibliography.select_sources(tables, asked.selection, asked.publications)
    return Shown(
        finding=finding(found), count=len(found), whole=len(tables.sources), noun="sources", notes=(GRADED,),
        tables=(press_table(tables, found), grades_table(tables, found), taken(tables, "sources", found)),
        sources=tuple(records(page_of(asked, found).head(MOST))),
    )  # fmt: skip


def finding(sources: pd.DataFrame) -> str:
    """Return the page's one sentence, computed from the sources in view."""
    if sources.empty:
        return "No publication is in view."
    words = f"{format_count(len(sources), 'publication')} {'goes' if len(sources) == 1 else 'go'} back to"
    origins = format_count(len(set(sources["origin"].to_numpy())), "independent origin")
    share = bibliography.share_good(sources)
    part = f"{format_share(share)} of the publications are".capitalize()
    if share in (0, 1):
        part = ("It is" if share else "It is not") if len(sources) == 1 else ("All are" if share else "None is")
    return f"{words} {origins}. {part} graded B or better."


def press_table(tables: Tables, found: pd.DataFrame) -> Rows:
    """Return how many publications come from whose press."""
    groups = bibliography.press_groups(tables, found)
    rows = tuple((group.label, group.sources) for group in groups)
    return Rows("press", "Whose press it is", {"label": "Publisher’s country", "sources": "Publications"}, rows, len(rows))  # fmt: skip


def grades_table(tables: Tables, found: pd.DataFrame) -> Rows:
    """Return how many publications have each grade, the best first."""
    graded, grades = Counter(found["reliability"].to_numpy()), tables.dictionary.choices("sources", "reliability")
    rows = tuple((grade, words, graded[grade]) for grade, words in grades.items())
    headings = {"grade": "Grade", "words": "Meaning", "sources": "Publications"}
    return Rows("grades", "How they are graded", headings, rows, len(rows), tuple(grades))
