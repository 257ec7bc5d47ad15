"""The map: who supplies whom, as bowed lines between countries, and the places where it happens."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import pydeck as pdk

FRAME = (10.0, -12.0, 125.0, 58.0)  # west, south, east, north: as far as the basemap is drawn
INSET = 1.5  # degrees: how far inside the frame a line starts that comes from beyond it
THINNEST, WIDEST, GRIP = 1.5, 7.0, 13.0  # pixels: a line's width, and the width at which it can be clicked
FAN = 0.11  # how much further out each further domain of a pair is bowed
LONG = 38.0  # degrees: pairs further apart are bowed less, so that their lines stay in the frame
STEPS = 32  # straight pieces in a traced line
LABELLED = 14  # flows that carry their name
BUSY = 5  # deals from which a place carries its name
TOLD = ["title", "note"]
TOOLTIP = {
    "html": "<b>{title}</b><br/>{note}",
    "style": {
        "maxWidth": "300px",
        "padding": "8px 10px",
        "borderRadius": "4px",
        "font": "13px/1.4 sans-serif",
        "backgroundColor": "#1c1c1c",
        "color": "#faf7f0",
    },
}

Point = tuple[float, float]


class CompactDeck(pdk.Deck):
    """A deck that writes itself without indentation: the same picture in a fraction of the bytes."""

    def to_json(self) -> str:
        """Write the deck as compact JSON."""
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def deal_map(
    flows: pd.DataFrame,
    places: pd.DataFrame,
    palette: dict[str, str],
    *,
    base_url: str = "",
    ink: str = "#1c1c1c",
    ground: str = "#faf7f0",
    view: tuple[float, float, float] = (28.9, 65.0, 2.85),
) -> pdk.Deck:
    """Draw the map of flows and places.

    `flows` has one row for each supplier, recipient and domain, `places` one row for each place; either may be
    empty. `palette` gives each domain its colour, and its order is the order in which the lines of a pair are
    fanned. `base_url` is the path under which the app is served; `view` is latitude, longitude and zoom.
    """
    static = f"{base_url.rstrip('/')}/app/static" if base_url else "app/static"
    lines, spots = traced(flows, palette), sized(places)
    west, south, east, north = FRAME
    return CompactDeck(
        layers=[
            *tints(spots, f"{static}/countries.geojson", ink),
            *flow_layers(lines),
            *place_layers(spots, ink, ground),
            *word_layers(lines, spots, f"{static}/labels.json", ink, ground),
        ],
        views=[pdk.View("MapView", {"dragRotate": False, "maxBounds": [[west, south], [east, north]]})],
        initial_view_state=pdk.ViewState(view[1], view[0], view[2], min_zoom=1.5, max_zoom=9),
        map_style=f"{static}/basemap.json",
        map_provider=None,
        tooltip=TOOLTIP,
    )


def map_words(flows: pd.DataFrame, places: pd.DataFrame) -> str:
    """Describe the map to those who cannot see it.

    `flows` and `places` are the tables that the map is drawn from; the words count what is in them.
    """
    if flows.empty and places.empty:
        return "Map without any deal in view."
    pairs = flows.groupby(["supplier_name", "recipient_name"], sort=False)["deals"].sum().nlargest(3)
    named = "; ".join(f"{sender} to {receiver}, {count}" for (sender, receiver), count in pairs.items())
    contested = f" {int(flows['contested'].sum())} of them alleged or denied." if flows["contested"].sum() else ""
    return (
        f"Map of {counted(flows['deals'].sum(), 'deal')} drawn as {counted(len(flows), 'line')} from supplier to "
        f"recipient, and of {counted(len(places), 'place')}." + contested + (f" Most deals: {named}." if named else "")
    )


def counted(number: int, noun: str) -> str:
    """Put a number and its noun together."""
    return f"{int(number)} {noun}{'' if number == 1 else 's'}"


def traced(flows: pd.DataFrame, palette: dict[str, str]) -> pd.DataFrame:
    """Work out how each flow is drawn.

    One row a flow, sorted by pair and domain: start, end, height, path, apex, width, colours, title, note, label,
    and `contested`, whether every deal of the flow is alleged or denied.
    """
    order = {domain: place for place, domain in enumerate(palette)}
    pair = ["supplier", "recipient"]
    rows = flows.assign(order=flows["domain"].map(order)).sort_values([*pair, "order"])
    ranks, heaviest = rows.groupby(pair).cumcount(), rows["weight"].max()
    drawn = [one_flow(row, rank, palette, heaviest) for row, rank in zip(rows.to_dict("records"), ranks, strict=True)]
    return pd.DataFrame(drawn, columns=[*one_flow.__annotations__] if not drawn else None)


def one_flow(row: dict[str, Any], rank: int, palette: dict[str, str], heaviest: float) -> dict[str, Any]:
    """Work out how one flow is drawn: its course, its width, its colours and its words."""
    contested = bool(row["contested"] >= row["deals"])
    mark = "?" if contested else ""
    colour = palette.get(row["domain"], "#7f7f7f")
    share = math.sqrt(row["weight"] / heaviest) if heaviest > 0 and row["weight"] > 0 else 0.0
    return {
        **course(row, rank),
        "flow_id": row["flow_id"],
        "contested": contested,
        "width": 1.8 if contested else round(THINNEST + (WIDEST - THINNEST) * share, 2),
        "faint": rgb(colour, 0.25),
        "full": rgb(colour, 0.95),
        "trace": rgb(colour, 0.01),
        "start_name": row["supplier_name"],
        "end_name": row["recipient_name"],
        "title": f"{row['supplier_name']} → {row['recipient_name']}: {row['domain_label']}{mark}",
        "note": " ".join([row["note"], *beyond(row)]),
        "label": f"{row['domain_label']} {row['deals']}{mark}",
    }


def course(row: dict[str, Any], rank: int) -> dict[str, Any]:
    """Find where a flow starts and ends, how far it is bowed, and the path it takes."""
    sender, receiver = (row["lon_from"], row["lat_from"]), (row["lon_to"], row["lat_to"])
    start, end = brought_in(sender, receiver), brought_in(receiver, sender)
    apart = max(1.0, math.dist(start, end))
    height = round((0.14 + FAN * rank) * min(1.0, LONG / apart), 3)
    path = bowed(start, end, height)
    return {"start": start, "end": end, "height": height, "path": path, "apex": path[STEPS // 2]}


def beyond(row: dict[str, Any]) -> list[str]:
    """Say which end of a flow lies beyond the map."""
    ends = [("from", row["supplier_name"]), ("to", row["recipient_name"])]
    return [
        f"{name} lies beyond the edge of the map."
        for end, name in ends
        if brought_in(here := (row[f"lon_{end}"], row[f"lat_{end}"]), (61.0, 29.0)) != here
    ]


def brought_in(point: Point, other: Point) -> Point:
    """Move a point that lies beyond the frame to where the straight line to the other point enters the frame."""
    west, south, east, north = FRAME
    (x, y), (to_x, to_y) = point, other
    if west <= x <= east and south <= y <= north:
        return point
    edges = [(x, to_x, west + INSET, east - INSET), (y, to_y, south + INSET, north - INSET)]
    shares = [(min(max(at, low), high) - at) / (to - at) for at, to, low, high in edges if at != to]
    share = min(1.0, max(shares))
    return round(x + share * (to_x - x), 3), round(y + share * (to_y - y), 3)


def bowed(start: Point, end: Point, height: float) -> list[list[float]]:
    """Trace the line that deck.gl's flat arc draws, for what an arc cannot do: dashes, labels, a wide grip."""
    (x0, y0), (x1, y1) = mercator(start), mercator(end)
    path = []
    for step in range(STEPS + 1):
        along = step / STEPS
        out = math.sqrt(along * (1 - along)) * height
        x, y = x0 + along * (x1 - x0) - out * (y1 - y0), y0 + along * (y1 - y0) + out * (x1 - x0)
        path.append([round(math.degrees(x), 2), round(math.degrees(math.atan(math.sinh(y))), 2)])
    return path


