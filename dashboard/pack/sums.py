"""The sums of a view as formulas over its rows in a workbook: each gives the number that the view shows, and follows when a row is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from dashboard.address import Asked
from dashboard.questions import deals as totals_of
from dashboard.questions import money
from dashboard.questions.money import FOLDED, UNITS
from dashboard.tables.load import Tables
from dashboard.views import value
from dashboard.views.view import Cell, Rows, View

# The columns that the sums are made from, which come after those of the table.
COUNTED = {
    "group": "Group in the sums",
    "value_usd_m": "Value",
    "value_low_usd_m": "Lowest value",
    "value_high_usd_m": "Highest value",
}
WILD = str.maketrans({"~": "~~", "*": "~*", "?": "~?", '"': '""'})
EMPTY = '""'  # what a formula shows where nothing is known: never a zero


class Formula(NamedTuple):
    """A formula of a cell, and what it comes to; None where it shows nothing."""

    text: str
    comes_to: Cell


@dataclass(frozen=True, eq=False)
class Summed:
    """The sums of a view: the table that it shows, or would show, their unit, and for each deal what it adds to which group.

    `counted` has the columns of `COUNTED` by the index of the deals; a deal that is in no sum has blanks there.
    """

    table: Rows
    unit: str
    counted: pd.DataFrame


def summed(tables: Tables, asked: Asked, view: View, deals: pd.DataFrame) -> Summed:
    """Return the sums of deals: those of the page of values as it shows them, of any other page by domain."""
    by, stated_in = "domain", ""
    if view.page == "value":
        by, found = asked.one("by"), value.sums(tables, asked.selection, asked.one("money"))
        deals, stated_in = found.inside, found.stated_in
    groups = money.groups(tables, deals, by)
    table = value.sums_table(tables, by, groups, totals_of.total(deals, value.bases(tables)), stated_in)
    labels = {group.key: group.label for group in groups}
    names = money.keys(deals, by).map(lambda key: labels.get(key, labels.get(FOLDED)))
    units = {unit: deals[unit].fillna(deals["value_usd_m"]) for unit in UNITS}
    unit = f"millions of {stated_in or tables.package.currency.name}"
    return Summed(table, unit, pd.DataFrame({"group": names, **units}, deals.index).astype(object))


def formulas(
    tables: Tables, table: Rows, sheet: str, columns: Mapping[str, int], count: int
) -> Iterator[list[Cell | Formula]]:
    """Yield the rows of the table with its numbers as formulas; the last adds up those above it.

    `sheet` holds `count` rows of deals from its second line on, and `columns` says in which of its columns there are the
    `COUNTED` ones, `in_totals`, `value_basis` and `unpriced`.
    """
    where = {
        name: f"'{sheet}'!${xl_col_to_name(at)}$2:${xl_col_to_name(at)}${max(count, 1) + 1}"
        for name, at in columns.items()
    }
    names = list(table.headings)
    for line, row in enumerate(table.rows, start=1):
        is_whole = line == len(table.rows)
        yield [
            cell if name in ("group", "reasons") else Formula(_whole(names, name, line) if is_whole else _group(tables, where, names, name, row[0], line), cell)
            for name, cell in zip(names, row, strict=True)
        ]  # fmt: skip


def _group(tables: Tables, where: Mapping[str, str], names: list[str], name: str, group: Cell, line: int) -> str:
    """Return the formula of one number of a group; the cells of a column that holds money are blank where nothing is priced."""
    of = f"{where['group']},{_same(str(group), xl_rowcol_to_cell(line, 0, col_abs=True))}"
    label = tables.dictionary.label
    yes, no = (f'{where["in_totals"]},"={label("deals", "in_totals", word)}"' for word in ("yes", "no"))
    priced = f'{of},{yes},{where["value_usd_m"]},"<>"'
    if name in tables.dictionary.choices("deals", "value_basis"):
        basis = f"{where['value_basis']},{_same(label('deals', 'value_basis', name))}"
        return f"=IF(COUNTIFS({priced},{basis})=0,{EMPTY},SUMIFS({where['value_usd_m']},{of},{yes},{basis}))"
    counts = {
        "priced": f"COUNTIFS({priced})", "unpriced": f'COUNTIFS({of},{where["unpriced"]},"=not disclosed")',
        "left_out": f"COUNTIFS({of},{no})",
    }  # fmt: skip
    if name in counts:
        return f"={counts[name]}"
    column = {"disclosed": "value_usd_m", "low": "value_low_usd_m", "high": "value_high_usd_m"}[name]
    return f"=IF({_cell(names, 'priced', line)}=0,{EMPTY},SUMIFS({where[column]},{of},{yes}))"


def _whole(names: list[str], name: str, line: int) -> str:
    """Return the formula that adds up a column; it shows nothing where no group has a number."""
    column = xl_col_to_name(names.index(name))
    above = f"{column}2:{column}{line}" if line > 1 else "0"
    return (
        f"=SUM({above})"
        if name in ("priced", "unpriced", "left_out")
        else f"=IF(COUNT({above})=0,{EMPTY},SUM({above}))"
    )


def _cell(names: list[str], name: str, line: int) -> str:
    return xl_rowcol_to_cell(line, names.index(name), col_abs=True)


def _same(text: str, cell: str = "") -> str:
    """Return the criterion that a cell says exactly this; `cell` holds it, which serves where it has no sign that means more."""
    plain = text.translate(WILD)
    return f'"="&{cell}' if cell and plain == text else f'"={plain}"'
