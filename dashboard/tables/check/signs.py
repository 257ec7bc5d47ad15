"""Signs that nobody sees: joiners, odd spaces, accents parted from their letters, letters misread; and the text without them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dashboard.tables.check.reasons import Mend
from dashboard.tables.spelling import ODD_SPACE, SPACES, reread

JOINERS = re.compile(
    r"(?<=[\u0590-\U0010ffff])[\u200c\u200d](?=[\u0590-\U0010ffff])"
)  # letters of Arabic and Indic words
LINE_ENDS = "\u2028\u2029"  # they part words, so a space stands for them
# Signs that show nothing but are of no category that says so.
FILLERS = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f]")


def invisible(text: str) -> Mend:
    """Take out the signs that nobody sees; those that join the letters of Arabic and Indic words stay."""
    if text.isascii() or (text.isprintable() and not FILLERS.search(text)):
        return text, ""
    joined = {found.start() for found in JOINERS.finditer(text)}
    shown = [
        " " if sign in LINE_ENDS else sign for at, sign in enumerate(text) if at in joined or sign in LINE_ENDS or not _is_hidden(sign)
    ]  # fmt: skip
    hidden = next((sign for at, sign in enumerate(text) if at not in joined and _is_hidden(sign)), "")
    return "".join(shown), f"holds an invisible sign, {called(hidden)}" if hidden else ""


@cache
def _is_hidden(sign: str) -> bool:
    is_control = unicodedata.category(sign) in ("Cf", "Co", "Cn", "Zl", "Zp") or "\x80" <= sign <= "\x9f"
    return is_control or bool(FILLERS.match(sign))


def called(sign: str) -> str:
    """Return the code point of a sign and its name in small letters, where it has one."""
    name = unicodedata.name(sign, "").lower()
    name = "byte order mark" if sign == "\ufeff" else name
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")


def spaced(text: str) -> Mend:
    """Write single plain spaces."""
    if text.isprintable() and "  " not in text:  # no odd space is a sign that is printed
        return text, ""
    if odd := ODD_SPACE.search(text):
        return SPACES.sub(" ", text), f"holds an odd space, {called(odd[0])}"
    return SPACES.sub(" ", text), "holds two spaces together" if "  " in text else ""


def composed(text: str) -> Mend:
    """Join letters and their accents."""
    whole = unicodedata.normalize("NFC", text)
    return whole, "holds letters and accents as separate signs, which look the same" if whole != text else ""


def misread(text: str) -> Mend:
    """Read a text again that was read in another encoding than it was written in."""
    fixed = reread(text)
    return fixed, "was read in another encoding than it was written in" if fixed != text else ""
