"""The small maps of one page as one picture to take away and to cite; packs, answers and slides have each by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup

from dashboard.charts.abreast import abreast, columns_of
from dashboard.charts.map.account import VIEWPOINT
from dashboard.charts.plate import measured
from dashboard.tables.load import Tables
from dashboard.views.common import sourced
from dashboard.views.map import EACH
from dashboard.views.view import FIRST, Picture, Shape, View

NAME, ABREAST = "maps", 3  # in a row of the picture in its own size
OWN, FITTED = Shape(420, 250), Shape(300, 190)  # of each map in that picture, and on a slide


def named(tables: Tables, view: View, name: str) -> Picture | None:
    """Return the picture of a view by its name, or the first one; of a page of small maps that is all of them."""
    if name in (FIRST, NAME) and (maps := together(tables, view)):
        return maps
    found = next((one for one in view.pictures if one.name == name), None)
    return found or (next(iter(view.pictures), None) if name == FIRST else None)


def together(tables: Tables, view: View) -> Picture | None:
    """Return the small maps of a view as one picture; None where it has none."""
    small = [one for one in view.pictures if one.name.startswith(EACH)]
    if not small:
        return None
    fit = [one.fitted for one in small if one.fitted]
    alt = " ".join(f"{one.finding}. {one.alt}" for one in small)
    return Picture(
        NAME, view.finding, alt, small[0].drawn, (VIEWPOINT,),
        lambda: abreast([one(OWN) for one in fit], ABREAST, f"{sourced(tables)} {VIEWPOINT}"), partial(_fitted, fit),
    )  # fmt: skip


def _fitted(fit: Sequence[Callable[[Shape], Markup]], shape: Shape) -> Markup:
    """Return all maps in as many rows as let them be largest."""
    maps = [one(FITTED) for one in fit]
    return abreast(maps, columns_of(len(maps), measured(maps[0]), shape))
