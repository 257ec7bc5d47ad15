"""Questions of where: what flows between which states in which domain, and at which places deals happen."""

from __future__ import annotations

import pandas as pd

from dashboard.data import Tables
from dashboard.deals import DOUBTED, format_count, format_usd, is_trade, is_unpriced

COUNTED = ["deal_id", "domain", "kind", "status", "in_totals", "value_usd_m"]  # what a flow is made of


def flow_deals(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each supplier, recipient and deal: the columns of `tables.pairs`, `flow_id` and `COUNTED`.

    A deal between several states stands in several rows, so sums over flows exceed sums over deals.
    """
    rows = deals[COUNTED].merge(tables.pairs, on="deal_id")
    return rows.assign(flow_id=rows["supplier"] + ">" + rows["recipient"] + ":" + rows["domain"])


def flows(tables: Tables, deals: pd.DataFrame, width: str) -> pd.DataFrame:
    """Return one row a supplier, recipient and domain, most deals first, for the map and its table.

    Columns: flow_id, supplier, recipient (alpha-3), supplier_name, recipient_name, lat_from, lon_from, lat_to,
    lon_to, domain, domain_label, deals, value_usd_m (million US dollars of the deals in totals; NaN where none is
    disclosed), undisclosed (trade deals without a public value), contested (alleged or denied), weight (what the
    width shows: `width` is deals or value) and note, the same in words.
    """
    made = _gathered(flow_deals(tables, deals), ["flow_id", "supplier", "recipient", "domain"])
    made = made.sort_values(["deals", "flow_id"], ascending=[False, True], kind="stable", ignore_index=True)
    return _described(tables, made, width)


def directions(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return the trade of each supplier with each recipient, most deals first.

    Columns: supplier, recipient (alpha-3), supplier_name, recipient_name, deals, value_usd_m, undisclosed and
    contested, as in `flows`. A deal with several suppliers or recipients is in several rows.
    """
    made = _gathered(flow_deals(tables, deals[COUNTED][is_trade(deals)]), ["supplier", "recipient"])
    names = {f"{side}_name": made[side].map(tables.country_names) for side in ("supplier", "recipient")}
    order = ["deals", "supplier", "recipient"]
    return made.assign(**names).sort_values(order, ascending=[False, True, True], ignore_index=True)


def _gathered(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return how many deals each group of rows has, what they add up to and what is not in the sum."""
    groups = rows.assign(
        counted=rows["value_usd_m"].where(rows["in_totals"] == "yes"),
        undisclosed=is_unpriced(rows),
        contested=rows["status"].isin(DOUBTED),
    ).groupby(keys, sort=False)
    made = groups[["undisclosed", "contested"]].sum()
    made.insert(0, "deals", groups.size())
    made.insert(1, "value_usd_m", groups["counted"].sum(min_count=1))
    return made.reset_index()


def _described(tables: Tables, made: pd.DataFrame, width: str) -> pd.DataFrame:
    """Return flows with names, coordinates and words."""
    points = tables.countries.set_index("country")
    for side, end in (("supplier", "from"), ("recipient", "to")):
        made[f"{side}_name"] = made[side].map(points["name"])
        made[f"lat_{end}"], made[f"lon_{end}"] = made[side].map(points["lat"]), made[side].map(points["lon"])
    made["domain_label"] = made["domain"].map(tables.dictionary.choices("deals", "domain"))
    made["weight"] = made["deals"].astype(float) if width == "deals" else made["value_usd_m"].fillna(0.0)
    made["note"] = [
        flow_words(*row) for row in made[["deals", "value_usd_m", "undisclosed", "contested"]].itertuples(index=False)
    ]
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
    counts = deals.loc[deals["place_id"] != "", "place_id"].value_counts()
    rows = tables.places[tables.places["place_id"].isin(counts.index)]
    rows = rows.assign(deals=rows["place_id"].map(counts).astype(int))
    known = tables.dictionary.choices("places", "precision")
    notes = [
        f"{format_count(count, 'deal')}; known to the {known[precision].lower()}."
        for count, precision in zip(rows["deals"], rows["precision"], strict=True)
    ]
    return rows.assign(note=pd.Series(notes, index=rows.index, dtype=str))


def deals_at(tables: Tables, deals: pd.DataFrame, picked: str) -> pd.DataFrame:
    """Return the deals of what was picked on the map, a flow's or a place's id; none where it is not in view."""
    rows = flow_deals(tables, deals)
    of_flow = rows.loc[rows["flow_id"] == picked, "deal_id"]
    return deals[deals["deal_id"].isin(of_flow) | ((deals["place_id"] == picked) & (picked != ""))]
