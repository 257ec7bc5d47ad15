"""How the file of a deck is read: its text to a deck, and every fault of its form, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dashboard.decks.deck import ADDRESS, LINE, MOST, NOTES, TITLE, Deck, Slide
from dashboard.tables.faults import Fault
from dashboard.tables.likeness import nearest

ENDING = ".toml"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HEAD, KEY = re.compile(r"\s*\[\[\s*slide\s*\]\]"), re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
LONG_TEXT = re.compile(r"\"\"\"|'''")
WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# The keys of a deck and of a slide, each with the letters that it may have; those that must be there, and an example of each.
KEYS, SLIDE_KEYS = {"title": TITLE}, {"view": ADDRESS, "line": LINE, "notes": NOTES}
NEEDED = {
    "title": 'title = "Signal and noise"', "view": 'view = "/value?domain=naval"', "line": 'line = "{priced} deals have a public value."',
}  # fmt: skip
Lines = Mapping[tuple[int, str], int]


class Draft(NamedTuple):
    """A deck as its file has it: the `deck`, None where a fault of form forbids it, and those of its slides that can be read, by number.

    `lines` gives the line of each key of each slide, 0 standing for the deck itself; `faults` are those of form.
    """

    deck: Deck | None
    slides: dict[int, Slide]
    lines: Lines
    faults: list[Fault]


def read(file: str, held: bytes | OSError) -> Draft:
    """Return the deck that a file holds; `file` is its name, `held` its bytes or why it could not be read."""
    try:
        text = _text(held)
        given = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Draft(None, {}, {}, [*_name_faults(file), _unread(file, held, error)])
    lines = _lines(text)
    faults = [*_name_faults(file), *_faults(file, given, lines)]
    slides = given.get("slide")
    every = {} if not isinstance(slides, list) else {number: _slide(one) for number, one in enumerate(slides, start=1) if _is_slide(one)}  # fmt: skip
    deck = None if faults else Deck(file.removesuffix(ENDING), given["title"].strip(), tuple(every.values()))
    return Draft(deck, every, lines, faults)


def _name_faults(file: str) -> Iterator[Fault]:
    name = file.removesuffix(ENDING)
    if not NAME.fullmatch(name):
        yield _fault(file, 0, name, "cannot stand in a link", "Name the file in small letters, digits and hyphens")


def _text(held: bytes | OSError) -> str:
    if isinstance(held, OSError):
        raise held
    return held.decode("utf-8-sig").replace("\r\n", "\n")


def _is_slide(given: object) -> bool:
    """Say whether enough of a slide is there to look at what it shows: an address, and no text that is none."""
    return isinstance(given, dict) and "view" in given and all(isinstance(given.get(key, ""), str) for key in SLIDE_KEYS)  # fmt: skip


def _slide(given: Mapping[str, str]) -> Slide:
    return Slide(*(" ".join(given.get(key, "").split()) for key in ("view", "line")), given.get("notes", "").strip())


def _unread(file: str, held: bytes | OSError, error: Exception) -> Fault:
    """Return why a file is no deck: that it cannot be read, or where it stops making sense as TOML."""
    if isinstance(error, OSError):
        return _fault(file, 0, "", "cannot be read", "Put a file of that name in its place, of at most half a megabyte")  # fmt: skip
    if isinstance(error, UnicodeDecodeError):
        return _fault(file, 0, "", "is not UTF-8", "Save it as UTF-8 text")
    found, every = WHERE.search(str(error)), _text(held).split("\n")
    line = int(found[1]) if found and found[1] else len(every)
    remedy = "Put each text between quotation marks, close what was opened, and write each key once"
    return _fault(file, line, every[line - 1].strip(), "cannot be understood: it is no TOML", remedy)


def _lines(text: str) -> dict[tuple[int, str], int]:
    """Return the line of each key by the number of its slide, and under "" that of each slide; what a long text holds is no key."""
    found: dict[tuple[int, str], int] = {}
    slide, inside = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside and HEAD.match(line):
            slide += 1
            found[slide, ""] = number
        elif not inside and (key := KEY.match(line)):
            found.setdefault((slide, key[1]), number)
        for mark in LONG_TEXT.findall(line):
            inside = mark if not inside else "" if inside == mark else inside
    return found


def line_of(lines: Lines, slide: int, key: str) -> int:
    """Return the line of a key; that of its slide where the key is not there, 0 where neither is written in the usual way."""
    return lines.get((slide, key)) or lines.get((slide, ""), 0)


def _faults(file: str, given: Mapping[str, Any], lines: Lines) -> Iterator[Fault]:
    """Yield every fault of form, in the order of the file."""
    yield from _part_faults(file, 0, {key: value for key, value in given.items() if key != "slide"}, lines, KEYS)
    slides = given.get("slide")
    if not isinstance(slides, list) or not slides:
        yield _fault(file, 0, "", "has no slides", f"Begin each slide with a line [[slide]], and below it {NEEDED['view']} and {NEEDED['line']}")  # fmt: skip
        return
    if len(slides) > MOST:
        yield _fault(file, line_of(lines, MOST + 1, ""), "", f"has {len(slides):,} slides, more than {MOST}", "Make two decks of it")  # fmt: skip
    for number, slide in enumerate(slides[:MOST], start=1):
        if isinstance(slide, dict):
            yield from _part_faults(file, number, slide, lines, SLIDE_KEYS)
        else:
            yield _fault(file, line_of(lines, 0, "slide"), str(slide), "is no slide", "Begin each slide with a line [[slide]]")  # fmt: skip


def _part_faults(
    file: str, slide: int, given: Mapping[str, Any], lines: Lines, keys: Mapping[str, int]
) -> Iterator[Fault]:
    """Yield what is wrong with the keys of a deck (0) or of a slide: unknown ones, those that lack, texts that are none or too long."""
    for key in [key for key in keys if key in NEEDED and key not in given]:
        yield _fault(file, line_of(lines, slide, key), "", f"has no {key}{_of(slide)}", f"Write {NEEDED[key]}")
    for key, value in given.items():
        line = line_of(lines, slide, key)
        if key not in keys:
            yield _fault(file, line, key, f"is no key of a {'slide' if slide else 'deck'}", nearest(key, list(keys)))
        elif not isinstance(value, str) or not value.strip():
            yield _fault(file, line, str(value), f"is no text for the {key}{_of(slide)}", f"Write {NEEDED.get(key, 'notes = …')}, in quotation marks")  # fmt: skip
        elif not value.replace("\n", " ").replace("\t", " ").isprintable():
            yield _fault(file, line, value, f"holds a sign that nobody sees, in the {key}{_of(slide)}", "Take it out")
        elif len(value) > keys[key]:
            yield _fault(file, line, value, f"is too long for the {key}{_of(slide)}: {len(value):,} letters", f"Write at most {keys[key]:,}")  # fmt: skip


def _of(slide: int) -> str:
    return f" of slide {slide}" if slide else ""


def _fault(file: str, line: int, value: str, problem: str, remedy: str) -> Fault:
    return Fault(f"decks/{file}", line, "", value, problem, remedy)
