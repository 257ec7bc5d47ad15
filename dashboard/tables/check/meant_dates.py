"""Which day, month or year is meant by a date that is spelt by other habits: those of spreadsheets and of languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dashboard.tables.check import plausible
from dashboard.tables.check.window import Window

# The first letters of months in English, Turkish and German, in the order of the year.
MONTHS = (
    "jan oca", "feb sub şub", "mar mär", "apr nis", "may mai", "jun haz",
    "jul tem", "aug agu ağu", "sep eyl", "oct okt eki", "nov kas", "dec dez ara",
)  # fmt: skip
NUMBERS = {word: f"{number:02}" for number, words in enumerate(MONTHS, start=1) for word in words.split()}
TIME = re.compile(r"[T ]0?0:00(:00(\.0+)?)?Z?$")  # midnight, which a spreadsheet adds
PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
FORM = re.compile(r"[\w\s./,'‐-―−-]{4,30}")
ORDERS = {2: ("YM", "MY"), 3: ("YMD", "DMY", "MDY")}
KEPT = "A spreadsheet leaves dates alone in a column imported as “Text” (LibreOffice: Column type; Excel: Column Data Format)"


def remedy(text: str, window: Window, advice: str) -> str:
    """Return the advice for a text that is no date, with what it may mean: a date by other habits or a serial number."""
    day = plausible.serial_day(text.removesuffix(".0"), window)
    if found := readings(text, window):
        also = f", or {day}, if a spreadsheet has put its number for a day there" if day else ""
        return f"{advice}: {' or '.join(found)}{also}. {KEPT}"
    return f"{plausible.TEXT}. {text} stands for {day}" if day else advice


def readings(text: str, window: Window) -> list[str]:
    """Return the dates within the window that a text may mean, each once; none where it is no date in any habit.

    `6.5.2010` is a day in May to Turks and Germans, `5/6/2010` one of May or of June; `May-10` is a month.
    """
    bare = TIME.sub("", unicodedata.normalize("NFKC", text.strip()))
    if re.fullmatch("(19|20)[0-9]{3}", bare):  # a digit of a year is there twice
        found = [bare[:at] + bare[at + 1 :] for at in range(4) if bare[at] == bare[at + 1]]
    elif re.fullmatch("(19|20)[0-9]{6}", bare):
        found = [f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"]
    else:
        found = list(_ordered(bare, window.last.year)) if FORM.fullmatch(bare) and ".." not in bare else []
    return [date for date in dict.fromkeys(found) if date != text and window.holds(date)]


def _ordered(text: str, last: int) -> Iterator[str]:
    """Yield the dates that the numbers and the month in a text may make, in the orders of the world."""
    words = PARTS.findall(text)
    parts = [NUMBERS.get(word[:3].casefold().replace("i\u0307", "i"), word) for word in words]
    named = next((at for at, word in enumerate(words) if not word.isdecimal()), None)
    if not all(map(str.isdecimal, parts)):
        return
    for order in ORDERS.get(len(parts), ()):
        at = order.index("M")
        is_other = named not in (None, at)
        is_pointed = "." in text and order == "MDY" and named is None  # with points between them the day is first
        is_short = order == "YMD" and len(parts[0]) < 4 and "-" not in text
        if is_other or is_pointed or is_short:
            continue
        said = dict(zip(order, parts, strict=True))
        day = f"-{int(said['D']):02}" if "D" in said else ""
        if year := _year(said["Y"], last):
            yield f"{year}-{int(said['M']):02}{day}"


def _year(part: str, last: int) -> str:
    """Return the year that two or four digits stand for, of this century or the last; "" for others."""
    if len(part) == 2:
        return f"20{part}" if int(part) <= last - 2000 else f"19{part}"
    return part if len(part) == 4 else ""
