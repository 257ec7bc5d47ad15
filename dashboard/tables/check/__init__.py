"""What is wrong with the data files: every fault at once, in words a maintainer can act on.

Structure, types, constraints and keys are those of `datapackage.json`; the rules beside them are our own. Nothing here
stops at the first fault or raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dashboard.tables.check import agreement, cells, damage, description, headings, identity, lost_keys, meaning, names
from dashboard.tables.check.window import Window
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.faults import Fault
from dashboard.tables.uncollected import uncollected

LIMIT = 1_000  # faults of a table that are named; a whole column that is wrong need not fill the memory


@uncollected()
def find_faults(tables: dict[str, TextTable], dictionary: Dictionary) -> list[Fault]:
    """Return the faults of the tables, in the order of the files and their lines; of very many in a file the first.

    Takes each table as text, by its name in the data package. One mistake is reported in one place: what follows
    from a line, or from a table that others refer to, that cannot be read is left out.
    """
    if wrong := [*description.faults(dictionary), *_meaning_faults(dictionary)]:
        return wrong
    single = {name: headings.with_one(table, dictionary.tables[name]) for name, table in tables.items()}
    mended = {name: damage.mend(table, dictionary.tables[name]) for name, table in single.items()}
    tables = {name: table for name, (table, _) in mended.items()}
    headless = {name for name, table in tables.items() if headings.is_headless(table, dictionary.tables[name])}
    faults = [fault for name, (_, found) in mended.items() for fault in found if name not in headless]
    keys = {name: dict.fromkeys(table.column(dictionary.key(name)[0])) for name, table in tables.items()}
    keys = lost_keys.with_lost({name: known for name, known in keys.items() if known}, tables, dictionary, faults)
    window, more = Window.of(dictionary.descriptor), Counter[str]()
    for name, table in tables.items():
        heads = list(headings.find_faults(table, dictionary.tables[name]))
        # Without its header nothing is known of a table: that its rows do not fit the first line is the same mistake.
        faults += heads if name in headless else [*table.faults, *heads]
        found, more[table.file] = cells.find_faults(name, table, dictionary, keys, window, LIMIT)
        faults += found
    faults += names.find_faults(tables, dictionary)
    # Where not every wrong cell is known, a rule between rows would take wrong ones for right.
    known = {name: table for name, table in tables.items() if not more[table.file]}
    faults += agreement.disagreements(known, dictionary, faults, window)
    if not faults:  # else a row that cannot be read may be the one that the description means
        return [Fault("datapackage.json", 0, "", *words) for words in identity.strangers(dictionary.descriptor, keys)]
    return [fault for table in tables.values() for fault in _first(table.file, faults, more[table.file])]


def _first(file: str, faults: list[Fault], more: int) -> Iterator[Fault]:
    """Yield the first faults of a file in the order of its lines, and one that says how many more there are."""
    own = sorted(
        (fault for fault in faults if fault.file == file), key=lambda fault: (fault.line, fault.column, fault.value)
    )
    yield from own[:LIMIT]
    if more := more + len(own[LIMIT:]):
        problem = f"has {more:,} more faults than are named here"
        yield Fault(file, 0, "", "", problem, "Mend those that are named, and check again")


def _meaning_faults(dictionary: Dictionary) -> Iterator[Fault]:
    """Yield what the description does not say of an allowed value, without which a page cannot show it."""
    for value, problem, remedy in meaning.lacking(dictionary):
        yield Fault("datapackage.json", 0, "", value, problem, remedy)
