"""The figures of two relations, states or speakers side by side, each pair of figures on one scale."""

from __future__ import annotations

from collections import Counter
from functools import partial
from operator import itemgetter

import pandas as pd

from dashboard.questions import money, quotes, sorts
from dashboard.questions.bars import Cell, Line, Part, columns, line, shares
from dashboard.questions.comparable import SPEAKER, STATE, Compared
from dashboard.questions.deals import SURE, Totals, count_by, is_sure, latest_steps, total
from dashboard.questions.flows import flow_rows
from dashboard.tables.dates import format_date, years_of
from dashboard.tables.load import Tables
from dashboard.words import format_count, format_money, opening, relation

Both = tuple[Compared, Compared]
DOUBTED = "hatched"  # the look of what is alleged or denied
SORTS = {"trade": "Trade deals", "tie": "Ties", "measure": "Measures", "claimed": "Claimed transfers"}
SPOKEN = {"asserts": "Claim", "denies": "Deny", "comments": "Qualify or comment"}
ABOUT = "Of a speaker, those that the statements are about."


def parts(tables: Tables, both: Both) -> list[Part]:
    """Return the figures of both part by part; where one is a speaker they are about what is said, and none is of money."""
    if any(one.kind == SPEAKER for one in both):
        named = [_counted(tables, both, "quotes", column) for column in ("topic", "stance")]
        return [_statements(tables, both), *named, _dealings(both, ABOUT), _evidence(both)]
    domains = _counted(tables, both, "deals", "domain")
    return [_dealings(both), _ways(tables, both), _worth(tables, both), domains, _when(tables, both),
            _evidence(both), _statements(tables, both)]  # fmt: skip


def _dealings(both: Both, note: str = "") -> Part:
    counts, whole = [sorts.tally(one.deals) for one in both], [len(one.deals) for one in both]
    lines = [
        line(label, numbers, max(whole), DOUBTED if sort == "claimed" else "solid")
        for sort, label in SORTS.items()
        if any(numbers := [count[sort] for count in counts])
    ]
    return Part("Dealings", note, [line("In all", whole, max(whole)), *lines])


def _ways(tables: Tables, both: Both) -> Part:
    """Return how many trade deals run each way, transfers only claimed left away."""
    ways = [_both_ways(tables, one) for one in both]
    most = max(count for way in ways for _, count in way)
    lines = [
        Line(label, tuple(Cell(f"{words}: {count or 'none'}", ((100 * count / (most or 1), "solid"),)) for words, count in cells))
        for label, *cells in zip(("One way", "The other way"), *ways, strict=True)
    ]  # fmt: skip
    return Part("Who supplies whom", "Trade deals. Transfers that are only claimed are not among them.", lines)


def _both_ways(tables: Tables, one: Compared) -> list[tuple[str, int]]:
    """Return in words which way trade runs, out of the first state and into it, and in how many deals."""
    there = set(one.deals["deal_id"].to_numpy())
    rows = [
        row for row in flow_rows(tables) if row["deal_id"] in there and row["family"] == "trade" and not row["claimed"]
    ]
    first, other = one.codes[0], one.codes[-1]
    if one.kind == STATE:
        sides = {"supplier": "supplies", "recipient": "receives"}
        return [
            (f"{one.title} {verb}", len({row["deal_id"] for row in rows if row[side] == first}))
            for side, verb in sides.items()
        ]
    return [
        (
            opening(relation({"supplier": out, "recipient": into, "family": "trade"}, tables.sentence_names)),
            sum(row["supplier"] == out and row["recipient"] == into for row in rows),
        )
        for out, into in ((first, other), (other, first))
    ]


def _worth(tables: Tables, both: Both) -> Part:
    """Return what the deals add up to and of what parts, and how much has no public value or is left out."""
    bases, usd = (
        tables.dictionary.choices("deals", "value_basis"),
        partial(format_money, currency=tables.package.currency),
    )
    patterns, sums = (
        tables.dictionary.meaning("deals", "value_basis", "pattern"),
        [total(one.deals, [*bases]) for one in both],
    )
    most = max(one.disclosed for one in sums)
    whole = [
        Cell(
            f"{usd(one.disclosed)}, {format_count(one.priced, 'deal')}" if one.priced else "none",
            tuple((100 * part / (most or 1), patterns[basis]) for basis, (part, _) in one.parts.items()),
        )
        for one in sums
    ]
    lines = [
        line(label, [one.parts[basis][0] for one in sums], most, patterns[basis], words=usd)
        for basis, label in bases.items()
    ]
    notes = {
        "No public value": [_unknown(one) for one in sums],
        "Where sources differ": [f"{usd(one.low)} to {usd(one.high)}" if money.differs(one) else "no range" for one in sums],
        "Left out of the sum": [money.left_out(tables, one) or "none" for one in sums],
    }  # fmt: skip
    said = [Line(label, tuple(map(Cell, words))) for label, words in notes.items()]
    return Part(
        "Disclosed value", "Undisclosed is unknown, not zero.", [Line("Disclosed", tuple(whole)), *lines, *said]
    )


