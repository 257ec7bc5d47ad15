"""How each picture of a page is cited, in every form: `/cite/picture/PAGE/NAME`, with the parameters of the page's own address."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import address, cite_button, citing
from dashboard.serving.answers import JSON_KIND, METHODS, as_json, fresh, problem, reading
from dashboard.serving.api import NAMES, given
from dashboard.tables.load import Tables
from dashboard.views import former


@reading
def picture(request: Request, tables: Tables) -> Response:
    """Answer with the words that cite a picture, by the names of their forms."""
    page = NAMES.get(request.path_params["page"])
    if page is None:
        return problem(404, "There is no such page.", pages=list(NAMES))
    asked = address.read(tables, page, given(request, page), str(request.base_url))
    then = former.found(tables, asked)
    shown = (then and then.tables) or tables
    work = cite_button.picture(shown, asked, request.path_params["name"])
    if work is None:
        return problem(404, "There is no such picture.")
    said = citing.forms(shown, work, date.today())
    return fresh(request, tables, JSON_KIND, lambda: as_json(said), daily=True)


ROUTES = [Route("/cite/picture/{page}/{name}", picture, methods=METHODS)]
