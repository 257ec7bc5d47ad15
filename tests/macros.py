"""The macros of a template, to call from a test."""

from __future__ import annotations

from typing import Any

from dashboard.address import Links
from dashboard.tables.load import Tables
from dashboard.templates import ENVIRONMENT


def macros(template: str, tables: Tables | None = None, **more: object) -> Any:
    """Return a template whose macros can be called as methods; those that need the `tables`, links or `more` find them."""
    return ENVIRONMENT.get_template(template).make_module({"tables": tables, "to": Links(), **more})