def _unknown(sums: Totals) -> str:
    return format_count(sums.unpriced, "trade deal") if sums.unpriced else "none"


def _counted(tables: Tables, both: Both, table: str, column: str) -> Part:
    """Return how many deals or statements have each value of a column that either side has."""
    rows = [one.deals if table == "deals" else one.quotes for one in both]
    labels = tables.dictionary.choices(table, column)
    counts = [count_by(each, column, labels) for each in rows]
    most = max(max(each.values()) for each in counts)
    lines = [
        line(label, numbers, most, domain=value if column == "domain" else "")
        for value, label in labels.items()
        if any(numbers := [each[value] for each in counts])
    ]
    return Part(tables.dictionary.title(table, column), "", lines)


def _when(tables: Tables, both: Both) -> Part:
    """Return when the dealings begin, year by year, which is the first of them, and what the latest step is."""
    dated = [one.deals[one.deals["begins"].notna()] for one in both]
    lines = [
        Line("First", tuple(map(_first, dated))),
        Line("Latest step", tuple(_latest(tables, one.deals) for one in both)),
    ]
    starts = [(years_of(deals["begins"].to_numpy()), deals["is_doubted"].to_numpy(bool)) for deals in dated]
    return Part("When", "Hatched: alleged or denied.", lines, columns("Begin each year", starts))


def _first(dated: pd.DataFrame) -> Cell:
    """Return the first of deals that all have a date, by the year in which it began."""
    if dated.empty:
        return Cell("no date is known")
    first = dated.iloc[int(dated["begins"].to_numpy().argmin())]
    return Cell(f"{first['begins'].year}: {first['title']}", deal_id=first["deal_id"])


def _latest(tables: Tables, deals: pd.DataFrame) -> Cell:
    """Return the latest dated step of deals, with the deal that it is a step of."""
    steps = latest_steps(tables, deals, 1)
    named = [Cell(f"{format_date(step['date'])}: {step['title']}", deal_id=step["deal_id"]) for step in steps]
    return next(iter(named), Cell("no step is known"))


def _evidence(both: Both) -> Part:
    """Return which share of the dealings reaches each degree of evidence, and which is alleged or denied."""
    wholes = [len(one.deals) for one in both]
    lines = [
        shares(label, [int(is_sure(one.deals, sure).sum()) for one in both], wholes)
        for sure, label in SURE.items()
        if sure != "any"
    ]
    doubted = [int(one.deals["is_doubted"].sum()) for one in both]
    note = "Bars are shares of each side’s own dealings."
    return Part("How sure", note, [*lines, shares("Alleged or denied", doubted, wholes, DOUBTED)])


def _statements(tables: Tables, both: Both) -> Part:
    """Return how many statements there are, in whose words, on which side, of how many speakers, and of which time."""
    said = [one.quotes for one in both]
    side_of = tables.dictionary.meaning("quotes", "stance", "side")
    sides = [Counter(map(side_of.get, rows["stance"].to_numpy())) for rows in said]
    most = max(map(len, said))
    counts = {
        "In all": list(map(len, said)),
        "In direct words": [quotes.count_exact(tables, rows) for rows in said],
        **{label: [each[side] for each in sides] for side, label in SPOKEN.items()},
    }
    lines = [line(label, numbers, most) for label, numbers in counts.items()]
    lines += [Line("Time", tuple(Cell(_span(rows)) for rows in said))]
    if all(one.kind != SPEAKER for one in both):
        lines.insert(1, line("Speakers", [len(set(rows["analyst"].to_numpy())) for rows in said], most))
    return Part("Statements", "" if both[0].kind == SPEAKER else "Those that speak of these dealings.", lines)


def _span(rows: pd.DataFrame) -> str:
    """Return from when to when statements are, in words."""
    days = [
        (day, text) for day, text in zip(rows["date_earliest"].to_numpy(), rows["date"].to_numpy(), strict=True) if text
    ]
    if not days:
        return "no date is known" if len(rows) else "none"
    first, last = (
        format_date(text) for _, text in (min(days, key=itemgetter(0)), max(reversed(days), key=itemgetter(0)))
    )
    return first if first == last else f"{first} to {last}"
