"""Let LibreOffice open the made-up tables and save them, as a hurried and as a careful maintainer would, in three locales.

`make spreadsheets` runs it where LibreOffice is (on Debian: `apt-get install libreoffice-calc-nogui`). What it saves lies
in `saved/` and is looked at by `tests/tables/test_spreadsheets.py`, which needs no LibreOffice.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SAVED, MADE_UP = HERE / "saved", HERE.parent / "made_up"
# Signs between cells and around text, in UTF-8, from the first line on: of the filter for CSV.
FORM = "{comma},34,76,1"
COMMA, SEMICOLON = ord(","), ord(";")
TEXT = "/".join(f"{column}/2" for column in range(1, 41))  # every column is text
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""


class Locale(NamedTuple):
    """Where the program is used: its name, its number in the filter for CSV, and what it writes between cells."""

    name: str
    number: int
    comma: int


LOCALES = (Locale("en-US", 1033, COMMA), Locale("tr-TR", 1055, SEMICOLON), Locale("de-DE", 1031, SEMICOLON))


def convert(locale: Locale, tables: list[Path], form: str, into: Path, reading: str = "") -> None:
    """Open tables in a locale and save them in a form; raises CalledProcessError where the program fails."""
    with tempfile.TemporaryDirectory() as profile:
        (Path(profile) / "user").mkdir()
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.write_text(PROFILE.format(locale=locale.name), encoding="utf-8")
        into.mkdir(parents=True, exist_ok=True)
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        command += [f"--infilter={reading}"] if reading else []
        subprocess.run([*command, "--convert-to", form, "--outdir", into, *tables], check=True, capture_output=True)


def as_csv(locale: Locale) -> str:
    """Return the form of CSV in which cells are saved as they are shown."""
    return f"csv:Text - txt - csv (StarCalc):{FORM.format(comma=locale.comma)},,0,false,true"


def reading(locale: Locale, columns: str, *, is_guessing: bool) -> str:
    """Return how a CSV file is read: the types of the columns, and whether cells that look like days are taken for days."""
    return f"CSV:{FORM.format(comma=COMMA)},{columns},{locale.number},false,{str(is_guessing).lower()}"


def main() -> None:
    """Save the tables anew, in a folder for each way and locale."""
    shutil.rmtree(SAVED, ignore_errors=True)
    tables = [path for path in sorted(MADE_UP.glob("*.csv")) if path.name not in ("changes.csv", "confirmed-words.csv")]
    for locale in LOCALES:
        hurried = SAVED / f"hurried-{locale.name}"
        for form in (as_csv(locale), "xlsx", "ods"):
            convert(locale, tables, form, hurried, reading(locale, "", is_guessing=True))
        convert(
            locale, tables, as_csv(locale), SAVED / f"careful-{locale.name}", reading(locale, TEXT, is_guessing=False)
        )
        # A workbook that was made in English, handed on, and saved as CSV where decimals have another sign.
        workbooks = sorted((SAVED / f"hurried-{LOCALES[0].name}").glob("*.xlsx"))
        convert(locale, workbooks, as_csv(locale), SAVED / f"handed-on-{locale.name}")


if __name__ == "__main__":
    main()
