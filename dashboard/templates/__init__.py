"""How HTML is made: the environment that the templates of this folder are read in, and `render`.

A page passes values; a template holds the tags and the words around them. Every value is escaped on its way in, and a
name that a page forgot to pass is an error, never a blank. Templates read nothing but this folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import words
from dashboard.correction import correction
from dashboard.questions.evidence import format_share
from dashboard.tables import dates

# Stands in drawn HTML where something is put in later; words of the tables never are it, since they are escaped.
GAP = Markup("<>")


class Html(Markup):
    """HTML that Streamlit sends as it is: of a plain text it looks for an indent in every line, milliseconds a page."""

    def _repr_html_(self) -> str:
        return str(self)


def format_number(number: float) -> str:
    """Return a number with its thousands set apart: `1,200`."""
    return f"{number:,}"


def in_css(text: str) -> Markup:
    """Return a text for a string of CSS, in which all but letters and digits stand as their numbers."""
    safe = "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x}" for sign in text)
    return Markup(safe)  # holds no sign of HTML or CSS but the backslash


def is_known(value: object) -> bool:
    """Say whether a value is there: one that is missing is neither false nor zero."""
    return bool(pd.notna(value))


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
ENVIRONMENT.filters |= {
    "correction": correction,
    "format_count": words.format_count,
    "format_date": dates.format_date,
    "format_number": format_number,
    "format_share": format_share,
    "format_money": words.format_money,
    "in_css": in_css,
    "listed": words.listed,
    "opening": words.opening,
    "plural": words.plural,
    "relation": words.relation,
    "role_in": words.role_in,
}
ENVIRONMENT.tests["known"] = is_known


def render(template: str, **values: Any) -> Html:
    """Return the HTML that a template of this folder gives for values; most take the `tables` as well."""
    return Html(ENVIRONMENT.get_template(template).render(values).strip())


def filled(parts: Iterable[str], put: Iterable[str]) -> str:
    """Return drawn HTML that was taken apart at its gaps, with what is put into each of them."""
    return "".join(chain.from_iterable(zip(parts, chain(put, [""]), strict=True)))


def words_of(template: str, name: str) -> Any:
    """Return words that a template sets, for what is no HTML and says the same."""
    return getattr(ENVIRONMENT.get_template(template).module, name)
