"""The map in a real browser: it really draws, and a click on it leads to the deals. Pixels are polled, never slept for."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from urllib.parse import quote

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from dashboard.questions import flows
from dashboard.questions.deals import Selection, select
from dashboard.style import tokens as theme
from dashboard.tables.load import Tables
from tests.browser.conftest import NARROW, WIDE, Visit

pytestmark = pytest.mark.browser

PATIENCE = 90  # seconds; WebGL in software on a busy machine
Fresh = Callable[..., Visit]
Colour = tuple[int, int, int]


def pixels(chart: Locator) -> Image.Image:
    return Image.open(io.BytesIO(chart.screenshot(timeout=PATIENCE * 1000))).convert("RGB")


def rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def near(image: Image.Image, colour: Colour, far: int = 12) -> list[tuple[int, int]]:
    """Return the points of a picture that are nearly of a colour."""
    apart = np.abs(np.asarray(image, dtype=int) - np.asarray(colour)).max(axis=2)
    return [(int(x), int(y)) for y, x in np.argwhere(apart <= far)]


def bare(chart: Locator) -> float:
    """Return which share of the map is exactly the page's ground, as it is where no land is drawn."""
    image = pixels(chart)
    return len(near(image, rgb(theme.GROUNDS["light"]), 0)) / (image.width * image.height)


def until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if true():
            return True
    return False


def explored(page: Page) -> Locator:
    """Reach for the map to explore, wait until it has taken the flat map's place, and return it."""
    page.get_by_role("button", name="Whole region").click()
    page.locator("[data-map='live']").wait_for(timeout=PATIENCE * 1000)
    return page.locator("[data-testid='stDeckGlJsonChart']").first


def alone(tables: Tables, family: str) -> dict[str, str]:
    """Return the first firm deal of a family that has one line and whose title, sought, finds it alone."""
    lines = flows.flow_deals(tables)["deal_id"].value_counts()
    deals = tables.deals[(tables.deals["family"] == family) & ~tables.deals["is_doubted"]]
    return next(
        row
        for row in deals.to_dict("records")
        if lines[row["deal_id"]] == 1 and len(select(tables, Selection(q=row["title"]))) == 1
    )


def colour_of(tables: Tables, deal: dict[str, str]) -> Colour:
    """Return the colour of a deal's line."""
    domains = tables.dictionary.meaning("deals", "domain", "colour")
    return rgb(theme.AGAINST if deal["family"] == "measure" else domains[deal["domain"]])


def test_the_basemap_is_drawn(visit: Fresh) -> None:
    reader = visit()
    chart = explored(reader.open("map"))

    assert until(lambda: bare(chart) < 0.5)
    assert reader.faults == []


def test_a_click_on_a_line_lists_its_deals_and_one_more_opens_the_deal(visit: Fresh, tables: Tables) -> None:
    deal = alone(tables, "measure")
    page, colour = visit().open(f"map?q={quote(deal['title'])}"), colour_of(tables, deal)
    chart = explored(page)
    assert until(lambda: len(near(pixels(chart), colour, 20)) > 20)
    box, points = chart.bounding_box(), near(pixels(chart), colour, 20)
    assert box is not None
    x, y = points[len(points) // 2]

    def clicked() -> bool:
        page.mouse.move(box["x"] + x - 3, box["y"] + y)
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(500)
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(1500)
        return "at=" in page.url

    assert until(clicked)
    page.get_by_role("link", name=deal["title"]).first.click()
    page.wait_for_url(f"**/deal?*id={deal['deal_id']}*")


def test_a_measure_is_drawn_in_an_ink_of_its_own_and_in_no_domains_colour(visit: Fresh, tables: Tables) -> None:
    deal = alone(tables, "measure")
    chart = explored(visit().open(f"map?show=measures&q={quote(deal['title'])}"))

    assert until(lambda: len(near(pixels(chart), rgb(theme.AGAINST), 20)) > 20)
    supplied = colour_of(tables, alone(tables, "trade"))
    assert len(near(pixels(chart), supplied, 12)) == 0


def test_a_deal_shows_its_line_on_a_small_map(visit: Fresh, tables: Tables) -> None:
    deal = alone(tables, "trade")
    drawing = visit().open(f"deal?id={deal['deal_id']}").locator("svg.flat")

    drawing.wait_for()
    assert until(lambda: len(near(pixels(drawing), colour_of(tables, deal), 20)) > 20)
    assert "Map with " in (drawing.get_attribute("aria-label") or "")


def test_until_the_ground_is_drawn_the_flat_map_stands_in_its_place(visit: Fresh) -> None:
    reader = visit()
    reader.page.route("**/app/static/*.geojson", lambda route: route.abort())  # so it never is
    flat = reader.open("map").locator(".st-key-map-flat svg.flat")

    flat.wait_for()
    reader.page.get_by_role("button", name="Closer").click()
    reader.page.get_by_role("status").filter(has_text="on its way").wait_for()
    reader.page.locator("[data-testid='stDeckGlJsonChart'] canvas").first.wait_for(timeout=PATIENCE * 1000)
    expect(flat).to_be_visible()
    assert "view=" not in reader.page.url


def test_the_flat_map_answers_a_click_and_nothing_of_the_other_is_sent(visit: Fresh, tables: Tables) -> None:
    deal, reader = alone(tables, "measure"), visit()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open(f"map?q={quote(deal['title'])}")
    page.locator(".st-key-map-flat a").first.press("Enter")
    page.wait_for_url("**at=*")
    page.get_by_role("link", name=deal["title"]).first.wait_for()

    assert not [url for url in asked if "DeckGl" in url or "countries.geojson" in url or "basemap" in url]
    assert page.locator("[data-testid='stDeckGlJsonChart']").count() == 0
    assert reader.faults == []


def by_drag(page: Page) -> None:
    box = page.locator(".st-key-map-flat svg.flat").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 340, box["y"] + 120, steps=4)
    page.mouse.up()


