"""A value that nobody thought of when the code was written, added to the data package and used: every page shows it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.questions import deals, evidence, stages
from dashboard.tables import check as checks
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from tests import made_up as files
from tests.page import charts, opened, written

PAGES = ["overview", "timeline", "value", "map", "quotes", "claims", "sources", "data", "deal"]
# By table and column: the new category, and a row that is like another but has the new value.
NEW: dict[tuple[str, str], dict[str, Any]] = {
    ("deals", "domain"): {"value": "arctic", "label": "Arctic", "colour": "#4B6E8C", "glyph": "⬢"},
    ("deals", "kind"): {"value": "lease", "label": "Lease", "family": "trade", "priced": True},
    ("deals", "status"): {
        "value": "rumoured", "label": "Rumoured", "stage": None, "summed": False, "open": False, "agreed": True,
        "doubted": True, "pattern": "hatched",
    },
    ("milestones", "kind"): {"value": "insured", "label": "Insured", "shape": "square", "completes": False},
    ("quotes", "stance"): {"value": "retraction", "label": "Retraction", "side": "denies"},
    ("quotes", "topic"): {"value": "polar", "label": "Polar"},
    ("places", "precision"): {"value": "region", "label": "Region", "drawn": "ring"},
    ("sources", "kind"): {"value": "podcast", "label": "Podcast", "cited_as": "page"},
}  # fmt: skip
WALRUS = {
    "deal_id": "walrus-lease", "title": "Lease Walrus", "domain": "arctic", "kind": "lease", "status": "rumoured",
    "in_totals": "no", "doubt": "Not in totals: rumoured.", "value_usd_m": "", "value_low_usd_m": "",
    "value_high_usd_m": "", "value_basis": "", "start": "2019-05-01", "end": "", "place_id": "polar-strip",
}  # fmt: skip


def rewritten(path: Path, like: str, **cells: str) -> None:
    """Add to a table a row that is like the one of a key but for some cells."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    row = next(row for row in rows if next(iter(row.values())) == like)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, {**row, **cells}])


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the made-up tables with a new value in every column that the code reads a meaning of."""
    folder = files.copy(tmp_path_factory.mktemp("new_values") / "data")
    package = folder / data.DESCRIPTION
    descriptor = json.loads(package.read_bytes())
    for (table, column), category in NEW.items():
        resource = next(entry for entry in descriptor["resources"] if entry["name"] == table)
        next(field for field in resource["schema"]["fields"] if field["name"] == column)["categories"].append(category)
    package.write_text(json.dumps(descriptor), encoding="utf-8")
    rewritten(folder / "deals.csv", "alpha-frigates", **WALRUS)
    rewritten(folder / "milestones.csv", "alpha-frigates", deal_id="walrus-lease", date="2019-06", kind="insured")
    rewritten(folder / "places.csv", "exampleville", place_id="polar-strip", name="Polar Strip", precision="region")
    rewritten(
        folder / "quotes.csv", "ornek-2025-landing", quote_id="walrus-taken-back", stance="retraction", topic="polar",
        deal_ids="walrus-lease",
    )  # fmt: skip
    rewritten(
        folder / "sources.csv", "nu-leaflet", source_id="walrus-hour", publisher="Walrus Hour", kind="podcast", url=""
    )
    texts, dictionary = data.read_texts(folder)
    assert not checks.find_faults(texts, dictionary)
    return data.load(folder)


@pytest.fixture
def shown(grown: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page show these tables."""
    monkeypatch.setattr(data, "load", lambda: grown)
    monkeypatch.setattr(data, "fingerprint", lambda: "tables with new values")


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_rows_with_values_it_never_met(page: str) -> None:
    opened(page, **({"id": "walrus-lease"} if page in ("deal", "claims") else {}))  # which asserts that nothing fails


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("page", "params", "said"),
    [
        ("value", {"by": "domain", "domain": "arctic"}, "Arctic"),
        ("value", {"by": "status", "status": "rumoured"}, "Rumoured"),
        ("timeline", {"group": "domain", "domain": "arctic"}, "rumoured"),
        ("map", {"domain": "arctic"}, "Arctic"),
        ("quotes", {"topic": "polar"}, "Retraction"),
        ("claims", {"id": "walrus-lease"}, "Denies"),
        ("deal", {"id": "walrus-lease"}, "Rumoured"),
        ("sources", {"text": "walrus"}, "Walrus Hour"),
        ("data", {"table": "deals"}, "Arctic"),
    ],
)
def test_the_words_of_the_package_are_on_the_page(page: str, params: dict[str, str], said: str) -> None:
    test = opened(page, **params)
    assert said in "\n".join([written(test), *map(str, charts(test))])


def test_a_new_kind_of_trade_counts_as_trade_without_a_public_value(grown: Tables) -> None:
    row = grown.deals[grown.deals["deal_id"] == "walrus-lease"]
    assert deals.is_unpriced(row).all()
    assert deals.total(row, []).unpriced == 1


def test_a_new_status_in_doubt_is_contested_and_stands_apart_from_the_ladder(grown: Tables) -> None:
    row = grown.deals[grown.deals["deal_id"] == "walrus-lease"]
    assert evidence.contested_ids(grown, row) == {"walrus-lease"}
    stage = next(stage for stage in stages.stages(grown, row) if stage.status == "rumoured")
    assert (stage.is_doubted, stage.on_ladder, stage.trade) == (True, False, 1)


def test_a_new_stance_takes_the_side_that_the_package_says(grown: Tables) -> None:
    assert evidence.sides(grown).loc["walrus-lease", "denies"] == 1
    assert pd.Series(evidence.positions(grown, "walrus-lease")["side"]).tolist() == ["denies"]
