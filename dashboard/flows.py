"""Questions of where: what flows between which states in which domain, and at which places deals happen."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pandas as pd

from dashboard.data import Tables
from dashboard.deals import format_count, format_usd, is_trade, is_unpriced

HELD = ["deals", "value_usd_m", "priced", "undisclosed", "contested"]  # what is added up over the deals of a flow


@lru_cache(maxsize=2)
def flow_deals(tables: Tables) -> pd.DataFrame:
    """Return one row for each supplier, recipient and deal there is.

    Columns: deal_id, supplier and recipient (alpha-3), domain, flow_id, and as numbers to be added up `HELD`: deals
    (1), value_usd_m (million US dollars; 0 where the deal is not in totals or has no public value), priced, undisclosed
    and contested (1 where it is so, else 0). A deal between several states stands in several rows, so sums over flows
    exceed sums over deals. Worked out once for all tables, since no filter changes it.
    """
    deals, parties = tables.deals, tables.parties
    counted = deals["value_usd_m"].where(deals["in_totals"] == "yes")
    rows = deals[["deal_id", "domain"]].assign(
        deals=1,
        value_usd_m=counted.fillna(0.0),
        priced=counted.notna().astype(int),
        undisclosed=is_unpriced(deals).astype(int),
        contested=deals["is_doubted"].astype(int),
    )
    for side in ("supplier", "recipient"):
        named = parties.loc[parties["side"] == side, ["deal_id", "country"]]
        rows = rows.merge(named.rename(columns={"country": side}), on="deal_id")
    return rows.assign(flow_id=rows["supplier"] + ">" + rows["recipient"] + ":" + rows["domain"])


@lru_cache(maxsize=2)
def ends(tables: Tables) -> pd.DataFrame:
    """Return who and where each flow is, by its `flow_id`: the columns of `flows` that no filter changes."""
    known = flow_deals(tables)[["flow_id", "supplier", "recipient", "domain"]]
    found, points = known.drop_duplicates("flow_id").set_index("flow_id"), tables.countries.set_index("country")
    for side, end in (("supplier", "from"), ("recipient", "to")):
        found[f"{side}_name"] = found[side].map(points["name"])
        found[f"lat_{end}"], found[f"lon_{end}"] = found[side].map(points["lat"]), found[side].map(points["lon"])
    return found.assign(domain_label=found["domain"].map(tables.dictionary.choices("deals", "domain")))


def flows(tables: Tables, deals: pd.DataFrame, width: str) -> pd.DataFrame:
    """Return one row a supplier, recipient and domain, most deals first, then by `flow_id`, for the map and its table.

    `deals` are rows of `tables.deals`, of which `deal_id` is asked. Columns: flow_id, supplier, recipient (alpha-3),
    supplier_name, recipient_name, lat_from, lon_from, lat_to, lon_to, domain, domain_label, deals, value_usd_m (million
    US dollars of the deals in totals; NaN where none is disclosed), undisclosed (trade deals without a public value),
    contested (alleged or denied), weight (what the width shows: `width` is deals or value) and note, the same in words.
    """
    made = _gathered(tables, deals, ["flow_id"])
    held = made[["deals", "value_usd_m", "undisclosed", "contested"]].itertuples(index=False)
    made["note"] = pd.Series([flow_words(*row) for row in held], index=made.index, dtype=str)
    made["weight"] = made["deals"].astype(float) if width == "deals" else made["value_usd_m"].fillna(0.0)
    made = pd.concat([ends(tables).loc[made.index], made], axis=1).reset_index()
    return made.sort_values("deals", ascending=False, kind="stable", ignore_index=True)


def busiest(flows: pd.DataFrame) -> list[tuple[tuple[str, str], int]]:
    """Return the names of each supplier and recipient with their deals over all domains, most deals first."""
    counts: Counter[tuple[str, str]] = Counter()
    for supplier, recipient, count in zip(flows["supplier_name"], flows["recipient_name"], flows["deals"], strict=True):
        counts[supplier, recipient] += int(count)
    return counts.most_common()


def directions(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return the trade of each supplier with each recipient, most deals first.

    Columns: supplier, recipient (alpha-3), supplier_name, recipient_name, deals, value_usd_m, undisclosed and
    contested, as in `flows`. A deal with several suppliers or recipients is in several rows.
    """
    made = _gathered(tables, deals[["deal_id"]][is_trade(deals)], ["supplier", "recipient"]).reset_index()
    names = {f"{side}_name": made[side].map(tables.country_names) for side in ("supplier", "recipient")}
    return made.assign(**names).sort_values("deals", ascending=False, kind="stable", ignore_index=True)


def _gathered(tables: Tables, deals: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return how many of the deals each group of flows has, what they add up to and what is not in the sum.

    Groups are in the order of their `keys`.
    """
    rows = flow_deals(tables)
    made = rows[rows["deal_id"].isin(deals["deal_id"])].groupby(keys)[HELD].sum()
    made["value_usd_m"] = made["value_usd_m"].where(made.pop("priced") > 0)
    return made


def flow_words(deals: int, value: float, undisclosed: int, contested: int) -> str:
    """Return what a flow holds, in words."""
    words = [format_count(deals, "deal")]
    words += [] if pd.isna(value) else [f"{format_usd(value)} disclosed"]
    words += [f"{undisclosed} without a public value"] if undisclosed else []
    words += [f"{contested} alleged or denied"] if contested else []
    return ", ".join(words) + "."


def sites(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return one row a place where deals in view happen: places' columns, deals (their number) and note."""
    counts = Counter(deals["place_id"])
    rows = tables.places[tables.places["place_id"].isin(counts)]
    rows = rows.assign(deals=pd.Series([counts[key] for key in rows["place_id"]], index=rows.index, dtype=int))
    known = tables.dictionary.choices("places", "precision")
    notes = [
        f"{format_count(count, 'deal')}; known to the {known[precision].lower()}."
        for count, precision in zip(rows["deals"], rows["precision"], strict=True)
    ]
    return rows.assign(note=pd.Series(notes, index=rows.index, dtype=str))


def deals_at(tables: Tables, deals: pd.DataFrame, picked: str) -> pd.DataFrame:
    """Return the deals of what was picked on the map, a flow's or a place's id; none where it is not in view."""
    rows = flow_deals(tables)
    of_flow = rows.loc[rows["flow_id"] == picked, "deal_id"]
    return deals[deals["deal_id"].isin(of_flow) | ((deals["place_id"] == picked) & (picked != ""))]
