"""Questions of where: what flows between which states in which domain, and at which places deals happen."""

from __future__ import annotations

import pandas as pd

from dashboard.data import Tables
from dashboard.deals import DOUBTED, format_count, format_usd, is_trade, is_unpriced


def flow_deals(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each supplier, recipient and deal: the columns of deals, and `from_country`, `to_country`, `flow_id`.

    A deal between several states stands in several rows, so sums over flows exceed sums over deals.
    """
    sides = {
        side: tables.parties.loc[tables.parties["side"] == side, ["deal_id", "country"]]
        for side in ("supplier", "recipient")
    }
    pairs = sides["supplier"].rename(columns={"country": "from_country"})
    pairs = pairs.merge(sides["recipient"].rename(columns={"country": "to_country"}), on="deal_id")
    rows = deals.merge(pairs, on="deal_id")
    return rows.assign(flow_id=rows["from_country"] + ">" + rows["to_country"] + ":" + rows["domain"])


def flows(tables: Tables, deals: pd.DataFrame, width: str) -> pd.DataFrame:
    """Return one row a supplier, recipient and domain, most deals first, for the map and its table.

    Columns: flow_id, supplier, recipient (alpha-3), supplier_name, recipient_name, lat_from, lon_from, lat_to,
    lon_to, domain, domain_label, deals, value_usd_m (million US dollars of the deals in totals; NaN where none is
    disclosed), undisclosed (trade deals without a public value), contested (alleged or denied), weight (what the
    width shows: `width` is deals or value) and note, the same in words.
    """
    rows = flow_deals(tables, deals)
    rows = rows.assign(
        counted=rows["value_usd_m"].where(rows["in_totals"] == "yes"),
        undisclosed=is_unpriced(rows),
        contested=rows["status"].isin(DOUBTED),
    )
    keys = ["flow_id", "from_country", "to_country", "domain"]
    made = rows.groupby(keys, sort=False).agg(
        deals=("deal_id", "size"),
        value_usd_m=("counted", lambda values: values.sum(min_count=1)),
        undisclosed=("undisclosed", "sum"),
        contested=("contested", "sum"),
    )
    made = made.reset_index().rename(columns={"from_country": "supplier", "to_country": "recipient"})
    made = made.sort_values(["deals", "flow_id"], ascending=[False, True], kind="stable").reset_index(drop=True)
    return _described(tables, made, width)


def directions(tables: Tables, deals: pd.DataFrame) -> pd.DataFrame:
    """Return the trade of each supplier with each recipient, most deals first.

    Columns: supplier, recipient (alpha-3), supplier_name, recipient_name, deals, value_usd_m, undisclosed and
    contested, as in `flows`. A deal with several suppliers or recipients is in several rows.
    """
    made = flows(tables, deals[is_trade(deals)], "deals")
    keys = ["supplier", "recipient", "supplier_name", "recipient_name"]
    sums = {"value_usd_m": ("value_usd_m", lambda values: values.sum(min_count=1))}
    counts = {name: (name, "sum") for name in ("deals", "undisclosed", "contested")}
    return (
        made.groupby(keys, sort=False)
        .agg(**sums, **counts)
        .reset_index()
        .sort_values("deals", ascending=False, kind="stable")
    )


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
