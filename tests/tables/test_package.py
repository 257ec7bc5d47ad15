"""What the data package says of the whole data set: read as it is written, and what it lacks or cannot mean is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.tables import load as data
from dashboard.tables.check.identity import ALLOWED, NEEDED
from dashboard.tables.faults import Fault
from dashboard.tables.load import DataError, Tables
from dashboard.tables.package import Currency, Frame
from dashboard.words import format_money

CURRENCY = {"code": "EUR", "sign": "€", "name": "euros"}
WRONG: dict[str, tuple[str, object]] = {
    "a form that takes no text": ("issues", "https://code.example/issues/new?title={title}"),
    "a form that is no address": ("issues", "{title}{body}"),
    "an e-mail address with a subject": ("contact", "desk@host.example?cc=all@host.example"),
    "a name for an e-mail address": ("contact", "the desk"),
    "a name with blanks": ("name", "Lake Craft"),
    "no title": ("title", ""),
    "a title of blanks": ("title", "  "),
    "a short title that is long": ("shortTitle", "L" * 31),
    "one state": ("subject", ["TUR"]),
    "three states": ("subject", ["TUR", "PAK", "IND"]),
    "the same state twice": ("subject", ["TUR", "TUR"]),
    "a name for a code": ("subject", ["Turkey", "PAK"]),
    "a text for a list": ("presses", "TUR"),
    "a press twice": ("presses", ["TUR", "TUR"]),
    "a list of articles": ("startingArticle", ["printed-weekly-2025"]),
    "a code alone": ("currency", "EUR"),
    "a currency without a sign": ("currency", {"code": "EUR", "name": "euros"}),
    "a currency whose code is a word": ("currency", CURRENCY | {"code": "euro"}),
    "a sign with blanks": ("currency", CURRENCY | {"sign": "E R"}),
    "three edges": ("mapFrame", [17, -12, 124]),
    "edges as text": ("mapFrame", ["17", "-12", "124", "58"]),
    "edges that are true or false": ("mapFrame", [True, -12, 124, 58]),
    "east before west": ("mapFrame", [124, -12, 17, 58]),
    "north below south": ("mapFrame", [17, 58, 124, -12]),
    "west of the basemap": ("mapFrame", [-80, -12, 124, 58]),
    "south of the basemap": ("mapFrame", [17, -40, 124, 58]),
    "east of the basemap": ("mapFrame", [17, -12, 150, 58]),
    "north of the basemap": ("mapFrame", [17, -12, 124, 70]),
    "a frame by name": ("mapFrame", "Asia"),
    "no licence": ("licenses", []),
    "a licence without a title": ("licenses", [{"name": "CC-BY-4.0"}]),
    "a licence as text": ("licenses", ["CC-BY-4.0"]),
    "licences as text": ("licenses", "CC-BY-4.0"),
}


def faults(folder: Path, **own: object) -> list[Fault]:
    """Return the faults of a folder whose data package says something else."""
    path = folder / data.DESCRIPTION
    path.write_text(json.dumps(json.loads(path.read_bytes()) | own), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        data.load(folder)
    return caught.value.faults


def test_a_package_is_read_as_it_is_written(elsewhere: Tables) -> None:
    package = elsewhere.package
    assert (package.name, package.short_title) == ("lake-craft", "Lake Craft")
    assert (package.subject, package.presses, package.starting_article) == (("KEN", "TZA"), (), "")
    assert package.currency == Currency("EUR", "€", "euros")
    assert package.frame == Frame(26, -11.5, 52, 12)
    assert package.licences == ("Creative Commons Attribution 4.0 International",)


def test_a_package_may_name_where_a_report_goes(elsewhere: Tables, made_up_folder: Path) -> None:
    assert (elsewhere.package.issues, elsewhere.package.contact) == ("", "")
    own = {"issues": "https://code.example/new?a={title}&b={body}", "contact": "desk@host.example"}
    path = made_up_folder / data.DESCRIPTION
    path.write_text(json.dumps(json.loads(path.read_bytes()) | own), encoding="utf-8")
    package = data.load(made_up_folder).package
    assert (package.issues, package.contact) == (own["issues"], own["contact"])


def test_all_that_a_package_lacks_is_said_at_once(made_up_folder: Path) -> None:
    path = made_up_folder / data.DESCRIPTION
    kept = {name: said for name, said in json.loads(path.read_bytes()).items() if name not in NEEDED}
    path.write_text(json.dumps(kept), encoding="utf-8")
    found = faults(made_up_folder)
    assert [(fault.file, fault.value) for fault in found] == [(data.DESCRIPTION, name) for name in NEEDED]
    assert str(found[3]) == (
        "datapackage.json: “subject” is missing from the data package. "
        'Say it beside “resources”: the codes of two states, such as ["TUR", "PAK"].'
    )


@pytest.mark.parametrize(("name", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_used_is_named_with_the_remedy(made_up_folder: Path, name: str, said: Any) -> None:
    (fault,) = faults(made_up_folder, **{name: said})
    assert (fault.file, fault.value, fault.problem) == (data.DESCRIPTION, name, f"cannot be used: {said!r}")
    assert fault.remedy == f"Write {(NEEDED | ALLOWED)[name][1]}"


@pytest.mark.parametrize(
    ("own", "value", "table"),
    [
        ({"subject": ["TUR", "KEN"]}, "subject: KEN", "countries.csv"),
        ({"presses": ["KEN"]}, "presses: KEN", "countries.csv"),
        ({"startingArticle": "no-such-page"}, "startingArticle: no-such-page", "sources.csv"),
    ],
)
def test_what_the_package_names_and_no_table_has_is_a_fault(
    made_up_folder: Path, own: dict[str, Any], value: str, table: str
) -> None:
    (fault,) = faults(made_up_folder, **own)
    assert (fault.file, fault.value, fault.problem) == (data.DESCRIPTION, value, f"is not in {table}")
    assert fault.remedy == f"Correct it, or add its row to {table}"


def test_a_row_that_cannot_be_read_is_the_one_fault_although_the_package_names_it(made_up_folder: Path) -> None:
    path = made_up_folder / "countries.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("PAK,Pakistan,", "PAK,Pakistan,,"), encoding="utf-8")
    assert [fault.file for fault in faults(made_up_folder)] == ["countries.csv"]


def test_an_amount_has_the_sign_of_its_currency() -> None:
    assert [format_money(million, Currency(**CURRENCY)) for million in (1500, 0.04, 12, 2025, 2075)] == [
        "€1.5bn",
        "€40,000",
        "€12m",
        "€2.03bn",
        "€2.08bn",
    ]
