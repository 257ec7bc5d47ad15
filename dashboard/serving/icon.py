"""The icon where browsers look for one by themselves, whatever the page names: `/favicon.ico`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse

ICON = "app/static/favicon.svg"


def answer(request: Request) -> RedirectResponse:
    """Send a browser on to the icon of every page."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{ICON}", 301)
