"""The numbers for whoever watches over the server: right, of few labels, in the form that Prometheus reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from dashboard import views
from dashboard.serving import metrics
from dashboard.serving.metrics import Counted, kind_of
from dashboard.tables import load as data
from dashboard.tables.live import Waiting
from dashboard.tables.load import DataError, Tables
from tests.serving.asgi import Site, ask, scope

SITE = Starlette(routes=metrics.ROUTES)


def numbers() -> dict[tuple[str, str], float]:
    answer = ask(SITE, scope("/metrics", client=("127.0.0.1", 50_000)))
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = text_string_to_metric_families(answer.text)
    return {(one.name, " ".join(sorted(one.labels.values()))): one.value for family in found for one in family.samples}


def test_requests_are_counted_by_kind_and_status_with_their_times() -> None:
    counted, before = Counted(Site()), numbers()
    for path in (
        "/value",
        "/nothing-of-ours",
        "/nothing-else",
        "/api/value",
        "/data",
        "/data/deals.csv",
        "/static/x.js",
    ):
        ask(counted, scope(path))
    after = numbers()
    grown = {key: after[key] - before.get(key, 0) for key in after if key[0] == "dashboard_requests_total"}
    assert {key[1]: number for key, number in grown.items() if number} == {
        "200 page": 2, "200 other": 2, "200 api": 1, "200 data": 1, "200 static": 1,
    }  # fmt: skip
    assert after["dashboard_request_seconds_count", "other"] - before.get(("dashboard_request_seconds_count", "other"), 0) == 2  # fmt: skip


def test_a_request_that_fails_is_counted_as_such() -> None:
    async def fails(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError("of ours")

    before = numbers().get(("dashboard_requests_total", "500 page"), 0)
    with pytest.raises(RuntimeError):
        ask(Counted(fails), scope("/value"))
    assert numbers()["dashboard_requests_total", "500 page"] == before + 1

    async def breaks_off(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 206, "headers": []})
        raise RuntimeError("of ours")

    with pytest.raises(RuntimeError):
        ask(Counted(breaks_off), scope("/value"))
    assert numbers()["dashboard_requests_total", "206 page"] >= 1, "the status is that which the reader got"


def test_open_sessions_are_counted_while_they_last() -> None:
    seen = []

    async def session(_: Scope, __: Receive, ___: Send) -> None:
        seen.append(list(metrics.READERS.collect()))

    before = numbers()["dashboard_readers", ""]
    ask(Counted(session), scope("/_stcore/stream", type="websocket"))
    assert seen[0][0].samples[0].value == before + 1
    assert numbers()["dashboard_readers", ""] == before


def test_what_begins_and_ends_the_server_passes() -> None:
    site = Site()
    ask(Counted(site), {"type": "lifespan"})
    assert site.asked == [{"type": "lifespan"}]


def test_the_tables_in_numbers(made_up: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "current", lambda: made_up)
    monkeypatch.setattr(data, "changed", lambda: datetime.now(UTC).timestamp() - 60)
    monkeypatch.setattr(data, "waiting", lambda: Waiting([], 7, datetime.now(UTC)))
    found = numbers()
    assert 59 <= found["dashboard_data_age_seconds", ""] < 600
    assert found["dashboard_faults_waiting", ""] == 7
    assert found["dashboard_data_info", " ".join(sorted([made_up.version, made_up.stamp]))] == 1
    views.at(made_up, f"/value?q={uuid4()}", date.today())
    assert numbers()["dashboard_kept", ""] == found["dashboard_kept", ""] + 1
    assert found["dashboard_kept_bytes", ""] < numbers()["dashboard_kept_bytes", ""] <= found["dashboard_kept_most_bytes", ""]  # fmt: skip
    changes = found["dashboard_data_changes_total", ""]
    monkeypatch.setattr(data, "current", lambda: replace(made_up, stamp="another"))
    assert numbers()["dashboard_data_changes_total", ""] == changes + 1
    assert numbers()["dashboard_data_changes_total", ""] == changes + 1


def test_without_good_tables_there_are_numbers_still(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> Tables:
        raise DataError([], 3)

    monkeypatch.setattr(data, "current", faulty)
    found = numbers()
    assert ("dashboard_readers", "") in found
    assert not any(name == "dashboard_data_info" for name, _ in found)


def test_no_address_makes_a_label_of_its_own() -> None:
    assert {kind_of(path) for path in ("/", "/value", "/value/")} == {"page"}
    assert {kind_of(path) for path in ("/secret", "/x/value", "/wp-login.php")} == {"other"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200), ("10.1.2.3", 200), ("172.31.0.9", 200), ("192.168.7.7", 200), ("::1", 200), ("fd00::7", 200), ("fe80::7%eth0", 200),
        ("::ffff:10.1.2.3", 200), ("::ffff:203.0.113.7", 403), ("203.0.113.7", 403), ("172.32.0.9", 403), ("2001:db8::7", 403), ("a-socket", 403),
    ],
)  # fmt: skip
def test_the_numbers_are_for_those_near_by(address: str, status: int) -> None:
    assert ask(SITE, scope("/metrics", client=(address, 50_000))).status == status


def test_who_comes_from_nowhere_is_not_near() -> None:
    assert ask(SITE, scope("/metrics", client=None)).status == 403


@pytest.mark.parametrize("client", ["127.0.0.1", "203.0.113.7"])
def test_with_a_token_the_numbers_are_for_who_has_it_from_anywhere(
    client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFENCE_TIES_METRICS_TOKEN", "of the watch")
    for given in ("", "of the watch", "Bearer", "Bearer of the watc", "Bearer of the watch "):
        answer = ask(SITE, scope("/metrics", {"authorization": given}, client=(client, 50_000)))
        assert answer.status == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "dashboard_" not in answer.text
    assert ask(SITE, scope("/metrics", {"authorization": "Bearer of the watch"}, client=(client, 50_000))).status == 200
