"""How numbers are spelt: the one form in which `tidy` writes them, and what those spelt by other habits mean."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MOST = 15  # digits before the point; a number of more is not kept exactly
ENDLESS = re.compile(rf"-?[0-9]{{{MOST + 1},}}(\.[0-9]+)?")
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")  # what a spreadsheet in Turkish or German writes
IN_ENGLISH = (
    "A spreadsheet saves a point where the language of the file is English"
    " (LibreOffice: Tools, Options, Language Settings, Locale; Excel: Options, Advanced, Decimal separator)"
)
CANONICAL = re.compile(r"(-?)0*([0-9]{1,15})(?:\.([0-9]*?)0*)?")
GAPS = re.compile(r"[\s'’٬]")  # what stands between thousands and is never a decimal sign
SIGNS = str.maketrans({"−": "-", "٫": ","})
POWER = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
# A number as it is written in English (or in India and Pakistan, in lakhs) and in Turkish or German, with and without thousands signs.
HABITS = {
    (",", "."): re.compile(r"-?([0-9]*|[1-9][0-9]{0,2}(,[0-9]{3})+|[1-9][0-9]?(,[0-9]{2})+,[0-9]{3})(\.[0-9]*)?"),
    (".", ","): re.compile(r"-?([0-9]*|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]*)?"),
}


def canonical(cell: str) -> str:
    """Return a number as a spreadsheet writes it, without noughts that add nothing; any other cell as it is."""
    if not (parts := CANONICAL.fullmatch(cell)):
        return cell
    sign, whole, decimals = parts.groups()
    bare = whole + (f".{decimals}" if decimals else "")
    return sign + bare if bare.strip("0.") else bare


def readings(cell: str) -> list[str]:
    """Return the numbers that a cell may mean which is spelt by other habits: decimal commas, thousands signs.

    `33,8` can only be 33.8; `1,500` may be 1500 or 1.5; `three` is none.
    """
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in cell)
    bare = GAPS.sub("", digits).translate(SIGNS).removeprefix("+")
    if POWER.fullmatch(bare):
        return [canonical(f"{Decimal(bare):f}")]
    plain = [
        bare.replace(thousands, "").replace(point, ".")
        for (thousands, point), form in HABITS.items()
        if form.fullmatch(bare) and re.search("[0-9]", bare)
    ]
    return list(dict.fromkeys(canonical(re.sub(r"^(-?)\.", r"\g<1>0.", number)) for number in plain))


def is_endless(cell: str) -> bool:
    """Say whether a cell is a number of more digits than can be kept."""
    return bool(ENDLESS.fullmatch(cell))


def remedy(cell: str, advice: str, *, is_whole: bool = False) -> str:
    """Return the advice for a cell that is no number, with the numbers that it may mean, whole ones where it must be."""
    found = [number for number in readings(cell) if not (ENDLESS.fullmatch(number) or (is_whole and "." in number))]
    where = f". {IN_ENGLISH}" if DECIMAL_COMMA.fullmatch(cell) and len(found) == 1 else ""
    return f"{advice}: {' or '.join(found)}{where}" if found else advice