def mercator(point: Point) -> Point:
    """Project longitude and latitude as the map does."""
    return math.radians(point[0]), math.asinh(math.tan(math.radians(point[1])))


def rgb(colour: str, opacity: float = 1.0) -> list[int]:
    """Turn `#rrggbb` into the four numbers that deck.gl wants."""
    return [*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), round(255 * opacity)]


def sized(places: pd.DataFrame) -> pd.DataFrame:
    """Work out how each place is drawn.

    One row a place, the busiest first so that the small stay within reach, with title, radius and label added.
    """
    deals = places["deals"].astype(int)
    return places.assign(
        title=places["name"],
        radius=(3.0 + 1.5 * deals.pow(0.5)).clip(upper=10.0),
        label=places["name"].str.split(",").str[0].str.split(" (", regex=False).str[0],
    ).sort_values("deals", ascending=False)


def layer(kind: str, name: str, rows: pd.DataFrame | str, keys: list[str], **options: Any) -> pdk.Layer:
    """Make a layer that carries only the columns it needs; words that are not columns are marked as such."""
    data = rows if isinstance(rows, str) else rows[keys].to_dict("records")
    flat = {"depthCompare": "always", "depthWriteEnabled": False}
    units = {key: pdk.types.String("pixels") for key in ("width_units", "radius_units", "line_width_units")}
    return pdk.Layer(kind, data, id=name, **{"pickable": False, "parameters": flat, **units, **options})


