"""A fact in words, each said in one place for every page: who deals with whom, an amount, a number of things, a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from dashboard.tables.package import Currency

Row = Mapping[str, Any] | pd.Series

# What the two sides of a dealing are called, by its family; trade has the words of its columns.
SIDES = {"tie": ("First party", "With"), "measure": ("By", "Against")}
JOINED = {"trade": "{} to {}", "measure": "{} against {}"}


def relation(deal: Row, names: Mapping[str, str]) -> str:
    """Return who deals with whom, as a part of a sentence: `Turkey to Pakistan`, `Turkey and Pakistan`, `India against Turkey`.

    One supplies the other in trade; the parties of a tie are equals; a measure is one state's against another. The row
    has `supplier`, `recipient` and `family`, as in `tables.deals`; `names` gives countries by their alpha-3 codes.
    """
    sides = [[names.get(code, code) for code in deal[side].split(";")] for side in ("supplier", "recipient")]
    if deal["family"] in JOINED:
        return JOINED[deal["family"]].format(*map(listed, sides))
    return listed(sides[0] + sides[1])


def format_money(million: float, currency: Currency) -> str:
    """Return an amount in millions in words: `$1.5bn`, `$350m`, `$40,000`; a small amount is not zero."""
    if million >= 999.95:  # what would be rounded to $1,000m
        # Halves go up, as readers expect: binary numbers would give $2.02bn for 2,025 and $2.08bn for 2,075.
        billion = (Decimal(repr(float(million))) / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{currency.sign}{billion:,.2f}".rstrip("0").rstrip(".") + "bn"
    if 0 < million < 0.1:
        return f"{currency.sign}{million * 1_000_000:,.0f}"
    return f"{currency.sign}{million:,.1f}".removesuffix(".0") + "m"


def format_count(count: int, noun: str) -> str:
    """Return a number of things in words: `1 deal`, `12 deals`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def plural(count: int, one: str, several: str) -> str:
    """Return the one of two words that agrees with a number: `is` or `are`."""
    return one if count == 1 else several


def role_in(role: str, country: str) -> str:
    """Return a speaker's role and country, each said once: never `President of Turkey, Turkey`."""
    return role if re.search(rf"(of|,) (the )?{re.escape(country)}\b", role) else f"{role}, {country}"


def opening(text: str) -> str:
    """Return words as they begin a sentence or stand alone: `The Maldives and Turkey`."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: `a`, `a and b`, `a, b and c`; nothing for none."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def unless_said(line: str, title: str) -> str:
    """Return a line that stands below a title; "" where it only says the same."""
    return line if line.rstrip(".") != title.rstrip(".") else ""
