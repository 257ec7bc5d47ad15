"""A fact in words: how the parties of a dealing stand to each other, said in one place for every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.deals import listed

Row = Mapping[str, Any] | pd.Series

# What the two sides of a dealing are called, by its family; trade has the words of its columns.
SIDES = {"tie": ("First party", "With"), "measure": ("By", "Against")}
JOINED = {"trade": "{} to {}", "measure": "{} against {}"}


def relation(deal: Row, names: Mapping[str, str]) -> str:
    """Return who deals with whom: `Turkey to Pakistan`, `Turkey and Pakistan`, `India against Turkey`.

    One supplies the other in trade; the parties of a tie are equals; a measure is one state's against another. The row
    has `supplier`, `recipient` and `family`, as in `tables.deals`; `names` gives countries by their alpha-3 codes.
    """
    sides = [[names.get(code, code) for code in deal[side].split(";")] for side in ("supplier", "recipient")]
    if deal["family"] in JOINED:
        return JOINED[deal["family"]].format(*map(listed, sides))
    return listed(sides[0] + sides[1])
