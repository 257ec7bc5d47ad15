"""The key of a picture: signs with their words, side by side in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dashboard.pack.slides.fitting import width
from dashboard.pack.slides.shapes import Shape, text

SIZE, ROW, SIGN, APART = 10.0, 14.0, 16.0, 12.0  # points: words, a row, a sign with the gap after it, between two
Sign = Callable[
    [float, float], Sequence[Shape]
]  # draws a sign some 12 points wide, whose middle is 6 points right of x, at y


def rows(
    signs: Iterable[tuple[Sign, str]], wide: float, sign_wide: float = SIGN
) -> list[list[tuple[float, Sign, str]]]:
    """Return signs in rows, each with how far from the left it stands; a sign with the gap after it is `sign_wide`."""
    made: list[list[tuple[float, Sign, str]]] = []
    x = wide
    for sign, words in signs:
        long = sign_wide + width(words, SIZE) + 2
        if not made or x + long > wide:
            made.append([])
            x = 0.0
        made[-1].append((x, sign, words))
        x += long + APART
    return made


def height(signs: Iterable[tuple[Sign, str]], wide: float) -> float:
    """Return how tall the key is."""
    return len(rows(signs, wide)) * ROW


def shapes(
    signs: Iterable[tuple[Sign, str]], left: float, top: float, wide: float, sign_wide: float = SIGN
) -> list[Shape]:
    """Return the shapes of the key below a point."""
    made: list[Shape] = []
    for line, row in enumerate(rows(signs, wide, sign_wide)):
        y = top + line * ROW
        for x, sign, words in row:
            made += sign(left + x, y + ROW / 2)
            long = min(width(words, SIZE) + 2, wide - x - sign_wide)
            made.append(
                text("Key", words, (left + x + sign_wide, y + 0.5, long, ROW - 1), SIZE, anchor="ctr", wraps=False)
            )
    return made
