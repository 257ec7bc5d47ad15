"""The briefing pack as a reader takes it: opened, asked for a form, and a whole file arrives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Fresh = Callable[..., Visit]


def test_the_slides_of_the_view_on_screen_arrive_as_a_file(visit: Fresh, tmp_path: Path) -> None:
    reader = visit()
    page = reader.open("value?domain=naval")
    finding = page.locator("[data-testid='stMain'] header.page h1").inner_text()
    menu = page.get_by_role("button", name="Briefing pack")
    menu.focus()
    page.keyboard.press("Enter")
    with page.expect_download() as taken:
        page.get_by_role("button", name="PowerPoint").click()
    assert taken.value.suggested_filename.endswith("-value-domain-naval.pptx")
    file = tmp_path / "taken.pptx"
    taken.value.save_as(file)
    with file.open("rb") as content:
        slides = Presentation(content).slides
    assert finding in [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
    assert reader.faults == []
