"""One thing that is wrong in a data file, in words that a maintainer can act on."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 100  # characters of a value in a sentence; a whole paragraph would bury what is wrong with it


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a data file, and what to do about it.

    `line` is the line of the file as an editor counts it; 0 stands for the file as a whole. `column` and
    `value` are empty where the fault is not about one cell.
    """

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the fault as one sentence a maintainer can act on without looking anything up."""
        where = self.file + (f", line {self.line}" if self.line else "")
        where += f", column “{self.column}”" if self.column else ""
        shown = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}…"
        value = f"“{shown}” " if shown else ""
        sentence = f"{where}: {value}{self.problem}. {self.remedy}."
        return sentence if sentence.isprintable() else "".join(map(_shown, sentence))


def _shown(sign: str) -> str:
    """Return a sign that moves the cursor of a terminal, turns words about or is not seen as one that does nothing."""
    if sign.isprintable():
        return sign
    return chr(0x2400 + ord(sign)) if sign < " " else f"[U+{ord(sign):04X}]"
