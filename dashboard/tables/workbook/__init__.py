"""How a workbook of a spreadsheet program (XLSX or ODS) is read, without harm to whoever serves the dashboard.

It is weighed before it is unpacked (`parcel`) and read in a process of its own (`reading`); what the program did to the
cells on the way is a fault with the remedy in that program's words (`cells`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from dashboard.tables.workbook import parcel
from dashboard.tables.workbook.parcel import Refused

PACKED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how workbooks begin: of today; of old, or locked by a password
SECONDS = 20
# What starts the process; `reading` imports nothing of the site but how formulas are found.
READ = "from dashboard.tables.workbook.reading import main; main()"
ROOT = Path(__file__).parents[3]
ONE = Lock()  # workbook at a time, however many readers try theirs


class Sheet(NamedTuple):
    """One sheet: its name, and the cells of each row from the first, each as its kind (`reading`) and its text."""

    name: str
    rows: list[list[tuple[str, str]]]


def is_workbook(content: bytes) -> bool:
    """Say whether a file is a workbook, whatever its name says."""
    return content.startswith((PACKED, OLD))


def read(content: bytes) -> tuple[str, list[Sheet]]:
    """Return the program that wrote a workbook, "" where it does not say, and its sheets.

    Raises Refused where it is no workbook, or more than can be read here.
    """
    if content.startswith(OLD):
        raise Refused("is a workbook of the old form, or locked with a password", "Save it as XLSX or ODS, unlocked")
    light = parcel.unpacked(content)
    try:
        with ONE:
            run = subprocess.run(
                [sys.executable, "-c", READ], input=light, capture_output=True, timeout=SECONDS, cwd=ROOT, check=True
            )
        found = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError):
        problem = "cannot be read: it is damaged, or it has cells far away from the others"
        raise Refused(problem, parcel.ANEW) from None
    if "problem" in found:
        raise Refused(found["problem"], parcel.ANEW)
    return found["program"], [Sheet(name, rows) for name, rows in found["sheets"]]