def flow_layers(lines: pd.DataFrame) -> list[pdk.Layer]:
    """Draw the flows over a wide, invisible grip: whole lines, and dashes where every deal is alleged or denied."""
    contested = lines["contested"].astype(bool)
    along = {"get_path": "path", "get_width": "width", "get_color": "full"}
    ends = {"get_source_position": "start", "get_target_position": "end", "get_height": "height", "get_tilt": 90}
    paint = {"get_source_color": "faint", "get_target_color": "full", "get_width": "width"}
    dashes = {"extensions": [{"@@type": "PathStyleExtension", "dash": True}], "get_dash_array": [4, 3]}
    grip = {"get_color": "trace", "get_width": GRIP, "pickable": True, "cap_rounded": True, "joint_rounded": True}
    told = ["flow_id", *TOLD, "path"]
    return [
        layer("PathLayer", "flow-grip", lines, [*told, "trace"], **{**along, **grip}),
        layer("ArcLayer", "flow", lines[~contested], ["start", "end", "height", "faint", "full", "width"], **ends, **paint),
        layer("PathLayer", "flow-contested", lines[contested], ["path", "width", "full"], **along, **dashes),
    ]


def tints(spots: pd.DataFrame, countries: str, ink: str) -> list[pdk.Layer]:
    """Tint the countries in which something happens at no named place."""
    vague = spots.loc[spots["precision"].eq("country"), "country"]
    if vague.empty:
        return []
    among = " || ".join(f"properties.a3 == '{code}'" for code in sorted(set(vague)))
    tint = f"{among} ? {rgb(ink, 0.07)} : [0, 0, 0, 0]"
    return [layer("GeoJsonLayer", "place-country", countries, [], get_fill_color=tint, stroked=False)]


def place_layers(spots: pd.DataFrame, ink: str, ground: str) -> list[pdk.Layer]:
    """Draw sites as dots and towns as rings."""
    look = {"get_position": ["lon", "lat"], "get_radius": "radius", "stroked": True, "pickable": True}
    dot = {"get_fill_color": rgb(ink, 0.85), "get_line_color": rgb(ground), "get_line_width": 1}
    ring = {"get_fill_color": rgb(ground, 0.35), "get_line_color": rgb(ink, 0.85), "get_line_width": 1.5}
    told = ["place_id", *TOLD, "lon", "lat", "radius"]
    return [
        layer("ScatterplotLayer", f"place-{kind}", spots[spots["precision"].eq(kind)], told, **look, **paint)
        for kind, paint in (("city", ring), ("site", dot))
    ]


def parties(lines: pd.DataFrame) -> pd.DataFrame:
    """List the countries that the flows start or end in: one row a country, with point and label."""
    ends = [(line[end], line[f"{end}_name"]) for line in lines.to_dict("records") for end in ("start", "end")]
    return pd.DataFrame(dict((name, point) for point, name in ends).items(), columns=["label", "point"])


def word_layers(lines: pd.DataFrame, spots: pd.DataFrame, names: str, ink: str, ground: str) -> list[pdk.Layer]:
    """Write names on the map; where two would overlap, the more important one stays."""
    word = pdk.types.String
    style = {
        "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 14},
        "outline_width": 3,
        "outline_color": rgb(ground, 0.85),
        "character_set": word("auto"),
        "font_family": word("Source Sans, Source Sans Pro, sans-serif"),
        "font_weight": 600,
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collision_test_props": {"sizeScale": 2.2},
        "get_text": "label",
        "get_color": rgb(ink, 0.9),
        "get_size": 12,
    }
    far = {"get_position": ["lon", "lat"], "get_text": "name", "get_size": 11, "get_color": rgb(ink, 0.42)}
    told = lines.nlargest(LABELLED, "width")
    busy = spots[spots["deals"].ge(BUSY) & spots["precision"].ne("country")]
    beside = {"get_position": ["lon", "lat"], "get_text_anchor": word("start"), "get_pixel_offset": [11, 0]}
    vague = spots[spots["precision"].eq("country")]
    rows = ["lon", "lat", "label"]
    return [
        layer("TextLayer", "word-place", busy, rows, **{**style, **beside}, get_collision_priority=20),
        layer("TextLayer", "word-land", names, [], **{**style, **far}, get_collision_priority=10),
        layer("TextLayer", "word-flow", told, ["apex", "label", "width"], **style, get_position="apex", get_collision_priority="30 + width"),
        layer("TextLayer", "word-party", parties(lines), ["point", "label"], **{**style, "get_size": 14}, get_position="point", get_pixel_offset=[0, 15], get_collision_priority=90),
    ]
