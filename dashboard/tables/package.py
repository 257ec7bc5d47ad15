"""What the data package says of the data set as a whole: its names, its two states, its presses, its currency, its map.

The code names no state, no currency and no publication: these are the words of the data, and another data set has
others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

Descriptor = Mapping[str, Any]


class Frame(NamedTuple):
    """The edges of the map, in degrees: the reader cannot wander further."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Currency:
    """What all values are in: its ISO 4217 code, its sign and its name in the plural."""

    code: str
    sign: str
    name: str


@dataclass(frozen=True)
class Package:
    """A data set as a whole.

    `name` begins the names of files, `title` says in words what the set is about, `short_title` is what it is called.
    `subject` are the alpha-3 codes of the two states whose relation it is about; `presses` those whose publications
    are counted by name, all others together. `starting_article` is the key of the source that the set began from, ""
    where there is none. `licences` are the titles of the licences. `issues` is the address of a form to report what is
    wrong, with {title} and {body} where its subject and its text go, and `contact` an e-mail address; "" where there is none.
    `day` is that of the version, YYYY-MM-DD, or "".
    """

    name: str
    title: str
    short_title: str
    subject: tuple[str, ...]
    presses: tuple[str, ...]
    starting_article: str
    currency: Currency
    frame: Frame
    licences: tuple[str, ...]
    issues: str = ""
    contact: str = ""
    day: str = ""

    @classmethod
    def of(cls, descriptor: Descriptor) -> Package:
        """Return what a descriptor says, in which `lacking` finds nothing."""
        said = descriptor["currency"]
        return cls(
            name=descriptor["name"],
            title=descriptor["title"],
            short_title=descriptor["shortTitle"],
            subject=tuple(descriptor["subject"]),
            presses=tuple(descriptor["presses"]),
            starting_article=descriptor["startingArticle"] or "",
            currency=Currency(said["code"], said["sign"], said["name"]),
            frame=Frame(*descriptor["mapFrame"]),
            licences=tuple(licence["title"] for licence in descriptor["licenses"]),
            issues=descriptor.get("issues", ""),
            contact=descriptor.get("contact", ""),
            day=_day(str(descriptor.get("created", ""))[:10]),
        )


def _day(text: str) -> str:
    """Return a day as it is, and "" for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
