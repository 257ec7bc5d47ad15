"""What an address shows, as values: its sentences, its pictures with what they are drawn of, its tables and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from dashboard.charts.map.scene import Scene
from dashboard.charts.timeline.timetable import Timetable
from dashboard.kept import kept
from dashboard.questions.ledger import Entry
from dashboard.words import format_count

FRONT = "overview"  # in an address, what the front page is called where its own, which has no name, would say nothing
FIRST = "picture"  # in an address, in place of a name: the first picture of a page
Row = Mapping[str, Any]
Cell = str | float | None


class Series(NamedTuple):
    """One colour of a bar chart: a value for each category, None where there is none, which is not zero.

    `pattern` is one of the data package: solid, hatched, dotted, outlined and so on; `colours` are `#rrggbb`, one a category.
    """

    label: str
    values: tuple[float | None, ...]
    pattern: str
    colours: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Bars:
    """A chart of stacked bars as numbers: `categories` and the `series` that lie one upon the other, all of one `unit`.

    `beside` says of each category what must be read with its bar, such as what is not disclosed; "" where there is nothing.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    horizontal: bool
    beside: tuple[str, ...] = ()


class Shape(NamedTuple):
    """How large a picture is drawn where it is fitted to its place, in pixels: its width, and the height of a map."""

    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture: what it shows in a sentence, the same for who cannot see it, what it is drawn of, and `notes` to read with it.

    `draw` makes its SVG, which needs no page: it has a size, the ink of the light theme, and the line on where its figures come from.
    `fitted` draws it for a place of its own, a slide or a phone, where that line stands beside it; None where one drawing must do.
    `on_page` makes it as a page has it, where that is SVG too: as wide as its place, in the page's ink, without the line.
    """

    name: str
    finding: str
    alt: str
    drawn: Bars | Timetable | Scene
    notes: tuple[str, ...]
    draw: Callable[[], Markup]
    fitted: Callable[[Shape], Markup] | None = None
    on_page: Callable[[], Markup] | None = None

    @property
    def svg(self) -> Markup:
        """Return the picture, drawn when it is first asked for."""
        return _drawn(self)


@kept  # and not by the picture itself, which was weighed before it was drawn
def _drawn(picture: Picture) -> Markup:
    return picture.draw()


@dataclass(frozen=True, eq=False)
class Rows:
    """A table: `headings` by the names of its columns, and its `rows` of texts, numbers and blanks (None: not known or none).

    `keys` are those of the rows in the tables, where each row is one of them. `count` is how many rows there are in all,
    of which long tables hold the first; `every` has the keys of those too that they do not hold, where rows have keys.
    """

    name: str
    title: str
    headings: Mapping[str, str]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    keys: tuple[str, ...] = ()
    every: tuple[str, ...] = ()


class Statement(NamedTuple):
    """A row of quotes with its sources, the best first, and the deals that it speaks of (deal_id, title, status, family, is_doubted)."""

    row: Row
    sources: list[dict[str, Any]]
    deals: list[dict[str, str]]


class Claim(NamedTuple):
    """A contested deal, a row of `ledger.ledger`, with how it stands in words, and its entry: who claims and who denies it."""

    row: Row
    group: str
    entry: Entry


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """What a page shows of the rows in view.

    `finding` is its computed headline, `title` what stands above it, "" for the page's name, `lead` what it says next, `notes` what must be read with its figures: what is not disclosed, what
    is left out and why. Of `whole` rows, which `noun` names, `count` are in view. `sources` are rows of sources that these rest on, the best first.
    """

    finding: str
    count: int
    whole: int
    title: str = ""
    noun: str = "deals"
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Rows, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Row, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class View(Shown):
    """What an address shows: all that its page does, by which filters, of which version, seen on which day.

    `query` is the address's own, after what could not be read is left out; `left_out` says in sentences what that was.
    """

    page: str
    query: str
    filters: tuple[str, ...]
    left_out: tuple[str, ...]
    version: str
    day: str
    viewpoint: str

    @property
    def counted(self) -> str:
        """Return how much is in view, in words: `12 of 118 deals`."""
        return f"{self.count:,} of {format_count(self.whole, self.noun.removesuffix('s'))}"
