"""Views as JSON: what the page shows, in the shape that the description gives, whatever the address holds."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware

from dashboard import views
from dashboard.choices.parameters import UNFILTERED, parameters
from dashboard.serving import answers, api, citations, feed, files, health
from dashboard.serving.compressed import Compressed
from dashboard.serving.first_html import FirstHtml
from dashboard.tables import load as data
from dashboard.tables.live import Waiting
from dashboard.tables.load import DataError, Tables
from tests.serving.asgi import Answer, ask, scope

SITE = Starlette(
    routes=[*api.ROUTES, *files.ROUTES, *health.ROUTES, *citations.ROUTES, Route("/changes.xml", feed.answer)]
)
SERVED = Compressed(FirstHtml(SelectiveGZipMiddleware(SITE)))  # as readers get it
MOST = 2_000_000  # bytes of an answer over the made-up tables, whatever is asked


@pytest.fixture(autouse=True)
def served(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> Tables:
    monkeypatch.setattr(data, "current", lambda: made_up)
    return made_up


def get(path: str, method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(SITE, scope(path, named, method=method))


def read(path: str) -> dict[str, Any]:
    answer = get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.body)


def test_every_view_is_there_in_the_shape_that_is_described(served: Tables) -> None:
    described = read("/api/openapi.json")
    found = read("/api")["views"]
    assert [one["page"] for one in found] == [f"/{page}" for page in views.PAGES]
    for one in found:
        shape = {**described, "$ref": "#/components/schemas/View"}
        jsonschema.validate(read(one["answer"]), shape, cls=jsonschema.Draft202012Validator)
        assert one["answer"] in described["paths"]
    assert read("/api")["version"] == served.version


@pytest.mark.parametrize("path", ["/api", "/api/value", "/api/openapi.json", "/data/deals.csv", "/cite/picture/value/value", "/changes.xml"])  # fmt: skip
def test_an_answer_is_compressed_where_that_is_taken_and_says_so_without_its_body_too(path: str) -> None:
    def got(method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(SERVED, scope(path, named, method=method))

    packed, plain, refused = (got(accept_encoding=how) for how in ("br, gzip", "", "gzip;q=0"))
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body == refused.body
    tag = packed.headers["etag"]
    assert tag.startswith("W/"), "the same tag stands for different bytes"
    again = got(accept_encoding="gzip", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    for answer in (packed, plain, refused, again, got("HEAD"), got("HEAD", accept_encoding="gzip")):
        assert (answer.headers["vary"].lower(), answer.headers["etag"]) == ("accept-encoding", tag)


def test_an_answer_is_the_view(served: Tables) -> None:
    said, view = read("/api/value?domain=naval&domain=nowhere"), views.at(served, "/value?domain=naval", date.today())
    assert said["finding"] == view.finding
    assert said["in_view"] == {"count": view.count, "whole": view.whole, "noun": "deals"}
    assert said["understood"] == {"domain": ["naval"]}
    assert said["page"] == "/value?domain=naval"
    assert "nowhere" in " ".join(said["left_out"])
    (drawn,) = said["pictures"]
    assert drawn["bars"]["categories"] == list(view.pictures[0].drawn.categories)  # ty: ignore
    assert [table["name"] for table in said["tables"]] == [table.name for table in view.tables]
    blank = {"": None}  # a cell without words
    assert said["tables"][0]["rows"] == [[blank.get(str(cell), cell) for cell in row] for row in view.tables[0].rows]
    assert [one["source_id"] for one in said["sources"]] == [one["source_id"] for one in view.sources]
    claims = read("/api/claims")["claims"]
    assert claims
    assert {side["side"] for one in claims for side in one["sides"]} == {"asserts", "denies", "comments"}
    assert any(said["text"] for one in claims for side in one["sides"] for said in side["statements"])
    assert read("/api/quotes")["statements"][0]["analyst"]


def test_the_description_names_every_parameter_and_its_values(served: Tables) -> None:
    paths = read("/api/openapi.json")["paths"]
    for name, page in api.NAMES.items():
        said = {one["name"]: one for one in paths[f"/api/{name}"]["get"]["parameters"]}
        assert list(said) == [one.name for one in parameters(page)]
    domain = {one["name"]: one for one in paths["/api/value"]["get"]["parameters"]}["domain"]["schema"]
    assert domain["items"]["enum"] == list(served.dictionary.choices("deals", "domain"))
    years = {one["name"]: one for one in paths["/api/map"]["get"]["parameters"]}["from"]["schema"]
    assert years["type"] == "integer"


def test_of_very_many_values_a_few_are_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.serving.openapi.NAMED", 3)
    monkeypatch.setattr(api, "_described", api._described._make)  # not as it was for others
    said = {one["name"]: one["schema"] for one in read("/api/openapi.json")["paths"]["/api/deal"]["get"]["parameters"]}
    assert len(said["id"]["examples"]) == 3
    assert "enum" not in said["id"]


def test_what_is_not_there_is_not_found() -> None:
    for path, help_ in (("/api/nothing", "views"), ("/data/nothing.csv", "files"), ("/data/deals.xml", "files")):
        answer = get(path)
        assert answer.status == 404
        assert answer.headers["access-control-allow-origin"] == "*"
        assert json.loads(answer.body)[help_]


def test_an_answer_is_sent_again_only_when_it_is_new(served: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("/api/value", "/api", "/api/openapi.json", "/data/deals.csv"):
        first = get(path)
        assert first.headers["data-version"] == served.version
        assert first.headers["access-control-allow-origin"] == "*"
        for headers in (
            {"if_none_match": first.headers["etag"]}, {"if_none_match": f'W/{first.headers["etag"]}, "x"'}, {"if_none_match": "*"},
            {"if_modified_since": first.headers["last-modified"]},
        ):  # fmt: skip
            again = get(path, **headers)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
        for headers in ({"if_none_match": '"other"'}, {"if_modified_since": "Thu, 01 Jan 1998 00:00:00 GMT"},
                        {"if_modified_since": "no date"}, {"if_modified_since": "Fri, 31 Dec 9999 23:59:59 -2359"},
                        {"if_modified_since": "Mon, 01 Jan 0001 00:00:00 +2359"}, {"if_none_match": '"x"', "if_modified_since": first.headers["last-modified"]}):  # fmt: skip
            assert get(path, **headers).body == first.body

    before = get("/api/value").headers["etag"], get("/data/deals.csv").headers["etag"]
    tomorrow = date.today() + timedelta(days=1)
    monkeypatch.setattr(answers, "date", SimpleNamespace(today=lambda: tomorrow))
    assert get("/api/value").headers["etag"] != before[0]
    assert get("/data/deals.csv").headers["etag"] == before[1]


def test_head_has_the_headers_alone_and_options_lets_other_sites_read() -> None:
    for path in ("/api/value?domain=naval", "/data/deals.csv"):
        whole, head = get(path), get(path, "HEAD")
        assert head.body == b""
        assert dict(head.headers) == dict(whole.headers)
        asked = get(path, "OPTIONS", origin="https://other.example", access_control_request_method="GET")
        assert asked.status == 204
        assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert get(path, "POST").status == 405


def test_without_good_tables_it_says_so_and_when_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> Tables:
        raise DataError([], 3)

    described = read("/api/openapi.json")["paths"]
    assert all("503" in described[path]["get"]["responses"] for path in described if path != "/health")
    monkeypatch.setattr(data, "current", faulty)
    for path in ("/api", "/api/value", "/api/openapi.json", "/data/deals.csv"):
        answer = get(path)
        assert answer.status == 503
        assert answer.headers["retry-after"]
        assert json.loads(answer.body)["problem"]


HOSTILE = [
    *("<script>alert(1)</script>", "\u202egnp.exe", "'; drop table deals;--", "\x00\r\nset-cookie: a=b", "\U0001f4a3" * 40),
    *("x" * 100_000, "naval," * 20_000, "-1", "1e999", "NaN", "../../etc/passwd", "\u2028", "😀", "\ufeff"),
]  # fmt: skip
values = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_address_holds_the_answer_is_a_view_and_no_markup(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(api.NAMES)))
    known = [one.name for one in parameters(api.NAMES[name])]
    asked = data.draw(st.lists(st.tuples(st.sampled_from([*known, "utm_source"]), values), max_size=5))
    answer = get(f"/api/{name}?{urlencode(asked, errors='replace')}")
    assert answer.status == 200
    assert len(answer.body) < MOST
    assert b"<" not in answer.body
    assert not any(sign in answer.text for sign in "\u202e\u2028\x00")
    said = json.loads(answer.body)
    assert said["finding"]
    assert said["in_view"]["count"] <= said["in_view"]["whole"]


def test_a_very_long_address_gives_no_long_answer() -> None:
    plain = len(get("/api/value").body)
    for query in ("domain=" + "x" * 100_000, "&".join(f"domain=x{at}" for at in range(10_000)), "q=" + quote("ş" * 30_000)):  # fmt: skip
        assert len(get(f"/api/value?{query}").body) < plain + 20_000


def test_the_description_and_the_answers_agree(served: Tables) -> None:
    schema: Any = schemathesis.openapi.from_asgi("/api/openapi.json", SITE)
    checks: Any = [status_code_conformance, content_type_conformance, response_schema_conformance, response_headers_conformance]  # fmt: skip
    for operation in (one.ok() for one in schema.get_all_operations()):
        strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)

        @settings(max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=strategy)
        def run(case: Any) -> None:
            case.call_and_validate(checks=checks)

        run()


def test_pages_on_which_filters_do_not_act_say_none() -> None:
    for page in {*UNFILTERED} & {*views.PAGES}:
        assert read(f"/api/{page}?domain=naval")["filters"] == []


def test_files(served: Tables) -> None:
    rows = len(served.deals)
    assert len(get("/data/deals.csv").text.splitlines()) == rows + 1
    assert get("/data/deals.csv").headers["content-disposition"].endswith(f'{served.version}-deals.csv"')
    assert len(json.loads(get("/data/deals.json").body)) == rows
    assert get("/data/deals.parquet").body[:4] == b"PAR1"
    assert get("/data/package.zip").body[:2] == b"PK"
    package = json.loads(get("/data/datapackage.json").body)
    for resource in package["resources"]:
        answer = get(f"/data/{resource['path']}")
        assert answer.status == 200
        assert len(answer.body) == resource["bytes"]


def test_health(served: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read("/health") == {"alive": True}
    assert read("/ready") == {"ready": True, "version": served.version, "faults_waiting": 0}
    waiting = Waiting([], 4, datetime.now(UTC))
    monkeypatch.setattr(data, "waiting", lambda: waiting)
    assert read("/ready")["faults_waiting"] == 4

    def faulty() -> Tables:
        raise DataError([], 3)

    monkeypatch.setattr(data, "current", faulty)
    answer = get("/ready")
    assert (answer.status, json.loads(answer.body)) == (503, {"ready": False, "faults": 3})
    assert get("/health").status == 200
