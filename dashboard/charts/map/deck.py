"""The map: who deals with whom, as lines between countries, and the places where it happens."""

from __future__ import annotations

import json
from functools import lru_cache
from operator import itemgetter

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize
from pydeck.types import String

from dashboard.charts.map.arcs import middle
from dashboard.charts.map.labels import LAND, words
from dashboard.charts.map.lines import is_arc, rgb, strokes, traced, worth
from dashboard.choices.texts import CLOSEST
from dashboard.style.tokens import FIGURE_TEXT, GROUNDS, INKS, LIGHT, MAP_TEXT, SANS
from dashboard.tables.model import Row
from dashboard.tables.package import Currency, Frame

WHOLE = 1.0  # the zoom of a map that shows its whole frame, raised until the frame fills the screen
NEAR = 900.0  # metres on the ground for each pixel of a place, so that it is seen from about the zoom of a province
METRES = String("meters")
LARGEST = 10.0  # pixels: the radius of a place
GRIP = 14.0  # pixels: the width at which a line can be clicked
TOOLTIP = {
    "html": "<b>{title}</b><br/>{note}",
    "style": {
        "font": f"{FIGURE_TEXT['small']}px/1.4 {SANS}",
        "maxWidth": "300px",
        "backgroundColor": INKS[LIGHT],
        "color": GROUNDS[LIGHT],
    },
}
PLACED = {
    "get_position": "point", "get_text": "label", "get_size": "size", "get_pixel_offset": "offset",
    "get_text_anchor": "anchor", "get_collision_priority": "priority", "character_set": String("auto"),
}  # fmt: skip


class CompactDeck(pdk.Deck):
    """A deck that writes itself without indentation, the same picture in a fraction of the bytes, and only once."""

    def __init__(self, layers: list[pdk.Layer], views: list[pdk.View], first: pdk.ViewState, style: str) -> None:
        """Take the parts as they are: pydeck would look for Jupyter, 2 ms each time, and in the environment for keys that it sends to every reader."""
        vars(self).update(layers=layers, views=views, initial_view_state=first, map_style=style, _tooltip=TOOLTIP)

    @lru_cache(maxsize=64)  # noqa: B019 a deck is never changed, and few are in use at a time
    def to_json(self) -> str:
        """Write the deck as compact JSON."""
        return json.dumps(self, default=default_serialize, ensure_ascii=False, separators=(",", ":"))


def deal_map(
    lines: list[Row],
    places: list[Row],
    frame: Frame,
    *,
    base_url: str = "",
    ink: str = INKS[LIGHT],
    ground: str = GROUNDS[LIGHT],
    near: bool = False,
    money: Currency | None = None,
) -> pdk.Deck:
    """Draw the map of lines and places.

    `lines` are those of `sums.over_domains`, `places` those of `dashboard.questions.flows`; either may be empty. `frame` is
    how far the map goes. `base_url` goes before `app/static`; blank is right under any base path. `ink` and `ground` are
    those of the theme. With `near` a place is seen only from close by, and bears no name. With `money`, lines of trade bear
    their value, else the number of deals.
    """
    static = f"{base_url.rstrip('/')}/app/static" if base_url else "app/static"
    lon, lat = middle(frame)
    drawn, spots = numbered(lines, traced(lines, {"": ink}, ground, frame), money), sized(places)
    states = sorted({line[side] for line in lines for side in ("supplier", "recipient")})
    known = " || ".join(f"a3 == '{code}'" for code in states) or "false"
    land = {"get_position": ["lon", "lat"], "get_text": "name", "get_size": f"{known} ? 0 : {MAP_TEXT['place']}"}
    controller = {"dragRotate": False, "maxBounds": [frame[:2], frame[2:]]}
    return CompactDeck(
        layers=[
            word_layer("word-land", f"{static}/labels.json", ink, ground, 0.45, get_collision_priority=LAND, **land),
            *flow_layers(drawn),
            *place_layers(spots, f"{static}/countries.geojson", ink, ground, near=near),
            *plated(words(drawn, [] if near else spots, frame), ink, ground),
        ],
        views=[pdk.View("MapView", controller)],
        first=pdk.ViewState(lon, lat, WHOLE, max_zoom=CLOSEST),
        style=f"{static}/basemap.json",
    )


def numbered(lines: list[Row], drawn: list[Row], money: Currency | None) -> list[Row]:
    """Give each line of trade its value to bear, where that is wanted."""
    if not money:
        return drawn
    values = {line["flow_id"]: line["value_usd_m"] for line in lines}
    return [
        {**row, "label": worth(values[row["flow_id"]], row["contested"], money)} if row["family"] == "trade" else row
        for row in drawn
    ]


