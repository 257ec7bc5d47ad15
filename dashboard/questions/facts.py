"""The facts of one deal in words: parties, value, totals, dates, quantity, place, evidence; what is not public is said to be so."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from dashboard.questions import dossier, ledger
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_money, listed

UNKNOWN = "Date not known"


class Fact(NamedTuple):
    """One fact: what it is about, what that is called, what stands out of it, more words, and what stands beneath in small print.

    `name` is the column of deals, or a word of ours.
    """

    name: str
    term: str
    figure: str = ""
    words: str = ""
    beneath: str = ""

    @property
    def said(self) -> str:
        """Return the whole fact in one line."""
        return "; ".join(filter(None, [" ".join(filter(None, [self.figure, self.words])), self.beneath]))


def facts(tables: Tables, deal: pd.Series) -> list[Fact]:
    """Return the facts of a deal, a row of `tables.deals`, in the order of reading."""
    sides = [Fact("party", side["word"], listed(side["states"]), "", side["bodies"] or "body not named") for side in dossier.parties(tables, deal)]  # fmt: skip
    title, article = tables.dictionary.title, dossier.starting_article(tables)
    blank = {"announced": UNKNOWN, "start": UNKNOWN, "end": "Open or not known"}
    days = [Fact(name, title("deals", name), words=dates.format_date(deal[name]) if deal[name] else words) for name, words in blank.items()]  # fmt: skip
    cited = deal["source_ids"].split(";")
    behind = f"{format_count(len(cited), 'source')}, {format_count(deal['origins'], 'independent origin')}"
    found = [
        *sides, Fact("value_usd_m", title("deals", "value_usd_m"), *_value(tables, deal)),
        Fact("in_totals", title("deals", "in_totals"), words=_in_totals(deal)), Fact("quantity", title("deals", "quantity"), words=_quantity(deal)),
        *days, Fact("place_id", title("deals", "place_id"), "", *_place(tables, deal)), Fact("credibility", "Evidence", words=_grade(tables, deal), beneath=behind),
    ]  # fmt: skip
    if article:
        said = "Yes" if article["source_id"] in cited else "No"
        found.append(Fact("article", "In the starting article", words=f"{said} ({article['publisher']})"))
    return [*found, Fact("last_checked", title("deals", "last_checked"), words=dates.format_date(deal["last_checked"]))]


def _value(tables: Tables, deal: pd.Series) -> tuple[str, str]:
    """Return the figure with its range and basis, or why there is none."""
    currency, label, title = tables.package.currency, tables.dictionary.label, tables.dictionary.title
    if pd.isna(deal["value_usd_m"]):
        if deal["has_price"]:
            return "", "No public value was found. It is unknown, not zero."
        kind = label("deals", "kind", deal["kind"]).lower()
        return "", f"No price applies: the kind is {kind}, which is not counted as a trade deal."
    ends = {"lowest public figure": deal["value_low_usd_m"], "highest": deal["value_high_usd_m"]}
    parts = [f"{word} {format_money(million, currency)}" for word, million in ends.items() if not pd.isna(million)]
    basis = label("deals", "value_basis", deal["value_basis"]).lower()
    parts += [f"{title('deals', 'value_basis').lower()}: {basis}", f"{currency.name} of the time"]
    return format_money(deal["value_usd_m"], currency), "; ".join(parts)


def _in_totals(deal: pd.Series) -> str:
    """Return whether a deal is in totals, and if it is not, why."""
    if deal["in_totals"] == "no":
        return f"No: {ledger.reason_left_out(deal['doubt'])}"
    return "Yes. It has no public value, so it adds nothing to a sum." if pd.isna(deal["value_usd_m"]) else "Yes"


def _quantity(deal: pd.Series) -> str:
    """Return how many of what."""
    unit = deal["unit"]
    if pd.isna(deal["quantity"]):
        return f"Number not public ({unit})" if unit else "None given"
    return f"{deal['quantity']:,}" + (f" × {unit}" if unit else "")


def _place(tables: Tables, deal: pd.Series) -> tuple[str, str]:
    """Return the place, and how exactly it is known."""
    place: dict[str, Any] | None = dossier.place(tables, deal)
    if not place:
        return "No place applies or is known", ""
    country = tables.country_name(place["country"])
    where = place["name"] if place["name"] == country else f"{place['name']}, {country}"
    return where, f"Known to the level of the {tables.dictionary.label('places', 'precision', place['precision']).lower()}"  # fmt: skip


def _grade(tables: Tables, deal: pd.Series) -> str:
    """Return how credible a deal is in words."""
    grade = deal["credibility"]
    if pd.isna(grade):
        return "Not graded"
    return f"Credibility {grade}: {tables.dictionary.label('deals', 'credibility', grade).lower()}"
