"""What sort of dealing each deal is, and how many there are of each sort, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.questions.deals import is_claimed
from dashboard.words import format_count, listed

# One deal of each family in words; trade that has no price is only claimed, and no trade deal.
NOUNS = {"trade": "trade deal", "tie": "tie", "measure": "measure", "claimed": "claimed transfer"}


def sorts(deals: pd.DataFrame) -> np.ndarray:
    """Return the sort of each deal, a key of `NOUNS`: its family, or `claimed` for trade that has no price."""
    return np.where(is_claimed(deals), "claimed", deals["family"].to_numpy())


def tally(deals: pd.DataFrame) -> dict[str, int]:
    """Return how many of the deals are of each sort, a key of `NOUNS`; none is left out."""
    counts = Counter(sorts(deals))
    return {sort: counts[sort] for sort in NOUNS}


def counted(counts: Mapping[str, int]) -> str:
    """Return in words how many there are of each sort: `12 trade deals, 2 ties and 1 claimed transfer`; "" for none."""
    return listed(format_count(count, NOUNS[sort]) for sort, count in counts.items() if count)