def flow_layers(lines: list[Row]) -> list[pdk.Layer]:
    """Draw the flows over a wide, invisible grip: firm trade as arcs, all else stroke by stroke."""
    arcs = [row for row in lines if is_arc(row)]
    drawn = [stroke for row in lines if not is_arc(row) for stroke in strokes(row)]
    along = {"get_path": "path", "get_width": "width", "get_color": "full"}
    grip = {"get_color": "trace", "get_width": GRIP, "pickable": True, "cap_rounded": True, "joint_rounded": True}
    ends = {"get_source_position": "start", "get_target_position": "end", "get_height": "height", "get_tilt": 90}
    paint = {"get_source_color": "faint", "get_target_color": "full", "get_width": "width"}
    style = {"@@type": "PathStyleExtension", "dash": True, "offset": True, "highPrecisionDash": True}
    looks = {"extensions": [style], "get_dash_array": "dash", "get_offset": "offset"}
    bare = ["start", "end", "height", "width", "faint", "full"]
    return [
        layer("PathLayer", "flow-grip", lines, ["flow_id", "title", "note", "path", "trace"], **(along | grip)),
        layer("PathLayer", "flow-stroke", drawn, ["path", "width", "full", "dash", "offset"], **along, **looks),
        layer("ArcLayer", "flow", arcs, bare, **ends, **paint),
    ]


def layer(kind: str, name: str, rows: str | list[Row], keys: list[str], **options: object) -> pdk.Layer:
    """Make a layer of rows, of which it carries only the keys it needs (all where none are named), or of an address."""
    data = [{key: row[key] for key in keys} for row in rows] if keys and not isinstance(rows, str) else rows
    units = {key: String("pixels") for key in ("width_units", "radius_units", "line_width_units")}
    flat = {"depthCompare": "always", "depthWriteEnabled": False}
    return pdk.Layer(kind, data, id=name, **{"pickable": False, "parameters": flat, **units, **options})


def sized(places: list[Row]) -> list[Row]:
    """Give each place a title and a radius; the busiest come first, so that the small stay within reach."""
    rows = [{**row, "title": row["name"], "radius": min(3.0 + 1.5 * row["deals"] ** 0.5, LARGEST)} for row in places]
    return sorted(rows, key=itemgetter("deals"), reverse=True)


def place_layers(spots: list[Row], countries: str, ink: str, ground: str, *, near: bool) -> list[pdk.Layer]:
    """Draw places as they are known: those of a whole area as a tint of the country, all others as rings or dots.

    With `near` rings and dots are measured on the ground, up to their size in pixels: too small to see from afar.
    """
    known = {drawn: [row for row in spots if row["drawn"] == drawn] for drawn in ("area", "ring", "dot")}
    vague = sorted({row["country"] for row in known["area"]})
    tint = " || ".join(f"properties.a3 == '{code}'" for code in vague) + f" ? {rgb(ink, 0.07)} : [0, 0, 0, 0]"
    look: Row = {"get_position": ["lon", "lat"], "get_radius": "radius", "stroked": True, "pickable": True}
    ring = {"get_fill_color": rgb(ground, 0.35), "get_line_color": rgb(ink, 0.85), "get_line_width": 1.5}
    dot = {"get_fill_color": rgb(ink, 0.85), "get_line_color": rgb(ground), "get_line_width": 1}
    keys = ["place_id", "title", "note", "lon", "lat", "radius"]
    if near:
        look |= {
            "radius_units": METRES,
            "line_width_units": METRES,
            "radius_scale": NEAR,
            "radius_max_pixels": LARGEST,
            "line_width_scale": NEAR,
            "line_width_max_pixels": 1.5,
        }
    tints = [layer("GeoJsonLayer", "place-area", countries, [], get_fill_color=tint, stroked=False)] if vague else []
    return tints + [
        layer("ScatterplotLayer", f"place-{drawn}", known[drawn], keys, **look, **paint)
        for drawn, paint in (("ring", ring), ("dot", dot))
    ]


def plated(found: list[Row], ink: str, ground: str) -> list[pdk.Layer]:
    """Write the words of the map, and those that stand on a line on a plate, so that the line does not run through them."""
    on, beside = ([row for row in found if row["on_line"] == on_line] for on_line in (True, False))
    plate = {"get_background_color": rgb(ground, 0.82), "background_padding": [4, 1, 4, 1]}
    return [
        word_layer("word", beside, ink, ground, 0.92, **PLACED),
        word_layer("word-line", on, ink, ground, 1.0, **PLACED, **plate),
    ]


def word_layer(name: str, rows: str | list[Row], ink: str, ground: str, opacity: float, **options: object) -> pdk.Layer:
    """Write words on the map, with a halo in the colour of the ground.

    A word is left out where a more important one covers the point it belongs to. For that test alone words are twice
    as large, on a ground wider than they are, so that none runs into the far end of another; nobody sees that ground.
    """
    style = {
        "font_settings": {"sdf": True, "fontSize": 64, "buffer": 10, "radius": 14},
        "font_family": String(SANS),
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
    return layer("TextLayer", name, rows, [], **{**style, **options})
