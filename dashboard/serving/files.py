"""The tables as files beside the page of them: `/data/deals.csv`, `.json` and `.parquet`, their description, and all in one zip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.exports.package import DESCRIPTION, files, packed
from dashboard.exports.parquet import parquet
from dashboard.exports.plain import as_csv, one_as_json
from dashboard.serving.answers import JSON_KIND, METHODS, fresh, problem, reading
from dashboard.tables.load import Tables

WHOLE = "package.zip"


class Way(NamedTuple):
    """How a table is written as a file of an ending: what kind of content that is, and what writes it."""

    kind: str
    written: Callable[[Tables, str], bytes]


WAYS = {
    "csv": Way("text/csv; charset=utf-8", as_csv),
    "json": Way(JSON_KIND, one_as_json),
    "parquet": Way("application/vnd.apache.parquet", parquet),
}
KINDS = {"csv": WAYS["csv"].kind, "json": JSON_KIND, "md": "text/markdown; charset=utf-8"}


@reading
def one(request: Request, tables: Tables) -> Response:
    """Answer with a file."""
    name = request.path_params["file"]
    stem, _, ending = name.rpartition(".")
    saved = f"{tables.package.name}-{tables.version}-{name}"
    if stem in tables.dictionary.tables and ending in WAYS:
        way = WAYS[ending]
        return fresh(request, tables, way.kind, partial(way.written, tables, stem), name=saved)
    if name == WHOLE:
        saved = f"{tables.package.name}-{tables.version}.zip"
        return fresh(request, tables, "application/zip", partial(packed, tables), name=saved)
    if name == DESCRIPTION or name in tables.dictionary.paths:
        return fresh(request, tables, KINDS[ending], lambda: files(tables)[name])
    known = [f"{table}.{ending}" for table in tables.dictionary.tables for ending in WAYS]
    return problem(404, "There is no such file.", files=[*known, DESCRIPTION, WHOLE])


ROUTES = [Route("/data/{file}", one, methods=METHODS)]
