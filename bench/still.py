"""The static limit: every page of ours as plain HTML with the same words and figures, and the small server that sends it.

A page is taken from the drawn application, with all its words and its style and without its scripts; its figures are drawn
by Plotly, and a filter puts a view that was made before in the place of this one. A map is a picture of itself.
"""

from __future__ import annotations

import json
import mimetypes
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import brotli
import plotly
import uvicorn
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE = Path(__file__).parent
FREEZE = (HERE / "freeze.js").read_text(encoding="utf-8")
TEXT = {".html", ".js", ".json", ".svg"}
LARGE = 1_000_000  # bytes; above this the best compression takes ten seconds
CANVAS = "[data-testid='stDeckGlJsonChart'] canvas"
AS_PICTURE = """(canvas, [picture, width]) => {
    const image = Object.assign(new Image(width), { className: "canvas", src: picture });
    canvas.replaceWith(image);
}"""


def bundle(root: Path) -> Path:
    """Return the smallest bundle of Plotly that there is: the dashboard's own, else the one that the package brings."""
    own = [*root.glob("static/**/plotly*.js"), *root.glob("dashboard/**/plotly*.min.js")]
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return min([*own, whole], key=lambda path: path.stat().st_size)


def frozen(page: Page) -> dict[str, Any]:
    """Return the page on screen as style, words and figures; it is of no use any more."""
    for canvas in page.locator(CANVAS).all()[:1]:
        picture = "data:image/png;base64," + b64encode(canvas.screenshot()).decode()
        canvas.evaluate(AS_PICTURE, [picture, (canvas.bounding_box() or {}).get("width", 0)])
    return page.evaluate(FREEZE)


@dataclass
class Stills:
    """The static pages in a folder, written one by one."""

    folder: Path
    charts: set[str] = field(default_factory=set)  # pages that have figures

    def begin(self, root: Path) -> None:
        """Write what all pages share."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "still.js").write_bytes((HERE / "still.js").read_bytes())
        (self.folder / "plotly.js").write_bytes(bundle(root).read_bytes())

    def write(self, name: str, site: str, shown: dict[str, Any], other: dict[str, Any] | None, choice: str) -> None:
        """Write a page as it was `shown`, with a filter named `choice` that leads to the `other` view where there is one."""
        file = name or "index"
        if shown["figures"]:
            self.charts.add(name)
        if other:
            said = {"root": other["root"], "figures": other["figures"]}
            (self.folder / f"{file}.json").write_text(json.dumps(said), encoding="utf-8")
        html = (
            Environment(loader=FileSystemLoader(HERE), autoescape=False)
            .get_template("still.html")
            .render(
                title=name.title() or "Overview", style=(other or shown)["style"], root=shown["root"],
                figures=json.dumps(shown["figures"]).replace("</", "<\\/"), plotly=bool(shown["figures"]),
                other=f"/{file}.json" if other else "", choice=choice,
            )
        )  # fmt: skip
        (self.folder / f"{file}.html").write_text(html, encoding="utf-8")
        for path in {*shown["files"], *(other or shown)["files"]}:
            kept = self.folder / path.lstrip("/")
            kept.parent.mkdir(parents=True, exist_ok=True)
            with urlopen(site + path.lstrip("/"), timeout=30) as answer:
                kept.write_bytes(answer.read())


def site(folder: Path) -> Starlette:
    """Return the server of a folder: every file compressed once and as well as can be, and held in memory."""
    held: dict[str, Response] = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        body, page = path.read_bytes(), path.suffix == ".html"
        headers = {"cache-control": "no-cache" if page else "public, max-age=31536000, immutable"}
        if path.suffix in TEXT:
            body = brotli.compress(body, quality=11 if len(body) < LARGE else 9)
            headers["content-encoding"] = "br"
        name = str(path.relative_to(folder).with_suffix("") if page else path.relative_to(folder))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        held["" if name == "index" else name] = Response(body, headers=headers, media_type=kind)
    missing = Response(status_code=404)

    async def answer(request: Request) -> Response:
        return held.get(request.path_params["name"], missing)

    return Starlette(routes=[Route("/{name:path}", answer)])


if __name__ == "__main__":
    uvicorn.run(site(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
