"""The faults of the data in the forms that other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from dashboard.tables.faults import Fault

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
RULE = "data"  # all faults are of one sort to SARIF: what is wrong stands in the sentence
# What the commands of a workflow set apart, in a message and further in a property.
ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
OF_PROPERTIES = {**ESCAPES, ":": "%3A", ",": "%2C"}


def as_json(faults: Iterable[Fault], _: Path) -> str:
    """Return a list of objects: file, line, column, value, problem and remedy."""
    return json.dumps(list(map(asdict, faults)), ensure_ascii=False, indent=2)


def as_github(faults: Iterable[Fault], folder: Path) -> str:
    """Return a command of a GitHub workflow a line, which shows the fault beside the line of the change."""
    return "\n".join(
        f"::error file={_escaped(_path(fault, folder), OF_PROPERTIES)},line={max(fault.line, 1)}"
        f"::{_escaped(str(fault), ESCAPES)}"
        for fault in faults
    )


def as_sarif(faults: Iterable[Fault], folder: Path) -> str:
    """Return the faults as SARIF 2.1.0, the form of reports that editors and code hosts read."""
    results = [
        {
            "ruleId": RULE,
            "level": "error",
            "message": {"text": str(fault)},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": _path(fault, folder)}, "region": {"startLine": max(fault.line, 1)},
            }}],
        }
        for fault in faults
    ]  # fmt: skip
    tool = {"driver": {"name": "defence-ties", "rules": [{"id": RULE, "shortDescription": {"text": "Data fault"}}]}}
    report = {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": tool, "results": results}]}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _path(fault: Fault, folder: Path) -> str:
    """Return the path of the faulty file as the repository knows it: from the folder in which the command runs."""
    path = (folder / fault.file).resolve()
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return text.translate(str.maketrans(escapes))


FORMATS: dict[str, Callable[[Iterable[Fault], Path], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
