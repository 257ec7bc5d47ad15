"""What stands above and below a flat map: its title, the key, the source line and the viewpoint of its boundaries."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import escape

from dashboard.charts.map.account import VIEWPOINT
from dashboard.charts.map.placing import breadth, wrapped
from dashboard.charts.map.scene import Look
from dashboard.style.tokens import AGAINST
from dashboard.tables.model import Row

SIZE, TITLE, LEAD = 11.5, 18.0, 1.35  # pixels: the words below, the title; the height of a line, in sizes
GLYPH, APART = "MMM", "MM"  # as wide as the sign before a word of the key, and as the gap after it
# How each family and each doubt looks in the key; the signs are drawn 26 pixels wide and stand on the line.
SIGNS = {
    "trade": ("supplier to recipient", '<path class="full ink" d="M0 -3.2L16 -5.2L16 -8L26 -4L16 0L16 -2.8Z"/>'),
    "tie": ("tie", '<path class="thin ink tie" stroke-width="1.2" d="M0 -5.6H26M0 -2.4H26"/>'),
    "measure": (
        "measure against a state",
        f'<g stroke="{AGAINST}"><path class="thin" stroke-width="1.4" d="M0 -4H26"/>'
        '<path class="thin" stroke-width="9" stroke-dasharray="1.8 4" d="M14 -4H26"/></g>',
    ),
    "doubted": (
        "every deal alleged or denied",
        '<path class="thin ink" stroke-width="1.8" stroke-dasharray="6 4" d="M0 -4H26"/>',
    ),
}


class Caption(NamedTuple):
    """What is written beside a map: its look, the lines it explains, the colours of domains, the scale of its words."""

    look: Look
    lines: list[Row]
    palette: dict[str, str]
    scale: float


def heading(caption: Caption) -> tuple[str, float]:
    """Return the title of a picture and how tall it is."""
    if not caption.look.title:
        return "", 0.0
    size = TITLE * caption.scale
    rows = [" ".join(row) for row in wrapped(caption.look.title.split(), caption.look.width, size)]
    lines = [text(row, 0, (at + 0.9) * size * LEAD, size) for at, row in enumerate(rows)]
    return f'<g class="heading">{"".join(lines)}</g>', (len(rows) + 0.5) * size * LEAD


def below(caption: Caption) -> tuple[str, float]:
    """Return the key, the source line and the viewpoint, and how tall they are."""
    size, look = SIZE * caption.scale, caption.look
    made, row = [], 0
    for signs in wrapped_key(caption, size):
        row += 1
        made.append(key_row(signs, (row + 0.2) * size * LEAD, size, caption.scale))
    for words in (look.source, VIEWPOINT if look.viewpoint else ""):
        for pieces in wrapped(words.split(), look.width, size) if words else []:
            row += 1
            made.append(text(" ".join(pieces), 0, (row + 0.2) * size * LEAD, size))
    return f'<g class="caption">{"".join(made)}</g>', (row + 0.7) * size * LEAD if row else 0.0


def signs_of(caption: Caption) -> dict[str, str]:
    """Return the signs of the key by their words: the families of lines in view, doubt, and the domains summed."""
    if not caption.look.key:
        return {}
    families = [*dict.fromkeys(line["family"] for line in caption.lines)]
    shown = [name for name in ("trade", "tie", "measure") if name in families]
    shown += ["doubted"] if any(line["contested"] for line in caption.lines) else []
    found = {SIGNS[name][0]: SIGNS[name][1] for name in shown}
    labels = {code: label for line in caption.lines for code, label in domains_of(line).items()}
    return found | {
        labels[code]: f'<rect x="14" y="-9" width="12" height="8" fill="{colour}"/>'
        for code, colour in caption.palette.items()
        if code in labels
    }


def domains_of(line: Row) -> dict[str, str]:
    """Return the labels of a line's domains; a measure alone has the colour of none."""
    return line.get("domain_labels") or ({} if line["against"] else {line["domain"]: line["domain_label"]})


def wrapped_key(caption: Caption, size: float) -> list[list[tuple[str, str]]]:
    """Break the key into rows of words and their signs."""
    signs = signs_of(caption)
    rows = wrapped([f"{GLYPH}{word}{APART}" for word in signs], caption.look.width, size) if signs else []
    words = [[piece.removeprefix(GLYPH).removesuffix(APART) for piece in row] for row in rows]
    return [[(word, signs[word]) for word in row] for row in words]


def key_row(signs: list[tuple[str, str]], y: float, size: float, scale: float) -> str:
    """Draw one row of the key."""
    x, made = 0.0, []
    for word, sign in signs:
        made.append(f'<g transform="translate({x:.1f} {y:.1f}) scale({scale * 0.9:.2f})">{sign}</g>')
        made.append(text(word, x + breadth(GLYPH, size) * 0.98, y, size))
        x += breadth(f"{GLYPH}{word}{APART}", size)
    return "".join(made)


def text(words: str, x: float, y: float, size: float) -> str:
    """Write a line of words."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}">{escape(words)}</text>'
