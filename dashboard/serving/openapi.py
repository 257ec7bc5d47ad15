"""The description of the interface for programs, OpenAPI 3.1, made from what an address may hold and from the tables' own description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.choices.parameters import Parameter, parameters
from dashboard.choices.texts import number, year
from dashboard.choices.understood import LONGEST
from dashboard.tables.load import Tables
from dashboard.views import PAGES

NAMED = 300  # allowed values that are listed; of more there are only a few as examples
TEXT, COUNT, TEXTS = (
    {"type": "string"},
    {"type": "integer", "minimum": 0},
    {"type": "array", "items": {"type": "string"}},
)
CELL = {"type": ["string", "number", "null"], "description": "null: not known, not disclosed or none; never zero."}
FIRST: dict[Callable[[str], str], int] = {year: 1_000, number: 1}  # the least number that a text is read as
# What is said of every answer, whatever its status.
HEADERS = {
    "Data-Version": {"description": "The version of the tables.", "schema": TEXT},
    "ETag": {"description": "Differs whenever the answer does; send it as If-None-Match.", "schema": TEXT},
}
LEFT_OUT = (
    "What cannot be read in a parameter is left out and named in `left_out`; it is never an error. Unknown parameters are ignored. "
    "Labels, names of countries and letter case are understood too; the values listed are those that stay the same."
)


def described(tables: Tables, names: Mapping[str, str], root: str) -> dict[str, Any]:
    """Return the description; `names` gives the page of each view by what it is called here, `root` is the path below which all lies."""
    package, held = tables.package, tables.dictionary.descriptor.get("licenses", [{}])[0]
    views = {f"/api/{name}": {"get": _view(tables, page)} for name, page in names.items()}
    licence = {"name": held.get("title", ", ".join(package.licences)), **({"url": held["path"]} if "path" in held else {})}  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": package.short_title, "version": tables.version, "summary": package.title, "description": LEFT_OUT, "license": licence},
        "servers": [{"url": root}],
        "paths": {
            "/api": {"get": _plain("views", "The views that there are.", {"type": "object", "required": ["views", "version"]})},
            **views,
            "/data/{file}": {"get": _file(tables)},
            "/health": {"get": _plain("health", "Whether the server is alive.", {"type": "object"}, daily=False)},
            "/ready": {"get": _plain("ready", "Whether there are tables to show, and of which version.", {"type": "object", "required": ["ready"]})},
        },
        "components": {"schemas": schemas(tables)},
    }  # fmt: skip


def _view(tables: Tables, page: str) -> dict[str, Any]:
    """Return what one view can be asked for."""
    title = PAGES[page][0]
    answers = {**_answer(f"What /{page} shows.", {"$ref": "#/components/schemas/View"}), **_unready()}
    own = [_parameter(tables, one) for one in parameters(page)]
    return {"operationId": page or "overview", "summary": title, "description": LEFT_OUT, "parameters": own, "responses": answers}  # fmt: skip


def _parameter(tables: Tables, one: Parameter) -> dict[str, Any]:
    """Return what a parameter may hold."""
    value: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if one.choices:
        allowed = [*one.choices(tables)]
        value = {"type": "string", "enum": allowed} if 0 < len(allowed) <= NAMED else {**value, "examples": allowed[:3]}
    elif one.text in FIRST:
        value = {"type": "integer", "minimum": FIRST[one.text], "maximum": 9_999}
    many = {"type": "array", "items": value, "uniqueItems": True} if one.several else value
    every = " Each of several must hold." if one.every else " Any of several will do." if one.several else ""
    default = {"default": one.default} if one.default and one.text not in FIRST else {}
    return {"name": one.name, "in": "query", "description": f"{one.label}.{every}", "required": False, "schema": {**many, **default}, "style": "form", "explode": True}  # fmt: skip


def _file(tables: Tables) -> dict[str, Any]:
    """Return how the tables are had as files."""
    names = [f"{name}.{ending}" for name in tables.dictionary.tables for ending in ("csv", "json", "parquet")]
    kinds = {kind: {} for kind in ("text/csv", "application/json", "application/vnd.apache.parquet", "application/zip")}
    named = {"name": "file", "in": "path", "required": True, "schema": {"type": "string", "enum": [*names, "datapackage.json", "package.zip"]}}  # fmt: skip
    answers = {
        "200": {"description": "The file.", "headers": HEADERS, "content": kinds},
        "404": _problem("There is no such file."),
        **_unready(),
    }
    return {"operationId": "file", "summary": "A table, the description of all, or all in one file.", "parameters": [named], "responses": answers}  # fmt: skip


def _plain(name: str, words: str, shape: dict[str, Any], daily: bool = True) -> dict[str, Any]:
    return {"operationId": name, "summary": words, "responses": {**_answer(words, shape), **(_unready() if daily else {})}}  # fmt: skip


def _answer(words: str, shape: dict[str, Any]) -> dict[str, Any]:
    known = {"304": {"description": "What the reader has is still so.", "headers": HEADERS}}
    return {"200": {"description": words, "content": {"application/json": {"schema": shape}}}, **known}


def _unready() -> dict[str, Any]:
    return {"503": _problem("The tables have faults, and none were good before.")}


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def schemas(tables: Tables) -> dict[str, Any]:
    """Return the shapes of what an answer holds."""
    ref = {name: {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}} for name in ("Picture", "Table", "Statement", "Claim", "Source")}  # fmt: skip
    series = _shape(label=TEXT, pattern=TEXT, values={"type": "array", "items": {"type": ["number", "null"]}})
    bars = _shape(unit=TEXT, horizontal={"type": "boolean"}, categories=TEXTS, beside=TEXTS, series={"type": "array", "items": series})  # fmt: skip
    side = _shape(side={"enum": ["asserts", "denies", "comments"]}, origins=COUNT, statements=ref["Statement"], sources=TEXTS)  # fmt: skip
    column = _shape(name=TEXT, title=TEXT)
    return {
        "View": _shape(
            page={**TEXT, "description": "The address of the page, after what could not be read is left out."}, title=TEXT, finding=TEXT, lead=TEXTS,
            in_view=_shape(count=COUNT, whole=COUNT, noun=TEXT), understood={"type": "object", "additionalProperties": TEXTS}, filters=TEXTS, left_out=TEXTS,
            notes={**TEXTS, "description": "What must be read with the figures."}, pictures=ref["Picture"], tables=ref["Table"], statements=ref["Statement"],
            claims=ref["Claim"], sources=ref["Source"], version=TEXT, day={**TEXT, "format": "date"}, viewpoint=TEXT,
        ),
        "Picture": _shape(name=TEXT, finding=TEXT, alt=TEXT, notes=TEXTS, bars={"anyOf": [bars, {"type": "null"}]}),
        "Table": _shape(name=TEXT, title=TEXT, columns={"type": "array", "items": column}, rows={"type": "array", "items": {"type": "array", "items": CELL}}, keys=TEXTS, count=COUNT),
        "Statement": _row(tables, "quotes"), "Source": _row(tables, "sources"),
        "Claim": _shape(deal_id=TEXT, title=TEXT, status=TEXT, group=TEXT, origins_on_both_sides=COUNT, sides={"type": "array", "items": side}),
        "Problem": {"type": "object", "required": ["problem"], "properties": {"problem": TEXT}},
    }  # fmt: skip


def _shape(**parts: Any) -> dict[str, Any]:
    """Return an object that has all these parts and no other."""
    return {"type": "object", "required": list(parts), "properties": parts, "additionalProperties": False}


def _row(tables: Tables, name: str) -> dict[str, Any]:
    """Return a row of a table, each column with what the tables' own description says of it."""
    return _shape(**{column.name: {**CELL, "title": column.title, "description": column.help} for column in tables.dictionary.tables[name].values()})  # fmt: skip
