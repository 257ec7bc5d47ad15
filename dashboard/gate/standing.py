"""Everything that stands between an edit and its readers: faults of the tables, unconfirmed words, a damaged log."""

from __future__ import annotations

from pathlib import Path

from dashboard.gate.versions import HEADER, releases
from dashboard.tables import check as checks
from dashboard.tables import files
from dashboard.tables.check import wording
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import LOG, Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.form import write

RESTORE = "Restore the file from the last release; only a release writes into it"


def find_faults(folder: Path, texts: dict[str, TextTable], dictionary: Dictionary) -> list[Fault]:
    """Return what is wrong in a folder, whose tables were read as text, in the order of the files and their lines."""
    faults = checks.find_faults(texts, dictionary)
    faults += wording.find_unconfirmed(texts, dictionary, files.read_confirmed(folder))
    return faults + log_faults(files.read_log(folder), dictionary)


def log_faults(log: TextTable, dictionary: Dictionary) -> list[Fault]:
    """Return why the log of what versions changed cannot be trusted; one of a release that was interrupted can."""
    if log.faults or not dictionary.log:
        return log.faults if dictionary.log else []
    if log.header != HEADER:
        problem = f"does not have the header {','.join(HEADER)}"
        return [Fault(log.file, log.top, "", "", problem, RESTORE)]
    every = releases(log, dictionary.version)
    if every and every[-1].version != dictionary.version:
        problem = f"is the version of the data package, and the last that was released is {every[-1].version}"
        remedy = f"Write {every[-1].version}; “python -m dashboard release” gives the next one"
        return [Fault(files.DESCRIPTION, 0, "version", dictionary.version, problem, remedy)]
    known = {release.version for release in every}
    written = write(HEADER, [row for row in log.rows if row[0] in known])
    if dictionary.hashes.get(LOG, "") not in ("", files.digest(written.encode())):
        problem = f"is not what the release of version {dictionary.version} wrote"
        return [Fault(log.file, 0, "", "", problem, RESTORE)]
    return []
