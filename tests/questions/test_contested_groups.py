"""Contested deals by who stands for them: claimed and denied, one of the two, or reported and claimed by nobody named."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
import pytest

from dashboard.pages import claims as page
from dashboard.questions import findings, ledger
from dashboard.tables.load import Tables
from tests.macros import macros
from tests.made_up import read
from tests.page import finding, opened, written


def recounted() -> dict[str, str]:
    """Return the group of each contested deal, decided from the files alone."""
    said: dict[str, set[str]] = defaultdict(set)
    for row in read("quotes"):
        for deal in filter(None, row["deal_ids"].split(";")):
            said[deal].add(row["stance"])
    names = {(True, True): "both", (True, False): "claimed", (False, True): "denied", (False, False): "reported"}
    groups = {
        row["deal_id"]: names["claim" in said[row["deal_id"]], "denial" in said[row["deal_id"]]]
        for row in read("deals")
    }
    doubted = {row["deal_id"] for row in read("deals") if row["status"] in {"alleged", "denied"}}
    return {deal: group for deal, group in groups.items() if deal in doubted or group == "both"}


def test_each_contested_deal_is_in_the_group_of_those_who_speak(made_up: Tables) -> None:
    found = ledger.ledger(made_up)
    assert dict(zip(found["deal_id"], found["group"], strict=True)) == recounted()
    assert {"both", "claimed", "reported"} <= set(found["group"])
    order = [[*ledger.GROUPS].index(group) for group in found["group"]]
    assert order == sorted(order)
    assert ledger.count_groups(found) == {name: Counter(found["group"])[name] for name in dict.fromkeys(found["group"])}


def test_a_denial_alone_has_a_group_of_its_own() -> None:
    counts = pd.DataFrame({"asserts": [0, 0, 2, 3], "denies": [1, 0, 0, 2], "comments": [0, 4, 0, 0]})
    assert ledger._groups(counts) == ["denied", "reported", "claimed", "both"]


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([], "No deal in view is contested."),
        (["both"], "1 deal is both claimed and denied."),
        (["both", "both", "claimed"], "2 deals are both claimed and denied. 1 is claimed and not denied."),
        (
            ["reported"],
            "No deal in view is both claimed and denied. 1 is only reported: no named speaker claims or denies it.",
        ),
        (
            ["both", "claimed", "claimed", "denied", "reported", "reported"],
            "1 deal is both claimed and denied. 2 are claimed and not denied. 1 is denied and not claimed. "
            "2 are only reported: no named speaker claims or denies them.",
        ),
    ],
)
def test_the_headline_counts_each_group_in_a_sentence(groups: list[str], words: str) -> None:
    assert findings.on_claims(pd.DataFrame({"group": groups}, dtype=object)) == words


@pytest.mark.parametrize(
    ("asserts", "denies", "words"),
    [
        (0, 0, "Flight: no named speaker claims or denies it."),
        (1, 0, "Flight. Of the statements, 1 claims it and none denies it."),
        (2, 4, "Flight. Of the statements, 2 claim it and 4 deny it."),
        (0, 1, "Flight. Of the statements, none claims it and 1 denies it."),
    ],
)
def test_the_headline_of_one_entry_counts_its_sides(asserts: int, denies: int, words: str) -> None:
    assert page.finding_on_one(pd.Series({"title": "Flight", "asserts": asserts, "denies": denies})) == words


@pytest.mark.usefixtures("made_up_pages")
def test_the_ledger_shows_each_group_under_its_heading_with_its_entries_below() -> None:
    notes = macros("ledger.html").group_notes
    text = written(opened("claims"))
    place = {deal: text.index(f'id="entry-{deal}"') for deal in recounted()}
    for group in set(recounted().values()):
        heading = text.index(f'<h2 class="part">{ledger.GROUPS[group]}</h2><p class="meta">{notes[group]}')
        nearest = {deal: at for deal, at in place.items() if at > heading}
        assert recounted()[min(nearest, key=nearest.__getitem__)] == group


@pytest.mark.usefixtures("made_up_pages")
def test_an_entry_alone_says_its_group_too() -> None:
    deal = next(deal for deal, group in recounted().items() if group == "reported")
    test = opened("claims", id=deal)
    assert macros("ledger.html").group_notes["reported"] in written(test)
    assert finding(test).endswith(": no named speaker claims or denies it.")
