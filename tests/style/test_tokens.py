"""The tokens: words can be read in both themes, and Streamlit's own theme has the same colours."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.style import tokens
from dashboard.tables.load import Tables

CONFIG: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)["theme"]
GROUNDS = ["backgroundColor", "secondaryBackgroundColor"]
# Okabe and Ito's palette in degrees of hue; the neutral has none.
HUES = {"air": 202, "naval": 202, "drones": 27, "cyber": 327, "land": 164, "space": 41}

both_themes = pytest.mark.parametrize("mode", list(tokens.THEMES))
both_grounds = pytest.mark.parametrize("ground", GROUNDS)


def channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour by WCAG 2.2."""
    shares = [value / 255 for value in channels(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in shares]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(ink: str, ground: str, part: int) -> str:
    """Return an ink that lets the ground through, `part` per cent of it kept."""
    pairs = zip(channels(ink), channels(ground), strict=True)
    return "#" + "".join(f"{round((part * one + (100 - part) * other) / 100):02X}" for one, other in pairs)


def hue(colour: str) -> float:
    red, green, blue = channels(colour)
    high, low = max(red, green, blue), min(red, green, blue)
    span = high - low
    sixth = {
        red: (green - blue) / span % 6, green: (blue - red) / span + 2, blue: (red - green) / span + 4,
    }[high]  # fmt: skip
    return 60 * sixth


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert mixed("#000000", "#FFFFFF", 60) == "#666666"
    assert hue("#0072B2") == pytest.approx(201.6, abs=0.1)


@both_themes
def test_streamlit_has_the_same_colours(mode: str) -> None:
    assert CONFIG[mode] == tokens.THEMES[mode]
    assert CONFIG["baseRadius"] == tokens.RADIUS


@both_grounds
@both_themes
def test_words_small_print_and_links_can_be_read_on_both_grounds_of_both_themes(mode: str, ground: str) -> None:
    colours = tokens.THEMES[mode]
    ink, paper = colours["textColor"], colours[ground]
    assert contrast(ink, paper) >= 7
    assert contrast(mixed(ink, paper, tokens.MIXES["muted"]), paper) >= 4.5
    assert contrast(colours["linkColor"], paper) >= 4.5


@pytest.mark.parametrize("colour", [tokens.ACCENT, tokens.ASSERTS, tokens.AGAINST, tokens.NEUTRAL])
@both_themes
def test_edges_and_lines_stand_out_from_the_page(mode: str, colour: str) -> None:
    assert contrast(colour, tokens.GROUNDS[mode]) >= 3
    assert contrast(tokens.THEMES[mode]["primaryColor"], tokens.GROUNDS[mode]) >= 3


@both_themes
def test_the_hue_of_every_domain_can_be_seen_on_both_themes(tables: Tables, mode: str) -> None:
    for colour in tables.dictionary.meaning("deals", "domain", "colour").values():
        assert contrast(colour, tokens.GROUNDS[mode]) >= 3


@pytest.mark.parametrize("domain", HUES)
def test_domains_keep_the_hues_of_okabe_and_ito(tables: Tables, domain: str) -> None:
    assert abs(hue(tables.dictionary.meaning("deals", "domain", "colour")[domain]) - HUES[domain]) <= 12


# What is seen of linear RGB with each kind of colour vision, at full strength (Machado, Oliveira and Fernandes 2009).
SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# OKLab (Ottosson 2020): linear RGB to cones, and their cube roots to lightness and two pairs of opposite hues.
CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                  [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
OPPOSED = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                    [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
# The least distance between two domains, in hundredths of OKLab's lightness; 2 is just seen side by side.
APART = {"normal": 13, "protan": 5.8, "deutan": 5.8, "tritan": 5.5}


def seen(colour: str, sight: str) -> np.ndarray:
    """Return a colour in OKLab as a kind of colour vision sees it."""
    shares = np.array(channels(colour)) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return OPPOSED @ np.cbrt(CONES @ np.clip(SIGHTS[sight] @ linear, 0, 1))


def distance(one: str, other: str, sight: str = "normal") -> float:
    return float(100 * np.linalg.norm(seen(one, sight) - seen(other, sight)))


def test_distance_is_that_of_oklab_and_of_each_colour_vision() -> None:
    assert distance("#FFFFFF", "#000000") == pytest.approx(100, abs=0.01)
    assert distance("#FF0000", "#00FF00") == pytest.approx(52.0, abs=0.1)
    assert all(distance("#888888", "#888888", sight) == 0 for sight in SIGHTS)
    assert distance("#B05A00", "#6E7000", "deutan") < distance("#B05A00", "#6E7000") / 2


@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_domains_are_known_apart_by_their_hues(tables: Tables, sight: str) -> None:
    colours = tables.dictionary.meaning("deals", "domain", "colour")
    near = {pair: distance(*pair, sight) for pair in combinations(colours.values(), 2)}
    assert {pair: far for pair, far in near.items() if far < APART[sight]} == {}


def test_air_and_naval_are_known_apart_from_the_back_of_a_room(tables: Tables) -> None:
    colours = tables.dictionary.meaning("deals", "domain", "colour")
    assert distance(colours["air"], colours["naval"]) > 15
    assert distance("#3395D4", "#0072B2") < APART["normal"], "the two blues of before, which were taken for each other"


def test_the_ink_of_a_figure_seen_alone_can_be_read() -> None:
    assert contrast(tokens.NEUTRAL, tokens.GROUNDS["light"]) >= 4.4
    assert contrast(tokens.NEUTRAL, tokens.GROUNDS["dark"]) >= 3.6
