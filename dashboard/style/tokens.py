"""How the product looks, in one table: its colours, fonts, sizes and spaces, as the style sheet, Plotly and the map take them."""

from __future__ import annotations

LIGHT, DARK = "light", "dark"

# The colours that the themes of `.streamlit/config.toml` set too, by the option's name; a test compares the two.
THEMES = {
    LIGHT: {
        "textColor": "#1E1C19", "backgroundColor": "#FAF7F0", "secondaryBackgroundColor": "#F0EBDF",
        "linkColor": "#8A331D", "primaryColor": "#9C3B22", "borderColor": "#D9D2C3",
    },
    DARK: {
        "textColor": "#EDE8DD", "backgroundColor": "#15171A", "secondaryBackgroundColor": "#1F2226",
        "linkColor": "#F0A58C", "primaryColor": "#BC5135", "borderColor": "#3A3E44",
    },
}  # fmt: skip
RADIUS = "3px"
INKS = {mode: colours["textColor"] for mode, colours in THEMES.items()}
GROUNDS = {mode: colours["backgroundColor"] for mode, colours in THEMES.items()}

# One colour for both themes: the accent of lines and edges, never of words; the edge of a claim.
ACCENT, ASSERTS = "#B4492F", "#D55E00"
# A neutral that keeps at least 4.4:1 on the paper and 3.6:1 on the dark ground, for a figure seen outside the page.
NEUTRAL = "#76726B"
# The ink of measures against a state: no domain's, and at least 3:1 on the ground of either theme.
AGAINST = "#A65A48"
FAINT, CLEAR = "rgba(125,122,117,0.28)", "rgba(0,0,0,0)"
# How much of the ink each of these keeps, in per cent: small print, a line, a ground.
MIXES = {"muted": 78, "rule": 18, "soft": 6}

# The ground of what is alleged or denied.
HATCH = "repeating-linear-gradient(135deg, transparent 0 5px, var(--soft) 5px 8px)"

SANS, SERIF = '"Source Sans", sans-serif', '"Source Serif", Georgia, serif'

# The sizes of words on a page, from the smallest; the last three grow with the window.
TEXT = {
    "label": ".78rem", "small": ".85rem", "note": ".92rem", "body": "1rem", "lead": "1.12rem", "head": "1.3rem",
    "figure": "1.5rem", "count": "1.9rem",
    "entry": "clamp(1.3rem, 1.05rem + .75vw, 1.62rem)",
    "title": "clamp(1.55rem, 1.1rem + 1.7vw, 2.35rem)",
    "total": "clamp(2.4rem, 1.8rem + 2.2vw, 3.4rem)",
}  # fmt: skip
# The room around and between things, from the least.
SPACE = (".1rem", ".2rem", ".35rem", ".5rem", ".65rem", ".85rem", "1rem", "1.4rem", "2.2rem", "3rem", "4rem")
# The sizes of words in figures and on the map, in pixels.
FIGURE_TEXT = {"tick": 13, "label": 13, "small": 13, "text": 14, "head": 15, "empty": 16, "group": 18}
MAP_TEXT = {"state": 15, "line": 14, "place": 13}


def custom_properties() -> str:
    """Return the table as CSS custom properties."""
    ink, ground, link = (
        f"light-dark({THEMES[LIGHT][name]}, {THEMES[DARK][name]})"
        for name in ("textColor", "backgroundColor", "linkColor")
    )
    mixes = {name: f"color-mix(in srgb, currentColor {part}%, transparent)" for name, part in MIXES.items()}
    values = {
        "ink": ink, "ground": ground, "link": link, "accent": ACCENT, "asserts": ASSERTS, "neutral": NEUTRAL,
        "against": AGAINST, **mixes, "hatch": HATCH, "sans": SANS, "serif": SERIF, "radius": RADIUS,
        **{f"text-{name}": size for name, size in TEXT.items()},
        **{f"space-{step}": size for step, size in enumerate(SPACE, start=1)},
    }  # fmt: skip
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in values.items()) + "}\n"
