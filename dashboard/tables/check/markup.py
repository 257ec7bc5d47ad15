"""What web pages, workbooks and quotation leave in the text of a cell, and the text without it."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

from dashboard.tables.check.reasons import Mend
from dashboard.tables.spelling import SPACES

ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]+[0-9]*);")
TAG = re.compile(
    r"</?(?:a|b|body|br|button|code|div|em|embed|font|form|h[1-6]|head|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|"
    r"script|span|strong|style|sub|sup|svg|table|td|th|title|tr|u|ul|video)(?:[\s/][^<>]*)?/?>|<!--.*?-->", re.IGNORECASE
)  # fmt: skip
EXCEL_CODE = re.compile(r"_x([0-9A-F]{4})_")


def marked_up(text: str) -> Mend:
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


TICK = re.compile(r"'(?=\S)")


def ticked(text: str) -> Mend:
    """Take off the apostrophe by which a spreadsheet marks a cell as text, and which belongs to no key, number or date."""
    if TICK.match(text):
        return text[1:], "begins with the apostrophe by which a spreadsheet marks text"
    return text, ""


ENCLOSED = re.compile(r'"[^"]+"|“[^“”]+”')


def enclosed(text: str) -> Mend:
    """Take off the quotation marks around a whole text."""
    if ENCLOSED.fullmatch(text):
        return text[1:-1].strip(), "stands in quotation marks as a whole"
    return text, ""
