"""How much a workbook holds, weighed before anything reads it: by what it declares, and by what comes out."""

from __future__ import annotations

import io
import zipfile
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MOST = 40_000_000  # bytes of a workbook unpacked
MOST_PARTS = 1_000
READ = (".xml", ".rels", "mimetype")  # how the parts end that hold sheets; pictures and the like stay packed
ANEW = "Copy the rows of the table alone into a new workbook, and save that"


class Refused(Exception):  # noqa: N818 no error: a file that we will not read
    """A file is not read; `problem` and `remedy` say why, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Take the words of a fault."""
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def unpacked(content: bytes) -> bytes:
    """Return a workbook with the same parts, not packed any more, so that whoever reads it gets what was weighed.

    Raises Refused where it is damaged, or more than `MOST` by what it declares or by what comes out.
    """
    light = io.BytesIO()
    try:
        with ZipFile(io.BytesIO(content)) as packed, ZipFile(light, "w", ZIP_STORED) as stored:
            parts = [part for part in packed.infolist() if part.filename.endswith(READ)]
            _weigh(parts)
            for part in parts:
                stored.writestr(zipfile.ZipInfo(part.filename), packed.read(part))
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Refused("is damaged: not all of it can be unpacked", "Save the workbook again") from None
    return light.getvalue()


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what declares too much.

    What comes out of a part is cut where its declared size ends, and is damaged then: so no part can be more than it
    declares. Only the two ways to pack that spreadsheets know can be unpacked bit by bit.
    """
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST:
        problem = f"would be {whole / 1e6:,.0f} MB in {len(parts):,} parts once unpacked; at most {MOST // 10**6} MB in {MOST_PARTS:,} parts are read"
        raise Refused(problem, ANEW)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise BadZipFile
