"""Views of what is hardly there: no date, no grade, too little to compare, steps without room for words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard import views
from dashboard.charts.timeline import still
from dashboard.charts.timeline.steps import NONE, laid
from dashboard.questions import comparable
from dashboard.questions.facts import facts
from dashboard.tables.load import Tables

TODAY = date(2026, 11, 27)


def test_a_deal_without_a_date_is_on_its_map_alone(made_up: Tables) -> None:
    undated = made_up.deals.loc[made_up.deals["begins"].isna(), "deal_id"].iloc[0]
    assert [picture.name for picture in views.at(made_up, f"/deal?id={undated}", TODAY).pictures] == ["map"]


def test_a_deal_without_a_grade_is_said_not_to_have_one(made_up: Tables) -> None:
    deal = pd.Series({**made_up.deals.iloc[0], "credibility": pd.NA})
    (fact,) = [fact for fact in facts(made_up, deal) if fact.name == "credibility"]
    assert fact.words == "Not graded"
    assert "source" in fact.said


def test_where_there_is_too_little_to_compare_it_is_said(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparable, "pair", lambda *_: ("", ""))
    view = views.at(replace(made_up, stamp="lonely"), "/compare", TODAY)
    assert view.finding == "The tables hold too little to compare."
    assert view.tables == ()


def test_words_of_steps_that_find_no_room_are_left_away(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    deal_id = made_up.milestones["deal_id"].value_counts().index[0]
    one = laid(made_up, deal_id, TODAY)
    assert one
    whole = still.steps(made_up, one, "")
    monkeypatch.setattr(still, "chosen", lambda _, places, __: [NONE] * len(places))
    bare = still.steps(made_up, one, "")
    assert all(words in whole for words in one.words)
    assert not any(f">{words}</text>" in bare for words in one.words)
