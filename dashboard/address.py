"""What the reader's address means: an address read into choices, and the links that keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus, urlencode

from dashboard.choices.chosen import left_out
from dashboard.choices.parameters import EVERY, OPENED, SHARED, Parameter, parameters
from dashboard.choices.texts import words, year
from dashboard.choices.understood import LONGEST, understood
from dashboard.questions import quotes, sources
from dashboard.questions.deals import Selection
from dashboard.questions.whole import Want
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables

MOST = 50  # values of one parameter


@dataclass(frozen=True)
class Links:
    """Makes the addresses of pages: a page and parameters of its own, and the shared filters as they are.

    Whoever writes links is handed one, so that what is kept for all readers never holds the links of another reader. `site` is the full address of the dashboard, up to its last slash, "" where it
    is not known: what is sent to somebody else names it.
    """

    kept: tuple[tuple[str, tuple[str, ...]], ...] = ()
    site: str = ""

    def __call__(self, page: str, /, **own: str | Sequence[str]) -> str:
        """Return a link to a page, relative, so that it works below any base path; defaults are left away."""
        given = {name: _written(name, [value] if isinstance(value, str) else [*value]) for name, value in own.items()}
        query = "&".join(filter(None, {**self._kept, **given}.values()))
        return f"{page or '.'}?{query}" if query else page or "."

    @cached_property
    def _kept(self) -> dict[str, str]:
        """Return the shared filters as a query writes them; a page makes hundreds of links with the same."""
        return {name: _written(name, [*values]) for name, values in self.kept}

    def params(self, **own: str | Sequence[str]) -> dict[str, list[str]]:
        """Return the parameters of a link, in which its own take the place of a shared filter of the same name."""
        given = {name: [value] if isinstance(value, str) else list(value) for name, value in own.items()}
        params = {**{name: list(values) for name, values in self.kept}, **given}
        return {name: values for name, values in params.items() if _says(name, values)}


def _says(name: str, values: list[str]) -> bool:
    """Say whether values of a parameter are to be written: neither blank nor the default."""
    return any(values) and values != [EVERY[name].default]


def _written(name: str, values: list[str]) -> str:
    """Return a parameter as a query writes it, "" where there is nothing to write."""
    return "&".join(f"{name}={quote_plus(value)}" for value in values) if _says(name, values) else ""


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the `values` of each choice that is not its default, and what could not be read.

    `lost` holds the values left out, by parameter; `notes` says so in sentences. `made` are choices that the page made
    itself where the address has none.
    """

    page: str
    values: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, tuple[str, ...]]
    site: str = ""
    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Return the same for the same address, so that what is made of it can be kept."""
        return hash((self.page, self.site, *self.values.items()))

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values of a choice of several; none where the address has none."""
        return self.values.get(name, ())

    def one(self, name: str) -> str:
        """Return the value of a choice of one, or its default."""
        return next(iter(self.several(name)), EVERY[name].default)

    @cached_property
    def selection(self) -> Selection:
        """Return the shared filters, as they select deals."""
        chosen = {parameter.field or parameter.name: self._typed(parameter) for parameter in SHARED}
        return Selection(**{name: value for name, value in chosen.items() if value})

    @property
    def statements(self) -> quotes.Choice:
        """Return the page's own filters, as they select statements."""
        return quotes.Choice(**{name: self.several(name) for name in quotes.COLUMNS}, said=self.one("said"))

    @property
    def publications(self) -> sources.Choice:
        """Return the page's own filters, as they select sources."""
        return sources.Choice(**{name: self.several(name) for name in sources.COLUMNS}, text=self.one("text"))

    @property
    def rows(self) -> Want:
        """Return the page's own choices, as they select rows of one table."""
        several = (self.several(name) for name in ("blank", "filled", "part"))
        return Want(self.one("table"), self.one("find"), *several, self.one("only"), self.one("sort"))

    def _typed(self, parameter: Parameter) -> Any:
        value = self.several(parameter.name) if parameter.several else self.one(parameter.name)
        return int(value) if isinstance(value, str) and value and parameter.text is year else value

    @cached_property
    def links(self) -> Links:
        """Return what makes the links of this page: they keep the shared filters, and the version where it is shown as it was then."""
        names = [one.name for one in SHARED] + (["v", "then"] if self.is_then else [])
        return Links(tuple((name, self.values[name]) for name in names if name in self.values), self.site)

    @property
    def is_then(self) -> bool:
        """Say whether the tables are to be shown as they were in the version that the address names."""
        return self.one("then") == "yes" and bool(self.one("v"))

    @property
    def query(self) -> str:
        """Return the query of the address that gives this view in a fresh browser."""
        return urlencode(self.values, doseq=True)

    def lasting(self, version: str) -> str:
        """Return the query of the address that gives this view whatever changes: every choice, defaults too, and the version of the tables."""
        written = [
            one for one in parameters(self.page) if one not in OPENED and (not one.passes or one.name in self.values)
        ]
        chosen = {one.name: {**self.made, **self.values}.get(one.name, (one.default,)) for one in written}
        opened = {"v": version, **({"then": "yes"} if self.is_then else {})}
        return urlencode({**{name: values for name, values in chosen.items() if any(values)}, **opened}, doseq=True)

    @property
    def shown(self) -> str:
        """Return the query of what is on screen, for a file of it: neither how it is framed nor, of today's tables, a version."""
        how = {"embed"} if self.is_then else {one.name for one in OPENED}
        return urlencode({name: values for name, values in self.values.items() if name not in how}, doseq=True)

    def dated(self, then: str) -> str:
        """Return the link to this view as it was in the version that the address names ("yes"), or as it is now ("no")."""
        return Links()(self.page, **{**self.values, "then": then, "embed": "false"})

    @property
    def filters(self) -> list[str]:
        """Return the names of the filters that are set."""
        return [name for name in self.values if not EVERY[name].view]

    @property
    def notes(self) -> list[str]:
        """Return what this address asks for and does not get, a sentence each."""
        notes = [left_out(EVERY[name], values, name in self.values) for name, values in self.lost.items()]
        if self.selection.has_no_year:
            since, until = self.one("from"), self.one("to")
            notes.append(
                f"The years contradict each other: from {since}, but only to {until}. Nothing can be within them."
            )
        return notes


