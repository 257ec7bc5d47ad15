"""What was done to the text of a cell on its way into a file, and what the text was before."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from html.entities import html5

from dashboard.tables.csvfile import SHOWN, Fault, TextTable
from dashboard.tables.dictionary import Column
from dashboard.tables.spelling import LOOK_ALIKES, ODD_SPACE, SPACES, plain, reread

SUSPECT = re.compile(r"[^ -~]|[&<#?]|  |_x|\A[=+\-@\"]")  # a cell without these has nothing of what follows
ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]+[0-9]*);")
TAG = re.compile(r"</?(?:a|b|br|div|em|font|i|li|p|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
EXCEL_CODE = re.compile(r"_x([0-9A-F]{4})_")
EXCEL_ERROR = re.compile(r"#{3,}|#N/[AV]|#[A-ZÇĞİÖŞÜ]{2,9}[!?]|#(?:DIV|SAYI)/0!|#(?:YOK|NV|AD\?)")
LOST = re.compile(r"[^\W\d_]\?[a-zçğıöşü]")  # a question mark where a letter was that the encoding does not have
JOINERS = re.compile(
    r"(?<=[\u0590-\U0010ffff])[\u200c\u200d](?=[\u0590-\U0010ffff])"
)  # letters of Arabic and Indic words
# Signs that show nothing but are of no category that says so.
FILLERS = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f]")
# Full-width letters, letters run together in print, and letters of formulas, which are no letters of words.
SHAPED = re.compile(r"[\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]+")
WORD = re.compile(r"[^\W\d_]+")
ENCLOSED = re.compile(r'"[^"]+"|“[^“”]+”')
TIDY = "or run “python -m dashboard tidy”"

Mend = tuple[str, str]  # a text mended, and what was wrong with it in words that follow its name, or ""


def mend(table: TextTable, columns: dict[str, Column]) -> tuple[TextTable, list[Fault]]:
    """Return a table with the text of its cells as it was meant, and a fault for each cell that was damaged.

    What is damaged beyond mending is among the faults of the table itself, so that nothing else is said of the cell.
    """
    faults: list[Fault] = []
    header = [_heading(table, name, faults) for name in table.header]
    unread = {(fault.line, fault.column) for fault in table.faults}
    whole = replace(table, header=header, rows=table.rows.copy(), faults=table.faults.copy())
    for at, name in enumerate(header):
        cells = [row[at] for row in table.rows]
        damaged = _damaged(set(cells), columns.get(name))
        for number in (number for number, cell in enumerate(cells) if cell in damaged) if damaged else ():
            cell, place = cells[number], (table.file, table.lines[number], name, cells[number])
            if place[1:3] in unread:
                continue
            text, problem, lost = damaged[cell]
            if problem:
                faults.append(Fault(*place, problem, _remedy(cell, text)))
            if lost:
                whole.faults.append(Fault(*place, *lost))
            if whole.rows[number] is table.rows[number]:  # the table given stays as it is
                whole.rows[number] = table.rows[number].copy()
            whole.rows[number][at] = text
    return whole, faults


def _damaged(cells: Collection[str], column: Column | None) -> dict[str, tuple[str, str, tuple[str, str] | None]]:
    """Return of each damaged cell what was meant, the problem, and what of it cannot be mended."""
    steps, damaged = _steps(column), {}
    for cell in cells:
        if SUSPECT.search(cell):
            text, problem = _mended(cell, steps)
            lost = _lost(text, column)
            if lost or text != cell:
                damaged[cell] = text, problem, lost
    return damaged


def _heading(table: TextTable, name: str, faults: list[Fault]) -> str:
    text, problem = _mended(name, _steps(None))
    if problem:
        faults.append(Fault(table.file, table.top, name, name, problem, _remedy(name, text)))
    return text


def _mended(cell: str, steps: list[Callable[[str], Mend]]) -> Mend:
    """Return a cell as it was meant, and all that was wrong with it as one problem."""
    problems = []
    text = cell
    for step in steps:
        text, problem = step(text)
        problems += [problem] if problem else []
    return text.strip(" "), " and ".join(problems)


def _steps(column: Column | None) -> list[Callable[[str], Mend]]:
    """Return what is looked for in a column, in the order in which it is undone."""
    steps: list[Callable[[str], Mend]] = [_misread, _marked_up, _invisible]
    if column is None or not _is_figure(column):  # odd spaces between thousands are a matter of the number
        steps += [_spaced, _composed]
    steps.append(_look_alike if column is None or _is_text(column) else _look_alike_key)
    if column is not None and _is_text(column):
        steps.append(_enclosed)
    return steps


def _is_figure(column: Column) -> bool:
    return column.type in ("integer", "number") and not column.choices


def _is_text(column: Column) -> bool:
    """Say whether a column holds free words: no key, code, date, number or allowed value."""
    is_bound = column.choices or column.reference or column.is_date or "pattern" in column.constraints
    return column.type == "string" and not is_bound


def _remedy(cell: str, text: str) -> str:
    """Return how to mend a cell: the text, or of a long one the part that differs."""
    start = next((at for at, (one, other) in enumerate(zip(cell, text, strict=False)) if one != other), len(text))
    shown = text if len(text) <= SHOWN else f"…{text[max(0, start - 40) : start + 40]}…"
    return f"Write “{shown}”" + (f", {TIDY}" if plain(cell) == text else "")


def _misread(text: str) -> Mend:
    fixed = reread(text)
    return fixed, "was read in another encoding than it was written in" if fixed != text else ""


def _marked_up(text: str) -> Mend:
    """Undo what belongs to web pages and workbooks: entities, tags, and the codes of Excel for control characters."""
    for form, problem in ((ENTITY, "holds the code of a web page for a sign"), (TAG, "holds a tag of a web page"),
                          (EXCEL_CODE, "holds the code of a workbook for a sign")):  # fmt: skip
        if found := form.search(text):
            plain = text
            while (again := form.sub(_decoded, plain)) != plain:
                plain = again
            if plain != text:
                return SPACES.sub(" ", plain), f"{problem}, {found[0]}"
    return text, ""


def _decoded(found: re.Match[str]) -> str:
    """Return the sign that a code stands for; none for a tag or a control character."""
    if code := EXCEL_CODE.fullmatch(found[0]):
        sign = chr(int(code[1], 16))
        return "" if unicodedata.category(sign) in ("Cc", "Cs") else sign
    if not found[0].startswith("&"):
        return ""
    is_code = found[0][1] == "#" or found[0][1:] in html5
    return html.unescape(found[0]) if is_code else found[0]


def _invisible(text: str) -> Mend:
    """Take out the signs that nobody sees; those that join the letters of Arabic and Indic words stay."""
    if text.isascii() or not any(map(_is_hidden, set(text))):
        return text, ""
    joined = {found.start() for found in JOINERS.finditer(text)}
    shown = [sign for at, sign in enumerate(text) if at in joined or not _is_hidden(sign)]
    hidden = next((sign for at, sign in enumerate(text) if at not in joined and _is_hidden(sign)), "")
    return "".join(shown), f"holds an invisible sign, {_called(hidden)}" if hidden else ""


@cache
def _is_hidden(sign: str) -> bool:
    is_control = unicodedata.category(sign) in ("Cf", "Co", "Cn", "Zl", "Zp") or "\x80" <= sign <= "\x9f"
    return is_control or bool(FILLERS.match(sign))


def _called(sign: str) -> str:
    """Return the code point of a sign and its name in small letters, where it has one."""
    name = unicodedata.name(sign, "").lower()
    name = "byte order mark" if sign == "\ufeff" else name
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")


def _spaced(text: str) -> Mend:
    if odd := ODD_SPACE.search(text):
        return SPACES.sub(" ", text), f"holds an odd space, {_called(odd[0])}"
    return SPACES.sub(" ", text), "holds two spaces together" if "  " in text else ""


def _composed(text: str) -> Mend:
    whole = unicodedata.normalize("NFC", text)
    return whole, "holds letters and accents as separate signs, which look the same" if whole != text else ""


def _look_alike(text: str) -> Mend:
    """Write in Latin letters what only looks like them: shaped letters, and others inside Latin words."""
    if text.isascii():
        return text, ""
    latin = WORD.sub(_one_script, SHAPED.sub(_unshaped, text))
    return latin, _other(text, latin)


def _unshaped(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _one_script(found: re.Match[str]) -> str:
    """Return a word that mixes Latin letters with their look-alikes in Latin letters alone; any other as it is."""
    word, latin = found[0], found[0].translate(LOOK_ALIKES)
    is_mixed = latin != word and any(sign == other and sign.isascii() for sign, other in zip(word, latin, strict=True))
    return latin if is_mixed else word


def _look_alike_key(text: str) -> Mend:
    """Write a key, a code or an allowed value in Latin letters, whatever its letters are."""
    latin = SHAPED.sub(_unshaped, text).translate(LOOK_ALIKES)
    return (latin, _other(text, latin)) if latin.isascii() else (text, "")


def _other(text: str, latin: str) -> str:
    """Return the problem with a text of which some letters only look Latin."""
    sign = next((one for one, other in zip(text, latin, strict=False) if one != other), "")
    return f"holds a letter that only looks like a Latin one, {_called(sign)}" if sign else ""


def _enclosed(text: str) -> Mend:
    if ENCLOSED.fullmatch(text):
        return text[1:-1].strip(), "stands in quotation marks as a whole"
    return text, ""


def _lost(text: str, column: Column | None) -> tuple[str, str] | None:
    """Return the problem and the remedy for a cell that cannot be mended, or that a spreadsheet would run."""
    if EXCEL_ERROR.fullmatch(text):
        return "is what a spreadsheet shows for an error", "Write what the cell should hold"
    if "\ufffd" in text:
        return "holds the sign � (U+FFFD) in the place of a lost letter", "Write the letter"
    if column is None or not _is_text(column):
        return None
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "would be run by a spreadsheet as a formula", "Begin with a letter, a digit or a bracket"
    if LOST.search(text) and "://" not in text:
        return "has a question mark inside a word, in the place of a lost letter", "Write the letter"
    return None
