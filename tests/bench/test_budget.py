"""What `make bench CHECK=1` lets pass: figures are compared with their limits, and those that miss are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import budget, load, report, sizes
from bench.__main__ import DOMAINS, PAGES, UNFILTERED
from dashboard.tables import load as data

GOAL = {"limit": 3.0, "goal": 2.5}


def found(ours: list[float], static: list[float]) -> report.Found:
    """Return a run in which one page was drawn so quickly in each round."""
    rounds = {"ours": [{"cold": each} for each in ours], "static": [{"cold": each} for each in static]}
    return {"pages": {"value": rounds}}


@pytest.mark.parametrize(
    ("ours", "verdict"), [(200, "reached"), (250, "reached"), (290, "short of the goal"), (300.1, "OVER THE LIMIT")]
)
def test_a_ratio_is_compared_with_its_limit_and_with_its_goal(ours: float, verdict: str) -> None:
    (line,) = budget.lines(found([ours], [100]), {"value": {"cold": GOAL}}, ["value"])
    said = budget.table([line])
    assert line.over == (verdict == "OVER THE LIMIT")
    assert verdict in next(row for row in said.splitlines() if "/value" in row)
    assert f"{int(line.over)} of 1 figures over the limit" in said


def test_medians_are_compared_so_that_one_slow_round_fails_nobody() -> None:
    (line,) = budget.lines(found([200, 200, 9000], [100, 100, 100]), {"value": {"cold": GOAL}}, ["value"])
    assert line.figure == 2


def test_what_could_not_be_measured_is_over_its_limit() -> None:
    (line,) = budget.lines({}, {"value": {"cold": GOAL}}, ["value"])
    assert line.over
    assert report.NONE in budget.table([line])


def test_only_pages_that_were_measured_are_compared() -> None:
    assert budget.lines(found([1], [1]), {"value": {"cold": GOAL}, "map": {"cold": GOAL}}, ["map"])[0].page == "map"
    assert not budget.lines({}, {"value": {"cold": GOAL}}, ["quotes"])


def test_bytes_are_compared_as_they_are() -> None:
    run: report.Found = {"pages": {"": {"ours": [{"kB": 650.0}], "static": [{"kB": 1.0}]}}}
    (line,) = budget.lines(run, {"overview": {"kilobytes": {"limit": 700, "goal": 600}}}, [""])
    assert (line.figure, line.over, line.short) == (650.0, False, True)


def test_limits_written_anew_leave_room_and_neither_fall_below_the_goal_nor_rise(tmp_path: Path) -> None:
    written = tmp_path / "budget.toml"
    allowed = {"value": {"cold": {"limit": 9.0, "goal": 2.5}}, "map": {"cold": {"limit": 9.0, "goal": 2.5}}}
    for ours, limit in ((400, 5.0), (100, 2.5), (1000, 9.0)):
        written.write_text(budget.rewritten(found([ours], [100]), allowed, ["value"]), encoding="utf-8")
        assert budget.read(written) == {"value": {"cold": {"limit": limit, "goal": 2.5}}, "map": allowed["map"]}
        assert written.read_text(encoding="utf-8").startswith("# ")


def test_every_page_that_is_measured_has_limits_and_no_goal_is_looser_than_its_limit() -> None:
    allowed = budget.read()
    assert list(allowed) == [page or "overview" for page in PAGES]
    for page, each in allowed.items():
        assert ({"first_words", "cold", "kilobytes"} | ({"change_ms"} if page not in UNFILTERED else set())) <= set(
            each
        )
        assert set(each) <= set(budget.LINES)
        assert all(set(line) == {"limit", "goal"} and line["limit"] >= line["goal"] for line in each.values())


def test_each_round_has_a_choice_of_its_own() -> None:
    assert len(set(DOMAINS)) == len(DOMAINS) > 3
    known = data.current().dictionary.choices("deals", "domain")
    assert set(DOMAINS) <= set(known.values())
    assert set(load.DOMAINS) <= set(known)
    assert set(sizes.DOMAINS) <= set(known.values())


def test_the_tables_hold_a_dash_for_what_was_not_measured_and_the_ratio_to_the_static_page() -> None:
    said = report.tables(found([300, 200, 100], [50, 50, 50]), ["value", "map"], {})
    cold = said[said.index("Cold, ms") :].splitlines()
    assert [cell.strip() for cell in cold[3].split("|")[1:5]] == ["/value", "200", "50", "4.00"]
    assert [cell.strip() for cell in cold[4].split("|")[1:5]] == ["/map", report.NONE, report.NONE, report.NONE]
    assert "beside" not in said


def test_another_checkout_stands_beside_ours_with_its_ratio() -> None:
    run = found([100], [50])
    run["pages"]["value"]["beside"] = [{"cold": 400.0}]
    cold = report.tables(run, ["value"], {}).partition("Cold, ms")[2].splitlines()
    assert cold[1].endswith("| beside | ours / beside |")
    assert cold[3].endswith("|    400 |          0.25 |")
