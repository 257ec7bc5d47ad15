"""A picture on its plate: its title, itself and its foot, none over another, whatever their sizes; and the same in pixels."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from dashboard.charts import plate as plates
from dashboard.charts.plate import CARD, MORE, OWN, SIZES, SLIDE, plate
from dashboard.charts.png import FOREIGN, main, png

SVG = "{http://www.w3.org/2000/svg}"
FINDING = "Naval deals make up 59% of the disclosed total. 56 trade deals have no public value."
SOURCE = "Made-up tables, version 1. Undisclosed is not zero."


def picture(width: int = 720, height: int = 300) -> str:
    """Return a picture of a size."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" aria-label="width=&quot;9" width="{width}" height="{height}"><rect width="5" height="5"/></svg>'


def boxes(drawn: str) -> tuple[tuple[float, float], list[tuple[float, float]]]:
    """Return from where to where the picture stands, and where lines of words stand."""
    root = ET.fromstring(drawn)
    (inner,) = root.findall(f"{SVG}svg")
    top = float(inner.get("y", 0))
    lines = [
        (float(line.get("y", 0)), float(text.get("font-size", 0)))
        for text in root.findall(f"{SVG}text")
        for line in text
    ]
    return (top, top + float(inner.get("height", 0))), lines


def words(drawn: str) -> str:
    """Return the words of a plate."""
    return " ".join(ET.fromstring(drawn).itertext())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("height", [40, 300, 900, 4000])
@pytest.mark.parametrize("title", ["Short.", FINDING, FINDING * 9])
def test_nothing_on_a_plate_stands_over_another_or_beyond_its_edge(size: str, height: int, title: str) -> None:
    drawn = plate(
        picture(height=height), title, "In view: 12 of 118 deals · " + "Domain: naval " * 12, SOURCE, SIZES[size]
    )
    root = ET.fromstring(drawn)
    (top, bottom), lines = boxes(drawn)
    above, below = [y for y, _ in lines if y < top], [(y, letters) for y, letters in lines if y > top]
    assert above
    assert min(y - letters for y, letters in below) >= bottom - 1
    assert max(y for y, _ in below) < float(root.get("height", 0))
    assert SIZES[size].height in (0, int(root.get("height", 0)))
    assert len(above) <= SIZES[size].lines


@pytest.mark.parametrize("size", [SLIDE, CARD])
def test_a_picture_too_high_is_cut_off_and_the_plate_says_so_with_its_source(size: str) -> None:
    whole, cut = (plate(picture(height=height), FINDING, "", SOURCE, SIZES[size]) for height in (300, 3000))
    assert MORE not in words(whole)
    assert SOURCE not in words(whole)
    assert f"{MORE} {SOURCE}" in words(cut).replace("  ", " ")
    (inner,) = ET.fromstring(cut).findall(f"{SVG}svg")
    left, high = map(float, inner.get("viewBox", "").split()[2:])
    assert high < 3000
    assert float(inner.get("width", 0)) / left >= plates.LEAST


def test_a_plate_in_the_size_of_its_picture_shows_all_of_it() -> None:
    root = ET.fromstring(plate(picture(640, 3000), FINDING, "", SOURCE, SIZES[OWN]))
    (inner,) = root.findall(f"{SVG}svg")
    assert (inner.get("width"), inner.get("height"), inner.get("viewBox")) == ("640.0", "3000.0", "0 0 640 3000")
    assert int(root.get("width", 0)) == 640 + 2 * SIZES[OWN].margin


def test_without_a_picture_the_plate_has_its_words_alone() -> None:
    drawn = plate("", FINDING, "In view: 0 of 9 deals", SOURCE, SIZES[CARD])
    assert not ET.fromstring(drawn).findall(f"{SVG}svg")
    assert f"In view: 0 of 9 deals · {SOURCE}" in words(drawn)


def test_a_title_that_is_markup_stays_words() -> None:
    assert "<script>" in words(plate(picture(), "<script>&", "<b>", SOURCE, SIZES[CARD]))


def test_a_plate_in_pixels_has_our_faces_and_a_sign_for_letters_that_they_lack() -> None:
    def painted(title: str) -> bytes:
        return png(plate(picture(), title, "", SOURCE, SIZES[CARD]), 600)

    shown = painted("Gülşen İstanbul")
    assert struct.unpack(">II", shown[16:24]) == (600, 315)
    assert shown != painted("")
    assert painted("中国 हिन्दी") == painted("…")
    assert painted("پاکستان اردو") != painted("…")


def test_arabic_letters_are_joined_and_run_from_right_to_left() -> None:
    def painted(word: str) -> Image.Image:
        drawn = png(f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"><text x="100" y="30" font-size="24" text-anchor="middle">{word}</text></svg>', 200)  # fmt: skip
        return Image.open(io.BytesIO(drawn)).getchannel("A")

    def breadth(word: str) -> int:
        left, _, right, _ = painted(word).getbbox() or (0, 0, 0, 0)
        return right - left

    joined, apart = "پستان", "\u200c".join("پستان")
    assert 0 < breadth(joined) < breadth(apart)
    first = painted("اسسس")  # its first letter is the high one
    left, top, right, _ = first.getbbox() or (0, 0, 0, 0)
    high = first.crop((left, top, right, top + 2)).getbbox() or (0, 0, 0, 0)
    assert left + high[0] > (left + right) / 2


@pytest.mark.parametrize("text", ["Gülşen Ḥāṭṭ ʿA پاکستان Москва Αθήνα “x” – … → ■ ★ ✶ ✚ € ₺", "plain"])
def test_letters_of_our_faces_are_kept(text: str) -> None:
    assert FOREIGN.sub("?", text) == text


def test_what_is_no_picture_is_an_error() -> None:
    with pytest.raises(subprocess.SubprocessError):
        png("<svg", 10)


def test_the_process_reads_a_picture_and_writes_its_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    given, taken = io.BytesIO(picture().encode()), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=taken))
    monkeypatch.setattr(sys, "argv", ["-c", "72"])
    main()
    assert struct.unpack(">II", taken.getvalue()[16:24]) == (72, 30)
