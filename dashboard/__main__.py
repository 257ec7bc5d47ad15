"""The maintainer's commands: `python -m dashboard check` and `python -m dashboard tidy`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.tables import check as checks
from dashboard.tables import files
from dashboard.tables import tidy as forms
from dashboard.tables.check import wording
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError


def check(folder: Path) -> int:
    """Print every fault of the data and every unconfirmed vague word; return 1 where there is one, else 0."""
    try:
        texts, dictionary = files.read_texts(folder)
    except DataError as error:
        return _report(error.faults, "")
    faults = checks.find_faults(texts, dictionary)
    faults += wording.find_unconfirmed(texts, dictionary, files.read_confirmed(folder))
    rows = sum(len(table.rows) for table in texts.values())
    return _report(faults, f"{len(texts)} tables, {rows:,} rows: no fault, no unconfirmed word.")


def tidy(folder: Path) -> int:
    """Put the CSV files into canonical form and print which changed; return 1 where one had to be left alone."""
    try:
        changed, faults = forms.tidy(folder)
    except DataError as error:
        return _report(error.faults, "")
    for name in changed:
        print(f"{name}: put in order")
    for name in sorted({fault.file for fault in faults}):
        print(f"{name}: left as it is")
    return _report(faults, "" if changed else "The tables are in order.")


def _report(faults: list[Fault], otherwise: str) -> int:
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults):,} to mend.")
    elif otherwise:
        print(otherwise)
    return int(bool(faults))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit status."""
    commands = {"check": check, "tidy": tidy}
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument("command", choices=commands, help="check: say what is wrong; tidy: put files in canonical form")
    parser.add_argument("--folder", type=Path, default=files.FOLDER, help="another data folder than data/")
    given = parser.parse_args(arguments)
    return commands[given.command](given.folder)


if __name__ == "__main__":
    sys.exit(main())
