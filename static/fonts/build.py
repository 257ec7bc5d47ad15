"""Make the fonts that the pages are set in: of Streamlit's own faces, the letters, weights and icons that we need.

    python static/fonts/build.py

writes the files beside this one, each time the same bytes. Run it when a test says that a letter or an icon is missing.

    python static/fonts/build.py NotoSansArabic-Regular.ttf

writes the one that is not made of Streamlit's, of a file that `README.md` here says where to find.
`dashboard/server.py` sends these files where the front end asks for Streamlit's. `README.md` here says what each one holds.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FRONT = Path(streamlit.__file__).parent / "static" / "static"

# Western and Central European languages, Turkish, Azerbaijani, and the Latin writing of Arabic, Urdu and Hindi.
LATIN = (
    "U+0020-007E U+00A0-017F U+0192 U+018F U+0259 U+01E6-01E7 U+0218-021B U+02BB-02BC U+02BE-02BF U+02C6-02C7 U+02D8-02DD"
    " U+1E00-1E9F U+2010-2015 U+2018-201E U+2020-2022 U+2026 U+202F U+2030 U+2032-2033 U+2039-203A U+20AC U+20BA"
    " U+2190-2193 U+2212 U+2248 U+2260 U+2264-2265 U+25A0-25FF U+2605 U+2713 U+2717"
)
ARABIC = "U+0600-06FF U+200C-200D"  # and Urdu, Persian, Pashto, Sindhi
GREEK_CYRILLIC = "U+0384-03CE U+0400-045F U+0490-0491 U+04D8-04D9"
# Beside what a reader always gets: figures of one width, and forms that a language or a neighbour asks for.
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum", "lnum"]
JOINED = ["ccmp", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "locl", "mark", "mkmk", "kern"]
TEXT = (400, 700)
# The design for words of this many pixels, between our statements and our titles.
READ = 26
ICON = re.compile(r":material/(\w+):")


@dataclass(frozen=True)
class Face:
    """One file: which of Streamlit's faces it is made of, and which letters and weights it keeps."""

    of: str
    letters: str
    axes: dict[str, float | tuple[float, float]]
    called: str


# By the name of our file. The licence keeps the word "Source" for the original, so ours have another name inside.
FACES = {
    "sans": Face("SourceSansVF-Upright", LATIN, {"wght": TEXT}, "House Sans"),
    "sans-italic": Face("SourceSansVF-Italic", LATIN, {"wght": 400}, "House Sans Italic"),
    "sans-greek-cyrillic": Face("SourceSansVF-Upright", GREEK_CYRILLIC, {"wght": TEXT}, "House Sans"),
    "serif": Face("SourceSerifVariable-Roman", LATIN, {"wght": TEXT, "opsz": READ}, "House Serif"),
    "serif-italic": Face("SourceSerifVariable-Italic", LATIN, {"wght": 400, "opsz": READ}, "House Serif Italic"),
    "serif-greek-cyrillic": Face("SourceSerifVariable-Roman", GREEK_CYRILLIC, {"wght": TEXT, "opsz": READ}, "House Serif"),
    "code": Face("SourceCodeVF-Upright", LATIN, {"wght": 400}, "House Code"),
}  # fmt: skip
# For pictures that the server makes itself, which takes neither woff2 nor a face of several weights; each in a file of its own.
STILL = {
    "still-sans": Face("SourceSansVF-Upright", f"{LATIN} {GREEK_CYRILLIC}", {"wght": 400}, "House Sans"),
    "still-sans-bold": Face("SourceSansVF-Upright", f"{LATIN} {GREEK_CYRILLIC}", {"wght": 600}, "House Sans"),
    "still-sans-italic": Face("SourceSansVF-Italic", f"{LATIN} {GREEK_CYRILLIC}", {"wght": 400}, "House Sans"),
    "still-serif": Face("SourceSerifVariable-Roman", f"{LATIN} {GREEK_CYRILLIC}", {"wght": 600, "opsz": READ}, "House Serif"),
}  # fmt: skip


# Signs of domains that no face of Streamlit's has, by their corners round the middle: at most 1 away from it.
BAR = 0.34
CROSS = [
    (-BAR, 1),
    (BAR, 1),
    (BAR, BAR),
    (1, BAR),
    (1, -BAR),
    (BAR, -BAR),
    (BAR, -1),
    (-BAR, -1),
    (-BAR, -BAR),
    (-1, -BAR),
    (-1, BAR),
    (-BAR, BAR),
]


def letters_of(ranges: str) -> set[int]:
    """Return the numbers of the letters in ranges written as CSS writes them, but for the commas."""
    ends = [part.removeprefix("U+").split("-") for part in ranges.split()]
    return {number for pair in ends for number in range(int(pair[0], 16), int(pair[-1], 16) + 1)}


def icons_in(files: Iterable[Path]) -> set[str]:
    """Return the names of the icons that some files ask for."""
    return {name for file in files for name in ICON.findall(file.read_text(encoding="utf-8"))}


