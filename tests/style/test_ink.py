"""A picture of the light theme takes the ink and the ground of where it stands, and nothing else of it changes."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.style.ink import in_either_theme
from dashboard.style.tokens import GROUNDS, INKS, LIGHT


def test_ink_and_ground_become_those_of_the_page_and_other_colours_stay() -> None:
    ink, ground = INKS[LIGHT], GROUNDS[LIGHT]
    drawn = in_either_theme(Markup(f'<rect fill="{ground}"/><path stroke="{ink.lower()}" fill="#0072B2"/>'))
    assert drawn == f'<rect fill="var(--ground,{ground})"/><path stroke="var(--ink,{ink.lower()})" fill="#0072B2"/>'


def test_what_takes_them_already_is_left_as_it_is() -> None:
    drawn = Markup(f"<style>text{{fill:var(--ink, {INKS[LIGHT]})}}</style>")
    assert in_either_theme(drawn) == drawn
