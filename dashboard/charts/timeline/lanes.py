"""Which row each bar gets: bars that do not overlap, their words included, share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GAP = 6.0  # pixels that stay free between two neighbours
Box = tuple[float, float]


class Piece(NamedTuple):
    """A bar with words above it, which asks for a place in a row.

    The bar goes from `start` to `stop`, shares of the picture's width, and `before` and `after` pixels beyond. Its
    words are so many pixels wide; they begin where the bar does, or as far left of there as the right edge asks for.
    """

    start: float
    stop: float
    before: float
    after: float
    words: float


def box(piece: Piece, width: float) -> Box:
    """Return from where to where a piece reaches in a picture of a width, both in pixels."""
    words = max(0.0, min(piece.start * width, width - piece.words))
    return min(piece.start * width - piece.before, words), max(piece.stop * width + piece.after, words + piece.words)


def packed(pieces: Sequence[Piece], width: float) -> list[int]:
    """Return the row of each piece, counted from 0, in as few rows as there can be.

    Each takes the first row that is free, those further left before the others. Pieces that do not overlap in a
    picture of this width do not in a wider one either: what begins further right moves at least as far.
    """
    boxes = [box(piece, width) for piece in pieces]
    rows, ends = [0] * len(pieces), list[float]()
    for at in sorted(range(len(pieces)), key=lambda at: boxes[at][0]):
        left, right = boxes[at]
        row = next((row for row, end in enumerate(ends) if end + GAP <= left), len(ends))
        ends[row:] = [right, *ends[row + 1 :]]
        rows[at] = row
    return rows


def widened(pieces: Sequence[Piece], rows: Sequence[int], wider: Sequence[Sequence[float]], width: float) -> list[int]:
    """Return for each piece the first of its wider words for which its row has room, counted from 0; else how many there are.

    `wider` are the widths in pixels of its longer words, the longest first.
    """
    found, chosen = list(pieces), [len(widths) for widths in wider]
    for row in set(rows):
        there = sorted((at for at in range(len(rows)) if rows[at] == row), key=lambda at: box(pieces[at], width)[0])
        for place, at in enumerate(there):
            sides = [box(found[other], width) for other in there[max(0, place - 1) : place]]
            rest = [box(found[other], width) for other in there[place + 1 : place + 2]]
            for choice, words in enumerate(wider[at]):
                tried = pieces[at]._replace(words=words)
                left, right = box(tried, width)
                if all(end + GAP <= left for _, end in sides) and all(right + GAP <= begin for begin, _ in rest):
                    found[at], chosen[at] = tried, choice
                    break
    return chosen
