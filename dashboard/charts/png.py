"""A picture in pixels: an SVG of ours as PNG, in our own faces, without a browser.

It is drawn in a process of its own, which lets readers go on meanwhile: the library holds all of Python up while it works.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from threading import Lock

ROOT = Path(__file__).parents[2]
FACES = sorted(map(str, (ROOT / "static" / "fonts").glob("still-*.ttf")))
SANS, SERIF = "House Sans", "House Serif"  # what our faces are called inside
DRAW = "from dashboard.charts.png import main; main()"
SECONDS = 30
ONE = Lock()  # picture at a time, however many readers ask for theirs
# What none of our faces has: other scripts than Latin, Greek, Cyrillic and Arabic. They would be drawn as empty boxes.
FOREIGN = re.compile(
    r"[\u0500-\u05ff\u0700-\u1dff\u2c00-\ufefe\uff00-\U0010ffff]+(?: [\u0500-\u05ff\u0700-\u1dff\u2c00-\ufefe\uff00-\U0010ffff]+)*"
)


def png(svg: str, width: int) -> bytes:
    """Return an SVG as PNG, so many pixels wide; words in a script that our faces lack are left out with a sign, `…`.

    Raises subprocess.SubprocessError where it cannot be drawn.
    """
    with ONE:
        run = subprocess.run(
            [sys.executable, "-c", DRAW, str(width)], input=FOREIGN.sub("…", svg).encode(), capture_output=True,
            timeout=SECONDS, cwd=ROOT, check=True,
        )  # fmt: skip
    return run.stdout


def main() -> None:
    """Draw the SVG that comes in at the front and give out a PNG, as wide as the argument says."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(), width=int(sys.argv[1]), font_files=FACES, skip_system_fonts=True,
        font_family=SANS, sans_serif_family=SANS, serif_family=SERIF,
    )  # fmt: skip
    sys.stdout.buffer.write(drawn)
