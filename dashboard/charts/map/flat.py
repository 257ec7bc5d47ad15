"""The flat map as a picture: lines between states and places, drawn as SVG that is the same on pages, in print and in files."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.charts.map import ground, pen
from dashboard.charts.map.account import map_words
from dashboard.charts.map.captions import Caption, below, heading
from dashboard.charts.map.scene import Look, composed
from dashboard.charts.map.writing import radius, written
from dashboard.style.tokens import GROUNDS, INKS, LIGHT
from dashboard.tables.model import Row
from dashboard.tables.package import Package

SHRUNK = 0.92  # of its width: a picture shown smaller than this takes its narrow words
# The page gives its own ink and ground, in either theme; a picture in a file has one of them for good.
ON_THE_PAGE = (f"var(--ink, {INKS[LIGHT]})", f"var(--ground, {GROUNDS[LIGHT]})")
STYLE = """.flat{font-family:"Source Sans","Source Sans 3",Arial,sans-serif;font-weight:600}
.flat text{fill:INK;text-anchor:middle}.flat .over text{stroke:GROUND;stroke-width:.24em;stroke-linejoin:round;paint-order:stroke}
.flat .paper,.flat .plate{fill:GROUND}.flat .plate{fill-opacity:.82}.flat .land{fill:INK;fill-opacity:.1}.flat .tint{fill:INK;fill-opacity:.09}
.flat .agreed,.flat .disputed{fill:none;stroke:INK;stroke-opacity:.34}.flat .disputed{stroke-opacity:.62}
.flat .ink{fill:INK;stroke:INK}.flat .tie{opacity:.8}.flat .ink.tie{opacity:.3}.flat .full{stroke:GROUND;stroke-width:1.6;stroke-linejoin:round;paint-order:stroke}
.flat .thin{fill:none}.flat .grip{fill:none;stroke:INK;stroke-opacity:0}.flat a:is(:hover,:focus-visible) .grip{stroke-opacity:.18}
.flat .dot{fill:INK;stroke:GROUND}.flat .ring{fill:GROUND;fill-opacity:.5;stroke:INK;stroke-width:1.5}
.flat .land-names text{fill-opacity:.62;font-weight:500}.flat .place-names text{font-weight:500}
.flat .caption text,.flat .heading text{text-anchor:start;font-weight:400}.flat .heading text{font-family:"Source Serif",Georgia,serif;font-weight:600}"""
FILL = ".flat{display:block;width:100%;height:auto;container-type:inline-size;aspect-ratio:RATIO}"
SWITCH = (
    ".flat .narrow{display:none}@container (max-width:LIMIT){.flat .wide{display:none}.flat .narrow{display:inline}}"
)


def flat_map(
    flows: list[Row], places: list[Row], palette: dict[str, str], package: Package, look: Look | None = None
) -> Markup:
    """Return the map of flows and places as SVG.

    `flows` and `places` are those of `dashboard.questions.flows`; either may be empty. `palette` gives each domain its
    colour, in the order in which the lines of a pair are fanned and their shares stacked. `package` says how far the region goes, and the currency.
    """
    look = look or Look()
    scene = composed(flows, places, palette, package, look)
    tinted = {row["country"] for row in scene.places if row["drawn"] == "area"}
    pointed = [row for row in scene.places if row["drawn"] != "area"]
    drawn = ground.drawn(scene.picture, tinted)
    drawn += "".join(line_shapes(line, scene.picture, look) for line in sorted(scene.lines, key=depth))
    drawn += "".join(place_shape(row, scene.picture, look) for row in pointed)
    sets = {"wide": 1.0, "narrow": look.width / look.narrow} if look.narrow else {"wide": 1.0}
    for name in sets:
        drawn += f'<g class="over {name}">{written(scene, look, palette, narrow=name == "narrow")}</g>'
    captions = {name: Caption(look, scene.lines, palette, scale) for name, scale in sets.items()}
    return framed(look, map_words(flows, places), drawn, captions)


def depth(line: Row) -> tuple[bool, bool, float]:
    """Say how far up a line is drawn: ties at the bottom, measures at the top, and the thin over the wide."""
    return line["family"] != "tie", line["against"], -line["width"]


def line_shapes(line: Row, picture: ground.Picture, look: Look) -> str:
    """Draw a line with its title, as a link where the look has links."""
    own = line["against"] or not look.summed
    paint = (
        f'"line {line["family"]}" fill="{line["colour"]}" stroke="{line["colour"]}"'
        if own
        else f'"line {line["family"]} ink"'
    )
    title = escape(f"{line['title']}: {line['note']}")
    drawn = f"<g class={paint}><title>{title}</title>{pen.shapes(line, picture)}{pen.grip(line, picture) if look.link else ''}</g>"
    return linked(look, line["flow_id"], line["title"], drawn)


def place_shape(row: Row, picture: ground.Picture, look: Look) -> str:
    """Draw a place as exactly as it is known: a dot, or a ring where only the city is known."""
    x, y = picture.at((row["lon"], row["lat"]))
    title = escape(f"{row['name']}: {row['note']}")
    drawn = f'<circle class="{row["drawn"]}" cx="{x:.1f}" cy="{y:.1f}" r="{radius(row):.1f}"><title>{title}</title></circle>'
    return linked(look, row["place_id"], row["name"], drawn)


def linked(look: Look, name: str, title: str, drawn: str) -> str:
    """Make what is drawn a link, where the look has links."""
    return f'<a href="{escape(look.link(name))}" aria-label="{escape(title)}">{drawn}</a>' if look.link else drawn


def framed(look: Look, account: str, drawn: str, captions: dict[str, Caption]) -> Markup:
    """Return the whole SVG: its style, its words for those who cannot see it, the map and what stands beside it."""
    tops, bottoms = (
        {name: heading(one) for name, one in captions.items()},
        {name: below(one) for name, one in captions.items()},
    )
    top, bottom = (max(tall for _, tall in parts.values()) for parts in (tops, bottoms))
    beside = "".join(
        f'<g class="{name}">{tops[name][0]}<g transform="translate(0 {top + look.height:.0f})">{bottoms[name][0]}</g></g>'
        for name in captions
    )
    height, title, words = round(look.height + top + bottom), escape(look.title or "Map"), escape(account)
    paper = '<rect class="paper" width="100%" height="100%"/>' if look.theme else ""
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flat" role="{"group" if look.link else "img"}" aria-label="{title}. {words}"'
        f' viewBox="0 0 {look.width} {height}" width="{look.width}" height="{height}"><title>{title}</title><desc>{words}</desc>'
        f'<style>{style(look, height)}</style>{paper}<svg y="{top:.0f}" width="{look.width}" height="{look.height}"'
        f' overflow="hidden">{drawn}</svg>{beside}</svg>'
    )


def style(look: Look, height: int) -> str:
    """Return the style sheet of a picture: on a page it fills its column; where it is small, narrow words take over."""
    ink, paper = (INKS[look.theme], GROUNDS[look.theme]) if look.theme else ON_THE_PAGE
    sheet = STYLE.replace("INK", ink).replace("GROUND", paper)
    if not look.theme:
        sheet += FILL.replace("RATIO", f"{look.width}/{height}")
    return sheet + (SWITCH.replace("LIMIT", f"{look.width * SHRUNK:.0f}px") if look.narrow else "")