def icons() -> set[str]:
    """Return the names of the icons of our pages and of Streamlit's own parts."""
    ours = [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py"), *(ROOT / "dashboard").rglob("*.js")]
    theirs = [*(FRONT / "js").glob("*.js"), *(FRONT.parents[1] / "elements").rglob("*.py")]
    return icons_in([*ours, *theirs])


def streamlits(name: str) -> TTFont:
    """Return one of Streamlit's faces; in its file's name the version follows."""
    (file,) = (FRONT / "media").glob(f"{name}.*")
    return TTFont(file, recalcTimestamp=False)


def keep(font: TTFont, letters: Iterable[int], features: list[str]) -> None:
    """Take everything out of a font that these letters do not need."""
    options = Options(
        layout_features=features, hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 7, 13, 14], notdef_outline=True
    )
    wanted = Subsetter(options)
    wanted.populate(unicodes=letters)
    wanted.subset(font)


def text_face(face: Face) -> TTFont:
    """Return a face of ours."""
    font = streamlits(face.of)
    keep(font, letters_of(face.letters), FEATURES)
    font = instancer.instantiateVariableFont(font, face.axes)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = face.called.replace(" ", "") if record.nameID == 6 else face.called
    return font


def still_face(face: Face) -> TTFont:
    """Return a face of ours of one weight, for the server's own pictures."""
    font = text_face(face)
    font.flavor = None
    for sign, corners in SIGNS.items():
        add_sign(font, sign, corners)
    return font


def arabic_face(file: Path) -> TTFont:
    """Return the face for the server's own pictures that has Arabic letters, in all their joined forms, of a file."""
    font = TTFont(file, recalcTimestamp=False)
    keep(font, letters_of(ARABIC), JOINED)
    return font


def star(points: int, inner: float) -> list[tuple[float, float]]:
    """Return the corners of a star round the middle, one up; those between its points are at a part of their distance."""
    turns = [math.pi * (0.5 - at / points) for at in range(2 * points)]
    return [
        (math.cos(turn) * (inner if at % 2 else 1), math.sin(turn) * (inner if at % 2 else 1))
        for at, turn in enumerate(turns)
    ]


def add_sign(font: TTFont, sign: str, corners: list[tuple[float, float]]) -> None:
    """Draw a sign into a font, as large as its black square."""
    like, name, pen = (font.getBestCmap() or {})[ord("■")], f"uni{ord(sign):04X}", TTGlyphPen(None)
    square = font["glyf"][like]
    half, across, up = (
        (square.xMax - square.xMin) * 0.56,
        (square.xMax + square.xMin) / 2,
        (square.yMax + square.yMin) / 2,
    )
    places = [(round(across + x * half), round(up + y * half)) for x, y in corners]
    pen.moveTo(places[0])
    for place in places[1:]:
        pen.lineTo(place)
    pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (font["hmtx"][like][0], min(x for x, _ in places))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(sign)] = name


def ligatures(font: TTFont) -> list[tuple[dict, str, list[str]]]:
    """Return the sets of ligatures of the icon font, each with its first sign and the words that its ligatures spell."""
    letter = {shape: chr(number) for number, shape in (font.getBestCmap() or {}).items() if number < 128}
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    return [
        (sets, first, ["".join(letter.get(shape, "?") for shape in (first, *one.Component)) for one in found])
        for sets in (getattr(table, "ExtSubTable", table).ligatures for table in tables)
        for first, found in sets.items()
    ]


def drawn(font: TTFont) -> set[str]:
    """Return the names of the icons in a font: an icon is the ligature of the letters of its name."""
    return {word for _, _, words in ligatures(font) for word in words}


def drop_icons(font: TTFont, names: set[str]) -> None:
    """Forget every icon but these."""
    for sets, first, words in ligatures(font):
        sets[first] = [one for one, word in zip(sets[first], words, strict=True) if word in names]


def icon_face(names: set[str]) -> TTFont:
    """Return the icon font with these icons alone."""
    font = streamlits("MaterialSymbols-Rounded")
    drop_icons(font, names)
    keep(font, map(ord, "".join(names)), ["rlig"])
    return font


SIGNS = {"★": star(5, 0.4), "✶": star(6, 0.38), "✚": CROSS}


def main(arabic: Sequence[str] = ()) -> None:
    """Write every file, or that with Arabic letters of the file named, and say how large it is."""
    for file in arabic:
        written(arabic_face(Path(file)), HERE / "still-arabic.ttf")
    if arabic:
        return
    fonts = {**{name: text_face(face) for name, face in FACES.items()}, "icons": icon_face(icons())}
    for name, font in fonts.items():
        font.flavor = "woff2"
        written(font, HERE / f"{name}.woff2")
    for name, face in STILL.items():
        written(still_face(face), HERE / f"{name}.ttf")


def written(font: TTFont, file: Path) -> None:
    """Write a font, and say how large it is."""
    font.save(file)
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
