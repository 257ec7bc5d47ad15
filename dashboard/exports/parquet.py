"""The tables as Parquet files in one zip: typed, each column with its title and its meaning in the file."""

from __future__ import annotations

import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.package import zipped
from dashboard.exports.plain import values
from dashboard.tables.load import Tables

TYPES = {"integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}


def parquets(tables: Tables) -> bytes:
    """Return the zip: a file for each table under its name. A blank is null; a date that is EDTF stays text."""
    return zipped({f"{name}.parquet": parquet(tables, name) for name in tables.dictionary.tables})


def parquet(tables: Tables, name: str) -> bytes:
    """Return one table as a Parquet file."""
    columns = list(tables.dictionary.tables[name].values())
    cells = dict(zip([column.name for column in columns], zip(*values(tables, name), strict=True), strict=False))
    arrays, fields = [], []
    for column in columns:
        kind = TYPES.get(column.type, pa.string())
        given = cells.get(column.name, ())
        days = [date.fromisoformat(cell) if cell else None for cell in given] if column.type == "date" else given
        arrays.append(pa.array(days, kind))
        fields.append(pa.field(column.name, kind, metadata={"title": column.title, "description": column.help}))
    said = {"name": tables.package.name, "version": tables.version, "licences": json.dumps(tables.package.licences)}
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields, metadata=said)), buffer, compression="zstd")
    return buffer.getvalue()
