"""How the bytes of a file are read as text, and in which encoding a file seems to be that is not UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import TextIO

MARKS = {  # the longer first: a file in UTF-32 begins as one in UTF-16 does
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip
HEAD = 200  # bytes of a file that are looked at; they hold the header, which is in Latin letters
TURKISH_ONLY = frozenset("ğĞıİşŞ")  # the six letters in which Windows-1254 is not Windows-1252


def decode(content: bytes) -> str:
    """Return bytes as text; each byte that is not UTF-8 becomes a lone surrogate, so that it is not lost."""
    return content.decode("utf-8-sig", errors="surrogateescape")


def stream(text: str) -> TextIO:
    """Return decoded text line by line, with its line ends; io.StringIO would take four bytes for each letter of it."""
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")), "utf-8", "surrogateescape", newline="")


def wide(content: bytes) -> str:
    """Return the name of the encoding of a file that has two or four bytes a letter, else ""."""
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return name
    head = content[:HEAD]
    share = head.count(0) / max(len(head), 1)
    return "UTF-32" if share > 0.6 else "UTF-16" if share > 0.3 else ""


def is_broken(text: str) -> bool:
    """Say whether decoded text holds bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def is_other(text: str) -> bool:
    """Say whether a decoded file that holds such bytes is in another encoding throughout: nothing in it is UTF-8."""
    return all(sign < "\x80" or "\udc80" <= sign <= "\udcff" for sign in text)


def shown(text: str) -> str:
    """Return decoded text with the sign � for what is not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def guess(text: str) -> tuple[str, str]:
    """Return the code page in which decoded text that is not UTF-8 was most likely saved, and the text read so."""
    read = text.encode("utf-8", "surrogateescape").decode("cp1254", "replace")
    return ("Windows-1254 (Turkish)" if TURKISH_ONLY & set(read) else "Windows-1252 (Western)"), read
