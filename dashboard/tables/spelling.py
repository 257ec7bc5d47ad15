"""How text is spelt: the one form in which `tidy` writes it, and what damaged text was."""

from __future__ import annotations

import re
import unicodedata

import ftfy

ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SPACES = re.compile(rf"(?: |{ODD_SPACE.pattern})+")
# Zero-width space, word joiner, byte order mark and soft hyphen: nowhere part of a word, so `tidy` takes them out.
IDLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
# A letter that was misread shows as two signs side by side, the second of which may have become a plain space.
MISREAD = re.compile(r"[^\x00-\x7f]{2}|[ÃÂ\x80-\x9f]")
SEVEN_BITS = re.compile(r"\+[A-Za-z0-9+/]{3,}-")  # how UTF-7, of old mail, writes other letters than English ones
MEANT = re.compile(r"[ -~âÂçÇğĞıİîÎöÖşŞûÛüÜ’‘“”–—…]*")  # what Turkish and English texts are made of
# Cyrillic and Greek letters that look like Latin ones (Unicode Technical Standard #39), and those Latin letters.
LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
    "ABESIJKMHOPCTYXaesijopcyxdqwhABEZHIKMNOPTYXoa",
)


def reread(text: str) -> str:
    """Return a text as it was written where it was read in another encoding, so that one letter shows as two."""
    has_seven = "+" in text and SEVEN_BITS.search(text)
    if has_seven and MEANT.fullmatch(meant := SEVEN_BITS.sub(_of_seven_bits, text)):
        return meant
    if text.isascii() or not MISREAD.search(text):
        return text
    if (fixed := ftfy.fix_encoding(text)) != text:
        return fixed
    for page in ("sloppy-windows-1252", "sloppy-windows-1254"):  # ftfy leaves “ÄŸ” and “ÅŸ” in a word as they are
        try:
            meant = text.encode(page).decode()
        except UnicodeError:
            continue
        if MEANT.fullmatch(meant):
            return meant
    return text


def _of_seven_bits(found: re.Match[str]) -> str:
    """Return what a piece of UTF-7 stands for; the piece itself where it is none."""
    try:
        letters = found[0].encode().decode("utf-7")
    except UnicodeError:
        return found[0]
    return found[0] if letters.isascii() else letters


def plain(text: str) -> str:
    """Return a text in Unicode's form NFC, with single plain spaces and without signs that nobody sees.

    A text that was read in the wrong encoding stays: its spaces may be parts of letters that can still be mended.
    """
    if reread(text) != text:
        return text.strip(" ")
    return SPACES.sub(" ", unicodedata.normalize("NFC", IDLE.sub("", text))).strip()
