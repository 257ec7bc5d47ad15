"""How the columns of another house's register are ours, as a mapping file says it; those of known registers are kept here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.gate.given import read_json
from dashboard.tables.check.meant_keys import TABLE, nearest_key
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.folding import fold
from dashboard.tables.likeness import nearest

KNOWN = Path(__file__).parent / "registers"
# What a register may say beside the columns of deals: how many were handed over, and a year in which some were.
DELIVERED, YEAR = "delivered", "year"
NEEDED = ("supplier", "recipient", "title")
VALUE_IN = {"dollars": 1e-6, "thousands": 1e-3, "millions": 1.0, "billions": 1e3}
TABLES = ("columns", "fixed", "countries", "source")  # parts of a mapping that are tables of texts
AT_LINE = re.compile(r"line ([0-9]+)")
HELP = "The guide in data/README.md says what a mapping file holds"


@dataclass(frozen=True)
class Register:
    """How one house's register is read.

    `columns` gives our column for each heading of theirs, folded; `fixed` the cells that are the same in every row;
    `countries` the alpha-3 code of a state by the folded name that they give it, "" for what is to be left out; `source`
    what is known of the register as a source. `known_by` are headings, folded, by which a file is known to be theirs.
    `value_in` is how many millions a figure without a word such as “billion” counts in.
    """

    name: str
    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    countries: Mapping[str, str]
    source: Mapping[str, str]
    known_by: tuple[str, ...]
    value_in: float

    def found(self, headings: Collection[str]) -> int:
        """Return how many of a line's folded headings are columns of this register, 0 where it cannot be its header."""
        ours = {self.columns[heading] for heading in headings if heading in self.columns} | self.fixed.keys()
        if not ours >= set(NEEDED) or not set(self.known_by) <= set(headings):
            return 0
        return sum(heading in self.columns for heading in headings)


def known(dictionary: Dictionary) -> list[Register]:
    """Return the registers that are known without a mapping file."""
    return [_register(path, _parsed(path, path.read_bytes()), dictionary) for path in sorted(KNOWN.glob("*.toml"))]


def read(path: Path, dictionary: Dictionary, states: Collection[str]) -> Register:
    """Return what a mapping file says, TOML or JSON; `states` are the codes that our tables have.

    Raises DataError with every fault of the file.
    """
    try:
        said = _parsed(path, path.read_bytes())
    except OSError:
        raise DataError(
            [Fault(path.name, 0, "", "", "cannot be opened", "Name a mapping file that is there")]
        ) from None
    if faults := list(_faults(path.name, said, dictionary, list(states))):
        lines = path.read_text(encoding="utf-8").splitlines()
        raise DataError([replace(fault, line=_line(lines, fault.value)) for fault in faults])
    return _register(path, said, dictionary)


def _line(lines: list[str], value: str) -> int:
    """Return the first line that holds a value in quotation marks or before an equals sign, 0 where none does."""
    sought = re.compile(rf"[\"']{re.escape(value)}[\"']|^\s*\[?{re.escape(value)}\b") if value else None
    return next((number for number, line in enumerate(lines, 1) if sought and sought.search(line)), 0)


def _parsed(path: Path, content: bytes) -> dict[str, object]:
    """Return a mapping file as it says it; raises DataError where it is neither TOML nor JSON."""
    said = read_json(path.name, content, HELP) if path.suffix.lower() == ".json" else _read_toml(path.name, content)
    if not isinstance(said, dict):
        raise DataError([Fault(path.name, 0, "", "", "is no table of names", HELP)])
    return said


def _read_toml(name: str, content: bytes) -> object:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError:
        fault = Fault(name, 0, "", "", "is not UTF-8 text", "Save the file again as UTF-8")
    except (ValueError, RecursionError) as error:
        line = AT_LINE.search(str(error))
        fault = Fault(name, int(line[1]) if line else 0, "", "", "is not well-formed from here on", HELP)
    raise DataError([fault])


def _register(path: Path, said: Mapping[str, object], dictionary: Dictionary) -> Register:
    """Return a register that has no faults; of a known one, what our own tables do not allow is left out."""
    texts = _tables(said)
    columns = dictionary.tables["sources"]
    allowed = {name: columns[name].choices for name in texts["source"] if name in columns}
    return Register(
        name=str(said.get("name", path.stem)),
        columns={fold(theirs): ours for theirs, ours in texts["columns"].items()},
        fixed=texts["fixed"],
        countries={fold(name): code for name, code in texts["countries"].items()},
        source={
            name: cell
            for name, cell in texts["source"].items()
            if name in allowed and (not allowed[name] or cell in allowed[name])
        },
        known_by=tuple(map(fold, said.get("known_by", ()))),  # ty: ignore
        value_in=VALUE_IN[str(said.get("value_in", "millions"))],
    )


def targets(dictionary: Dictionary) -> list[str]:
    """Return the names that a heading of theirs may stand for: our columns of deals, and two more."""
    return [*dictionary.tables["deals"], DELIVERED, YEAR]


def _faults(file: str, said: Mapping[str, object], dictionary: Dictionary, states: list[str]) -> Iterator[Fault]:
    """Yield all that is wrong with what a mapping file says."""
    parts = [*TABLES, "name", "value_in", "known_by"]
    for name in said:
        if name not in parts:
            yield Fault(file, 0, "", name, "is no part of a mapping", nearest(name, parts))
    if said.get("value_in", "millions") not in VALUE_IN:
        value = str(said["value_in"])
        yield Fault(file, 0, "", value, "is not what a value may be counted in", nearest(value, list(VALUE_IN)))
    if not _is_list(said.get("known_by", [])):
        yield Fault(file, 0, "", "known_by", "is not a list of texts", HELP)
    wrong = [name for name in TABLES if not _is_table(said.get(name, {}))]
    yield from (Fault(file, 0, "", name, "is not a table of texts", HELP) for name in wrong)
    if not wrong:
        yield from _strangers(file, _tables(said), targets(dictionary), states)


def _strangers(
    file: str, said: Mapping[str, Mapping[str, str]], columns: list[str], states: list[str]
) -> Iterator[Fault]:
    """Yield what a mapping names that our tables do not have, and what it must name and does not."""
    for part, names in (("columns", said["columns"].values()), ("fixed", said["fixed"])):
        for name in names:
            if name not in columns:
                yield Fault(file, 0, "", name, f"under [{part}] is no column of deals.csv", nearest(name, columns))
    for name in NEEDED:
        if name not in {*said["columns"].values(), *said["fixed"]}:
            problem, remedy = "is not said under [columns]", f'Add a line such as "Their heading" = "{name}"'
            yield Fault(file, 0, "", name, problem, remedy)
    for code in said["countries"].values():
        if code and code not in states:
            yield Fault(file, 0, "", code, f"under [countries] is not in {TABLE}.csv", nearest_key(TABLE, code, states))


def _is_table(said: object) -> bool:
    return isinstance(said, dict) and all(isinstance(cell, str) for cell in said.values())


def _is_list(said: object) -> bool:
    return isinstance(said, list) and all(isinstance(item, str) for item in said)


def _tables(said: Mapping[str, object]) -> dict[str, dict[str, str]]:
    return {name: dict(said.get(name, {})) for name in TABLES}  # ty: ignore
