"""How much room words take on a slide, estimated generously: whoever opens the file may have wider letters than we have."""

from __future__ import annotations

import math

from dashboard.charts.map.placing import breadth

LEAD = 1.2  # the height of a line, in sizes
WIDER = {"sans": 1.06, "bold": 1.14, "serif": 1.2}  # than the letters that `breadth` knows


def width(words: str, size: float, face: str = "sans") -> float:
    """Return how wide a line of words is at most, in points; `face` is a key of `WIDER`."""
    return breadth(words, size) * WIDER[face]


def lines(words: str, wide: float, size: float, face: str = "sans") -> int:
    """Return into how many lines words break at most in a box so wide; what has no blank breaks anywhere."""
    count = 0
    for line in words.split("\n"):
        count, used = count + 1, 0.0
        for word in line.split():
            long = width(f"{word} ", size, face)
            if used and used + long > wide:
                count, used = count + 1, 0.0
            count += math.ceil(long / wide) - 1 if long > wide else 0
            used += long % wide if long > wide else long
    return count


def height(words: str, wide: float, size: float, face: str = "sans") -> float:
    """Return how tall words are at most in a box so wide, in points."""
    return lines(words, wide, size, face) * size * LEAD


def cut(words: str, wide: float, most: int, size: float, face: str = "sans") -> str:
    """Return words, cut at a word with `…` where they take more than so many lines."""
    if lines(words, wide, size, face) <= most:
        return words
    pieces = words.split(" ")
    low, high = 0, len(pieces) - 1  # so many words have room for certain, and at most
    while low < high:
        middle = (low + high + 1) // 2
        if lines(" ".join(pieces[:middle]) + "…", wide, size, face) <= most:
            low = middle
        else:
            high = middle - 1
    kept = " ".join(pieces[:low]) if low else words[: max(1, int(most * wide / width("m", size, face)) - 1)]
    return kept.rstrip(" ,;:(") + "…"
