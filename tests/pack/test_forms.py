"""Every form of a briefing is written from the registry, as the kind of file that its name says."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import views
from dashboard.pack import FORMS
from dashboard.pack.briefing import of_view
from dashboard.tables.load import Tables

BEGINS = {"html": b"<!doctype html>", "pptx": b"PK\x03\x04", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_written(made_up: Tables, name: str) -> None:
    today = date(2026, 3, 1)
    briefing = of_view(views.at(made_up, "/?q=nosuchwords", today))
    assert FORMS[name].ending == f".{name}"
    assert FORMS[name].written(made_up, briefing, today).startswith(BEGINS[name])
