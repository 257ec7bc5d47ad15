"""What hands a view over to somebody else: a link or a frame to copy, its citation, a slide of the reader's own, a briefing pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import cite_button, link_button, my_slides, pack_button
from dashboard.address import Asked
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import parameters
from dashboard.tables.load import Tables

Given = Mapping[str, Sequence[str]]


def link(tables: Tables, asked: Asked, given: Given) -> None:
    """Offer the link, with every choice and the version of the tables in it, and the citation; `given` are the parameters of the address."""
    link_button.show(asked.lasting(tables.dictionary.version), given)
    cite_button.of_view(tables, asked)


def whole(tables: Tables, asked: Asked, given: Given) -> None:
    """Offer the link and the citation, and the view as a slide of this browser, under the name of its page and its filters, and as a pack."""
    link(tables, asked, given)
    own = [parameter for parameter in parameters(asked.page) if not parameter.view]
    name = " · ".join([asked.page.title() or "Overview", *in_words(tables, asked.values, own)])
    my_slides.add(asked.page, asked.query, given, name)
    pack_button.of_view(tables, asked)