def by_wheel(page: Page) -> None:
    page.locator(".st-key-map-flat").hover(position={"x": 30, "y": 300})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")


def by_two_clicks(page: Page) -> None:
    page.locator(".st-key-map-flat").dblclick(position={"x": 30, "y": 400})


@pytest.mark.parametrize("reach", [by_drag, by_wheel, by_two_clicks])
def test_whoever_drags_zooms_or_clicks_twice_gets_the_map_to_explore(
    visit: Fresh, reach: Callable[[Page], None]
) -> None:
    reader = visit()
    page = reader.open("map?show=measures")
    page.locator(".st-key-map-flat svg.flat").wait_for()
    reach(page)
    page.locator("[data-testid='stDeckGlJsonChart'] canvas").first.wait_for(timeout=PATIENCE * 1000)
    assert "at=" not in page.url
    assert reader.faults == []


def test_a_drag_that_ends_on_a_line_follows_no_link_and_the_wheel_alone_scrolls_the_page(visit: Fresh) -> None:
    page = visit().open("map?show=measures")
    grip = page.locator(".st-key-map-flat a .grip").first.bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, 200)
    page.get_by_text("Hold Ctrl and turn the wheel").wait_for()
    assert page.locator("[data-testid='stDeckGlJsonChart']").count() == 0
    box = page.locator(".st-key-map-flat svg.flat").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] + 330, steps=3)
    page.mouse.move(box["x"] + 20, box["y"] + 300, steps=3)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert "at=" not in page.url


def test_buttons_zoom_the_address_holds_what_is_looked_at_and_the_flat_map_has_gone(visit: Fresh) -> None:
    page = visit().open("map?show=measures&view=35,60,4.5")
    closer = page.get_by_role("button", name="Closer")
    page.locator("[data-map='live']").wait_for(timeout=PATIENCE * 1000)
    assert not page.locator(".st-key-map-flat svg.flat").is_visible()
    steps = page.evaluate("history.length")

    closer.press("Enter")
    page.wait_for_url("**view=35*5.5*")
    page.get_by_role("button", name="Whole region").press("Enter")
    page.wait_for_url(lambda url: "view=" not in url)
    assert page.evaluate("history.length") == steps
    page.get_by_role("radio", name="Always").press("Space")
    page.wait_for_url("**places=all*")
    page.wait_for_timeout(1000)
    assert page.locator("[data-map='live'] canvas").count(), "the address no longer asks for it, but the reader has it"


def test_years_play_to_the_last_one_in_one_step_of_the_history(visit: Fresh, tables: Tables) -> None:
    last = int(tables.deals["begins"].dt.year.max())
    page = visit().open(f"map?maps=domains&asof={last - 2}")
    play = page.get_by_role("button", name="Play")
    steps = page.evaluate("history.length")

    play.press("Enter")
    page.wait_for_url(f"**asof={last - 1}*")
    page.wait_for_url(f"**asof={last}*")
    page.get_by_role("heading", name=f"As of {last}").wait_for()
    play.wait_for()  # and no longer Pause
    assert page.evaluate("history.length") == steps
    page.get_by_role("button", name="All years").click()
    page.wait_for_url(lambda url: "asof" not in url)


@pytest.mark.parametrize("size", [WIDE, (1024, 800), NARROW])
def test_both_maps_fill_their_place_at_any_width_and_one_that_fills_the_screen_fills_it(
    visit: Fresh, size: tuple[int, int]
) -> None:
    page = visit(size=size).open("map?show=measures")
    flat = page.locator(".st-key-map-flat svg.flat")
    flat.wait_for()
    place = page.locator(".st-key-map-flat").bounding_box()
    assert place is not None
    assert place["width"] / place["height"] == pytest.approx(780 / 435, rel=0.03), "no empty band beside the picture"

    chart = explored(page)
    stage, there = page.locator(".st-key-map-stage").bounding_box(), chart.bounding_box()
    assert stage is not None
    assert there is not None
    assert (there["width"], there["height"]) == pytest.approx((stage["width"], max(280, place["height"])), abs=3)
    page.get_by_role("button", name="Fullscreen").dispatch_event("click")
    page.get_by_role("button", name="Close fullscreen").wait_for()
    assert until(lambda: (chart.bounding_box() or {"height": 0})["height"] > size[1] * 0.9)
