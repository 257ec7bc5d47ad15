"""What the style sheet must do for readers: tell apart by more than a word what is alleged, denied or in our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from dashboard import style
from dashboard.address import Links
from dashboard.pages import timeline, value
from dashboard.questions import stages
from dashboard.questions.deals import Selection
from dashboard.style import tokens
from dashboard.tables.check import meaning
from dashboard.tables.load import Tables
from tests.browser.conftest import PATIENCE, Visit
from tests.macros import macros

pytestmark = pytest.mark.browser

LOOK = """found => found.map(element => {
    const style = getComputedStyle(element);
    return { fill: style.backgroundImage, edge: style.borderTopStyle, side: `${style.borderLeftWidth} ${style.borderLeftStyle}`, slant: style.fontStyle,
             before: getComputedStyle(element, "::before").content };
})"""
Looks = Callable[[str, str], list[dict[str, Any]]]


@pytest.fixture
def looks(chromium: Browser) -> Iterator[Looks]:
    """Return what says how a browser draws each element that a selector finds in a piece of HTML."""
    page = chromium.new_page()

    def drawn(body: str, selector: str) -> list[dict[str, Any]]:
        page.set_content(f"<style>{style.sheet()}</style>{body}")
        return page.locator(selector).evaluate_all(LOOK)

    yield drawn
    page.close()


def test_alleged_and_denied_are_hatched_framed_and_slanted_and_no_other_status_is(
    looks: Looks, made_up: Tables
) -> None:
    statuses = list(made_up.dictionary.choices("deals", "status"))
    body = "".join(map(macros("badges.html", made_up).status, statuses))
    found = dict(zip(statuses, looks(body, ".status"), strict=True))
    for status, look in found.items():
        is_doubted = status in ("alleged", "denied")
        assert look["fill"].startswith("repeating-linear-gradient(") == is_doubted, status
        assert (look["edge"] == "dashed") == is_doubted, status
        assert (look["slant"] == "italic") == is_doubted, status


def test_the_stages_that_are_alleged_or_denied_are_hatched_and_no_other_is(looks: Looks, made_up: Tables) -> None:
    found_stages = stages.stages(made_up, made_up.deals)
    ladder = value.build(made_up, Selection(), "domain", "nominal", Links()).below
    found = looks(ladder, ".stages li")
    assert [look["fill"].startswith("repeating-linear-gradient(") for look in found] == [
        stage.status in ("alleged", "denied") for stage in found_stages
    ]


def test_each_pattern_that_a_value_may_have_is_drawn_in_its_own_way(looks: Looks) -> None:
    body = "".join(f'<i class="sample" data-pattern="{pattern}"></i>' for pattern in meaning.PATTERNS)
    fills = dict(zip(meaning.PATTERNS, [look["fill"] for look in looks(body, ".sample")], strict=True))
    lined = {pattern: fill for pattern, fill in fills.items() if pattern not in ("solid", "outlined")}
    assert all("gradient(" in fill for fill in lined.values())
    assert len(set(lined.values())) == len(lined)
    assert fills["crossed"].count("gradient(") == 2


def test_a_bar_of_alleged_or_denied_deals_is_hatched(looks: Looks, made_up: Tables) -> None:
    patterns = made_up.dictionary.meaning("deals", "status", "pattern")
    bars = "".join(f'<td class="bar"><i data-pattern="{pattern}"></i></td>' for pattern in patterns.values())
    found = looks(f'<table class="bars"><tr>{bars}</tr></table>', "i")
    hatched = [look["fill"].startswith("repeating-linear-gradient(") for look in found]
    assert hatched == [status in ("alleged", "denied") for status in patterns]


def test_claims_and_denials_and_direct_words_and_paraphrase_never_look_alike(looks: Looks, made_up: Tables) -> None:
    rows = made_up.quotes.set_index("quote_id", drop=False)
    keys = ["ornek-2023-missile", "muster-2025-no-arms", "sample-2019-calm"]
    statement = macros("statement.html", made_up).statement
    body = "".join(statement(rows.loc[key]) for key in keys)
    claim, denial, comment = (look["side"] for look in looks(body, ".stance"))
    assert (claim, denial, comment) == ("4px solid", "4px double", "1px solid")
    body = "".join(statement(rows.loc[key]) for key in ("ornek-2025-landing", "ornek-2023-missile"))
    assert [look["side"] for look in looks(body, "blockquote, .paraphrase")] == ["3px solid", "3px dotted"]


def test_a_description_of_a_page_is_said_to_be_one_and_a_headline_is_not(looks: Looks, made_up: Tables) -> None:
    rows, headline = made_up.sources.set_index("source_id", drop=False), macros("links.html", made_up).headline
    body = "".join(headline(rows.loc[key]) for key in ("beta-herald-2010", "alpha-gazette-2010"))
    assert [look["before"] for look in looks(body, "a > span")] == ['"described: "', "none"]


# The colours of the timeline's milestones as they are drawn, and of its words.
INKED = """() => {
    const looks = (selector) => [...new Set([...document.querySelectorAll(`.lanes ${selector}`)].map(element => {
        const style = getComputedStyle(element);
        return `${style.fill} ${style.stroke}`;
    }))].sort();
    return { marks: looks(".times-solid, .times-open"), titles: looks(".deal .t0").map(look => look.split(" ")[0] && look.slice(0, look.indexOf(")") + 1)) };
}"""


def spelt(colour: str) -> str:
    """Return a colour as a browser writes it."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def test_the_timeline_takes_the_ink_of_the_theme_and_of_the_next_one_at_once(visit: Callable[..., Visit]) -> None:
    """No rerun is needed: the figure stays as it was drawn."""
    page = visit().open("timeline")
    page.wait_for_selector(".lanes .times-open", state="attached", timeout=PATIENCE)
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        ink, ground = spelt(tokens.INKS[mode]), spelt(tokens.GROUNDS[mode])
        drawn = {"marks": sorted([f"{ink} {ground}", f"{ground} {ink}"]), "titles": [ink]}
        page.wait_for_function(
            f"drawn => JSON.stringify(({INKED})()) === drawn",
            arg=json.dumps(drawn, separators=(",", ":")),
            timeout=PATIENCE,
        )


def test_marks_and_patterns_are_there_in_a_readers_own_colours(chromium: Browser, made_up: Tables) -> None:
    patterned = [pattern for pattern in meaning.PATTERNS if pattern not in ("solid", "outlined")]
    samples = "".join(f'<i class="sample" data-pattern="{pattern}"></i>' for pattern in patterned)
    key = timeline.key(made_up, made_up.deals, {"today": "today"})
    page = chromium.new_page()
    page.emulate_media(forced_colors="active")
    page.set_content(f'<style>{style.sheet()}</style><div class="drawn">{samples}{key}</div>')
    fills = page.locator(".drawn > .sample").evaluate_all(
        "all => all.map(each => getComputedStyle(each).backgroundImage)"
    )
    assert len(set(fills)) == len(patterned)
    assert all("gradient(" in fill for fill in fills)
    marks = page.locator('.mark:not([data-shape$="open"])')
    grounds = marks.evaluate_all("all => all.map(each => getComputedStyle(each).backgroundColor)")
    ink = page.evaluate("getComputedStyle(document.querySelector('.mark')).color")
    page.close()
    assert len(grounds) > 3
    assert set(grounds) == {ink}
