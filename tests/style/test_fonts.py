"""The fonts hold what the pages show: each letter of the published tables and each icon, and are made of Streamlit's own."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dashboard import style
from dashboard.charts import png
from dashboard.serving.compressed import FACES
from dashboard.tables import load as data
from dashboard.tables.load import Tables
from static.fonts import build

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "static" / "fonts"
REMEDY = "run python static/fonts/build.py, after a look at its LATIN and GREEK_CYRILLIC"
# What an office abroad writes that is not in the tables yet.
WRITTEN = "AaZz09 ÇĞİıÖŞÜ çğışöşü Əə ÂâÎîÛû ḌḍḤḥṢṣṬṭẒẓĀāĪīŪū ʿʾ ʼ “”‘’ – — … · − € ₺ → ←"


def letters(face: str) -> set[str]:
    """Return the letters that a font of ours can draw."""
    return set(map(chr, TTFont(FOLDER / f"{face}.woff2").getBestCmap() or {}))


def published() -> set[str]:
    """Return every sign that stands in the published tables and their description."""
    return set().union(*(file.read_text(encoding="utf-8") for file in data.FOLDER.iterdir() if file.is_file()))


def of(script: str, signs: set[str]) -> set[str]:
    return {sign for sign in signs if unicodedata.name(sign, "").startswith(script)}


@pytest.mark.parametrize("face", ["sans", "sans-italic", "serif", "serif-italic", "code"])
def test_every_latin_letter_of_the_tables_and_of_the_languages_around_is_in_each_face(face: str) -> None:
    wanted = of("LATIN", published()) | set(WRITTEN)
    assert sorted(wanted - letters(face)) == [], REMEDY


@pytest.mark.parametrize("face", ["sans", "serif"])
@pytest.mark.parametrize("script", ["GREEK", "CYRILLIC"])
def test_every_greek_and_cyrillic_letter_of_the_tables_is_in_the_second_file_of_each_face(
    face: str, script: str
) -> None:
    wanted = of(script, published())
    assert wanted
    assert sorted(wanted - letters(f"{face}-greek-cyrillic")) == [], REMEDY


def test_the_style_sheet_asks_for_the_second_files_just_for_the_letters_that_they_hold() -> None:
    rules = re.findall(r'"Source (\w+)".*?fonts/([\w-]+)\.woff2.*?unicode-range: ([^;]+)', style.sheet(), re.DOTALL)
    assert {(face, name) for face, name, _ in rules} == {
        ("Sans", "sans-greek-cyrillic"),
        ("Serif", "serif-greek-cyrillic"),
    }
    for _, name, ranges in rules:
        inside = build.letters_of(ranges.replace(",", ""))
        assert inside == build.letters_of(build.FACES[name].letters)


@pytest.mark.parametrize("name", build.STILL)
def test_a_face_for_still_pictures_has_every_letter_and_is_what_its_builder_makes(name: str, tmp_path: Path) -> None:
    font = TTFont(FOLDER / f"{name}.ttf")
    there = set(map(chr, font.getBestCmap() or {}))
    wanted = of("LATIN", published()) | of("GREEK", published()) | of("CYRILLIC", published()) | set(WRITTEN)
    assert sorted(wanted - there) == [], REMEDY
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == build.STILL[name].called
    assert names[1] in (png.SANS, png.SERIF)
    assert "Open Font License" in names[13]
    build.still_face(build.STILL[name]).save(tmp_path / "font.ttf")
    assert (tmp_path / "font.ttf").read_bytes() == (FOLDER / f"{name}.ttf").read_bytes(), REMEDY


def test_the_face_for_arabic_letters_has_those_of_the_tables_in_their_joined_forms_and_its_licence_beside_it() -> None:
    font = TTFont(FOLDER / "still-arabic.ttf")
    there = set(map(chr, font.getBestCmap() or {}))
    wanted = of("ARABIC", published()) | set("پاکستان ٹڈڑںھہےگچژۀیټځڀٿ،؟۴٤") - {" "}
    assert sorted(wanted - there) == []
    assert png.FOREIGN.sub("", "".join(sorted(wanted))) == "".join(sorted(wanted))
    forms = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= forms
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert "Open Font License" in names[13]
    assert names[0] in (FOLDER / "OFL-Noto.txt").read_text(encoding="utf-8")
    assert (FOLDER / "still-arabic.ttf").stat().st_size < 80_000


def test_every_sign_of_a_domain_is_in_the_face_that_pictures_write_it_in(tables: Tables) -> None:
    signs = set(tables.dictionary.meaning("deals", "domain", "glyph").values())
    assert len(signs) > 3
    assert sorted(signs - set(map(chr, TTFont(FOLDER / "still-sans.ttf").getBestCmap() or {}))) == [], REMEDY


def test_every_icon_that_a_page_or_streamlit_names_is_in_the_icon_font() -> None:
    """Streamlit's guides and scripts name some that no font has."""
    assert {"help", "search", "chevron_right", "keyboard_double_arrow_right"} < build.icons()
    there = build.icons() & build.drawn(build.streamlits("MaterialSymbols-Rounded"))
    assert sorted(there - build.drawn(TTFont(FOLDER / "icons.woff2"))) == [], REMEDY


def test_an_icon_is_found_in_code_and_in_scripts(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text('st.button("x", icon=":material/play_arrow:")', encoding="utf-8")
    assert build.icons_in(tmp_path.iterdir()) == {"play_arrow"}


def test_the_files_are_those_that_the_server_sends_and_those_of_the_style_sheet_and_each_is_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in FOLDER.glob("*.woff2")}
    assert sizes.keys() == {*FACES.values(), *(name for name in build.FACES if name.endswith("cyrillic"))}
    assert max(sizes.values()) < 50_000
    stands_for = {name: face.of for name, face in build.FACES.items()} | {"icons": "MaterialSymbols-Rounded"}
    assert all(stands_for[ours] == theirs for theirs, ours in FACES.items())


@pytest.mark.parametrize("name", build.FACES)
def test_a_face_of_ours_does_not_bear_the_name_that_its_licence_keeps(name: str) -> None:
    font = TTFont(FOLDER / f"{name}.woff2")
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert not [text for number, text in names.items() if number in (1, 3, 4, 6, 16, 18) and "Source" in text]
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]


def test_a_file_is_what_its_builder_makes_of_the_locked_release(tmp_path: Path) -> None:
    font = build.text_face(build.FACES["code"])
    font.flavor = "woff2"
    font.save(tmp_path / "font.woff2")
    assert (tmp_path / "font.woff2").read_bytes() == (FOLDER / "code.woff2").read_bytes(), REMEDY
