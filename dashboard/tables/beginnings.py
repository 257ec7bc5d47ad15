"""Which sort of file lies in the place of a CSV file, by how it begins and ends."""

from __future__ import annotations

import re

AS_CSV = "Open it in the spreadsheet and save the sheet as “CSV UTF-8”"
PACKED = "Unpack it, and put the CSV file itself here"
RESTORE = "Restore the file from the last version that was right"
# How a file of each sort begins, what it is, and what to do about it.
SORTS: list[tuple[re.Pattern[bytes], str, str]] = [
    (re.compile(rb"PK(\x03\x04|\x05\x06)"), "is a workbook or another packed file, not CSV", AS_CSV),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "is a workbook of an old form, not CSV", AS_CSV),
    (re.compile(rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd"), "is a packed file, not CSV", PACKED),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|%PDF-|\{\\rtf|SQLite format 3\0|PAR1"), "is a picture, a document or a database, not CSV", RESTORE),
    (re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml)\b", re.IGNORECASE), "is a web page, not CSV", f"A page that asks to sign in may have been saved. {RESTORE}"),
    (re.compile(rb"version https://git-lfs"), "is a pointer to the file and not the file", "Run “git lfs pull”"),
    (re.compile(rb"diff --git |--- [^\n]*\n\+\+\+ "), "is a list of changes and not the file", "Apply it with “git apply”, or restore the file"),
    (re.compile(rb"\s*[\[{]\s*[\[{\"]"), "is JSON, not CSV", AS_CSV),
    (re.compile(rb"\0+\Z"), "holds nothing but null signs, as after a copy that was not finished", RESTORE),
]  # fmt: skip

# Control characters that stand in no text, and how many of them a file may hold that is only damaged.
CONTROLS, DAMAGED = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a")), 8


def other_sort(content: bytes) -> tuple[str, str]:
    """Return what a file is that is no CSV, and the remedy; two blanks where nothing speaks against CSV."""
    return next(((problem, remedy) for form, problem, remedy in SORTS if form.match(content)), ("", ""))


def is_noise(content: bytes) -> bool:
    """Say whether bytes are no text in any encoding with a byte a letter: one in a hundred is a control character."""
    body = content[: len(content) - tail(content)]
    return len(body) - len(body.translate(None, CONTROLS)) > max(DAMAGED, len(body) // 100)


def tail(content: bytes) -> int:
    """Return how many bytes at the end of a file are no text: nulls, and the sign by which old systems end one."""
    idle = content[len(content.rstrip(b"\0\x1a \t\r\n")) :]
    return len(idle) if idle.strip() else 0
