"""Letters that only look like Latin ones, and the text in Latin letters."""

from __future__ import annotations

import re
import unicodedata

from dashboard.tables.check.reasons import Mend
from dashboard.tables.check.signs import called
from dashboard.tables.spelling import LOOK_ALIKES

# Full-width letters, letters run together in print, and letters of formulas, which are no letters of words.
SHAPED = re.compile(r"[\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]+")
OTHER = re.compile(f"{SHAPED.pattern}|[{''.join(map(chr, LOOK_ALIKES))}]")
WORD = re.compile(r"[^\W\d_]+")


def look_alike(text: str) -> Mend:
    """Write in Latin letters what only looks like them: shaped letters, and others inside Latin words."""
    if text.isascii() or not OTHER.search(text):
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


KEY = re.compile(r"[a-zı0-9]+(?:-[a-zı0-9]+)*")  # in words of Turkish the letter without its dot is right
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")


def look_alike_key(text: str) -> Mend:
    """Write a key, a code, a date or an allowed value in Latin letters and plain hyphens, whatever its signs are."""
    if text.isascii():
        return text, ""
    latin = DASHES.sub("-", SHAPED.sub(_unshaped, text).translate(LOOK_ALIKES))
    latin = latin.replace("ı", "i") if KEY.fullmatch(latin) else latin
    return (latin, _other(text, latin)) if latin.isascii() else (text, "")


def _other(text: str, latin: str) -> str:
    """Return the problem with a text of which some letters only look Latin."""
    sign = next((one for one, other in zip(text, latin, strict=False) if one != other), "")
    what = "sign that only looks like a hyphen" if DASHES.match(sign) else "letter that only looks like a Latin one"
    return f"holds a {what}, {called(sign)}" if sign else ""
