"""Below every picture stand the ways to take it as a file and to cite it, and each of them leads to that picture of the view on screen."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette

from dashboard.pages import timeline
from dashboard.serving import citations, pictures
from dashboard.tables.load import Tables
from tests.page import opened, written
from tests.serving.asgi import ask, scope

pytestmark = pytest.mark.usefixtures("made_up_pages")
SITE = Starlette(routes=[*pictures.ROUTES, *citations.ROUTES])


def taken(page: str, **params: str) -> list[list[str]]:
    """Return the addresses below each picture of a page: of the links in their order, of what is copied, then of what is cited."""
    bars = re.findall(r'<p class="take on-screen">(.*?)</p>', written(opened(page, **params)), re.DOTALL)
    return [
        [html.unescape(one) for one in re.findall(r'(?:href|data-copy-picture|data-cite)="([^"]+)"', bar)]
        for bar in bars
    ]


@pytest.mark.parametrize(
    ("page", "params", "count"),
    [
        ("overview", {"domain": "naval"}, 4), ("timeline", {"group": "status"}, 1), ("value", {"by": "supplier", "country": "TUR"}, 1),
        ("map", {"width": "value"}, 1), ("deal", {"id": "alpha-frigates"}, 2), ("map", {"maps": "domains"}, 1),
        ("value", {"q": "nothing like it"}, 0), ("overview", {"q": "nothing like it"}, 0), ("timeline", {"q": "nothing like it"}, 0),
    ],
)  # fmt: skip
def test_each_picture_can_be_taken_in_every_form_and_cited_and_is_that_of_the_view(
    monkeypatch: pytest.MonkeyPatch, page: str, params: dict[str, str], count: int
) -> None:
    monkeypatch.setattr(pictures, "png", lambda svg, width: svg.encode())
    bars = taken(page, **params)
    assert len(bars) == count
    for png, svg, slide, copied, cited in bars:
        assert copied == png
        assert [urlsplit(one).path.rpartition(".")[2] for one in (png, svg, slide)] == ["png", "svg", "png"]
        for one in (png, svg, slide, cited):
            query = parse_qs(urlsplit(one).query)
            assert {name: values for name, values in query.items() if name != "size"} == {
                name: [value] for name, value in params.items()
            }
            assert ask(SITE, scope(f"/{one}")).status == 200
        assert 'height="720"' in ask(SITE, scope(f"/{slide}")).text
        assert cited == f"cite/{png.replace('.png', '')}"
    assert len({urlsplit(png).path for png, *_ in bars}) == count


def test_where_deals_are_counted_by_year_that_picture_is_taken(
    monkeypatch: pytest.MonkeyPatch, made_up: Tables
) -> None:
    monkeypatch.setattr(timeline.timeline, "MOST", 2)
    timeline.build.clear()
    ((_, svg, *_),) = taken("timeline", group="pair")
    timeline.build.clear()
    assert f"-years-pair-{made_up.version}.svg" in ask(SITE, scope(f"/{svg}")).headers["content-disposition"]
