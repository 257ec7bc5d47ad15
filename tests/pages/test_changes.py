"""What changed, as the data page says it of the published tables: since each version, with the sentences of the gate."""

from __future__ import annotations

import pytest

from dashboard.address import Links
from dashboard.gate.history import account, history
from dashboard.pages import data as page
from dashboard.tables.load import Tables


def test_what_changed_is_said_since_each_version_and_the_versions_are_listed(tables: Tables) -> None:
    every = history(tables)
    words = str(page.changes(tables, "deals", "", Links()))
    for release in every:
        assert f'<a href="data?since={release.version}" data-stay="since-{release.version}"' in words
    asked = str(page.changes(tables, "places", every[-1].version, Links()))
    assert f"Since version {every[-1].version} of " in asked
    assert f'href="data?table=places&amp;since={every[0].version}"' in asked
    found = account(tables, "")
    assert found
    assert words.count("<details>") == len(found.parts)
    assert f"{found.count:,} change" in words
    assert '<a href="changes.xml" rel="alternate noopener" type="application/atom+xml" target="_blank">' in words


@pytest.mark.usefixtures("pages_anew")
def test_a_long_list_of_changes_is_cut_and_says_where_the_rest_is(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "LISTED", 1)
    words = str(page.changes(tables, "deals", history(tables)[0].version, Links()))
    found = account(tables, history(tables)[0].version)
    assert found
    long = [sentences for sentences in found.parts.values() if len(sentences) > 1]
    assert words.count(" more; <code>changes.csv</code>") == len(long) > 0


def test_a_day_that_is_not_recorded_is_named(tables: Tables) -> None:
    assert "Nothing is recorded of “1900-01-01”, so this begins at the first version." in str(
        page.changes(tables, "deals", "1900-01-01", Links())
    )
