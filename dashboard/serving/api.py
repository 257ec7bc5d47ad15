"""Every view as JSON at `/api/` and its name, by the parameters of its page: the figures on screen, what they rest on, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import address, views
from dashboard.address import MOST, Asked
from dashboard.choices.parameters import parameters
from dashboard.kept import kept
from dashboard.serving.answers import JSON_KIND, METHODS, as_json, fresh, problem, reading
from dashboard.serving.openapi import described
from dashboard.tables.load import Tables
from dashboard.views.view import FRONT, Bars, Claim, Picture, Rows, Statement, View

NAMES = {page or FRONT: page for page in views.PAGES}


@reading
def listed(request: Request, tables: Tables) -> Response:
    """Answer with the views that there are."""
    root = request.scope["root_path"]
    found = [
        {"name": name, "title": views.PAGES[page][0], "page": f"{root}/{page}", "answer": f"{root}/api/{name}"} for name, page in NAMES.items()
    ]  # fmt: skip
    said = {"views": found, "description": f"{root}/api/openapi.json", "tables": f"{root}/data/datapackage.json", "version": tables.version}  # fmt: skip
    return fresh(request, tables, JSON_KIND, lambda: as_json(said))


@reading
def description(request: Request, tables: Tables) -> Response:
    """Answer with the description of all that can be asked."""
    return fresh(request, tables, JSON_KIND, lambda: _described(tables, request.scope["root_path"] or "/"))


@kept
def _described(tables: Tables, root: str) -> bytes:
    """Return the description, which takes half a second to write."""
    return as_json(described(tables, NAMES, root))


@reading
def one(request: Request, tables: Tables) -> Response:
    """Answer with one view."""
    name = request.path_params["page"]
    if name not in NAMES:
        return problem(404, "There is no such view.", views=list(NAMES))
    asked = address.read(tables, NAMES[name], given(request, NAMES[name]))
    return fresh(
        request, tables, JSON_KIND, lambda: as_json(answer(tables, asked, views.view(tables, asked, date.today()))), daily=True
    )  # fmt: skip


ROUTES = [
    Route("/api", listed, methods=METHODS),
    Route("/api/openapi.json", description, methods=METHODS),
    Route("/api/{page}", one, methods=METHODS),
]


def given(request: Request, page: str) -> dict[str, list[str]]:
    """Return what the address gives of each parameter of a page, no more values than are read."""
    found: dict[str, list[str]] = {parameter.name: [] for parameter in parameters(page)}
    for name, value in request.query_params.multi_items():
        if name in found and len(found[name]) < MOST:
            found[name].append(value)
    return found


def answer(tables: Tables, asked: Asked, view: View) -> dict[str, Any]:
    """Return a view as plain values, of which JSON can be made."""
    return {
        "page": f"/{view.page}{f'?{view.query}' if view.query else ''}", "title": view.title, "finding": view.finding, "lead": view.lead,
        "in_view": {"count": view.count, "whole": view.whole, "noun": view.noun}, "understood": dict(asked.values), "filters": view.filters,
        "left_out": view.left_out, "notes": view.notes, "pictures": [picture(one) for one in view.pictures], "tables": [table(one) for one in view.tables],
        "statements": [statement(tables, one) for one in view.statements], "claims": [claim(tables, one) for one in view.claims],
        "sources": [row(tables, "sources", one) for one in view.sources], "version": view.version, "day": view.day, "viewpoint": view.viewpoint,
    }  # fmt: skip


def picture(one: Picture) -> dict[str, Any]:
    """Return a picture in words, and as numbers where it is one of bars."""
    return {"name": one.name, "finding": one.finding, "alt": one.alt, "notes": one.notes, "bars": bars(one.drawn) if isinstance(one.drawn, Bars) else None}  # fmt: skip


def bars(drawn: Bars) -> dict[str, Any]:
    """Return bars as numbers; null where there is no figure, which is not zero."""
    series = [{"label": one.label, "pattern": one.pattern, "values": one.values} for one in drawn.series]
    return {"unit": drawn.unit, "horizontal": drawn.horizontal, "categories": drawn.categories, "beside": drawn.beside, "series": series}  # fmt: skip


def table(one: Rows) -> dict[str, Any]:
    """Return a table with its columns; `count` is how many rows there are in all."""
    columns = [{"name": name, "title": title} for name, title in one.headings.items()]
    return {"name": one.name, "title": one.title, "columns": columns, "rows": [list(map(plain, cells)) for cells in one.rows], "keys": one.keys, "count": one.count}  # fmt: skip


def statement(tables: Tables, one: Statement) -> dict[str, Any]:
    """Return a statement with the keys of its sources and of the deals that it speaks of."""
    return row(tables, "quotes", one.row)


def claim(tables: Tables, one: Claim) -> dict[str, Any]:
    """Return a contested deal, who claims it and who denies it."""
    sides = [
        {
            "side": side.name, "origins": side.origins, "statements": [row(tables, "quotes", said) for said, _ in side.statements],
            "sources": [source["source_id"] for source in side.sources],
        }
        for side in one.entry.sides
    ]  # fmt: skip
    return {"deal_id": one.row["deal_id"], "title": one.row["title"], "status": one.row["status"], "group": one.group, "origins_on_both_sides": one.entry.shared, "sides": sides}  # fmt: skip


def row(tables: Tables, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a table, column by column as the dictionary has them; null for a blank."""
    return {column: plain(given[column]) for column in tables.dictionary.tables[name]}


def plain(cell: Any) -> Any:
    """Return a cell as JSON knows it: text, a number, or null where nothing is known."""
    if isinstance(cell, str):
        return cell or None
    if pd.isna(cell):
        return None
    return int(cell) if cell == int(cell) else float(cell)