def read(tables: Tables, page: str, given: Mapping[str, Sequence[str]], site: str = "") -> Asked:
    """Return what an address of a page of a `site` asks for; names that the page does not know, such as `utm_source`, are ignored."""
    values, lost = {}, {}
    for parameter in parameters(page):
        texts = [_clean(text) for text in given.get(parameter.name, ())[:MOST]]
        found, left = _read(tables, parameter, [text for text in texts if text])
        if found and found != [parameter.default]:
            values[parameter.name] = tuple(found)
        if left:
            lost[parameter.name] = tuple(left)
    return Asked(page, values, lost, site)


def _clean(text: str) -> str:
    """Return a text that can be written in an address and shown: in one line, and a hostile length cut off."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: MOST * LONGEST])
    return " ".join(plain.split())


def _read(tables: Tables, parameter: Parameter, texts: list[str]) -> tuple[list[str], list[str]]:
    """Return the values understood, each once, and the texts that are not or are one too many."""
    found: dict[str, None] = {}
    lost: dict[str, None] = {}
    for text in _parted(tables, parameter, texts):
        value = understood(tables, parameter, text)
        if value and (parameter.several or not found or value in found):
            found[value] = None
        else:
            lost[text] = None
    return list(found), list(lost)


def _parted(tables: Tables, parameter: Parameter, texts: list[str]) -> list[str]:
    """Return the texts, taken apart at commas where they are no value as a whole."""
    if parameter.text is words:
        return [" ".join(texts)] if texts else []
    parts: list[str] = []
    for text in texts:
        whole = understood(tables, parameter, text)
        parts += [text] if whole else [part.strip() for part in re.split("[,;|]", text) if fold(part)] or [text]
    return parts[:MOST]
