"""The address of a view as a QR code, so that a room can open it on its own screens."""

from __future__ import annotations

from markupsafe import Markup

LONGEST = 300  # letters; a code of more has squares too small to be read across a room


def qr_code(address: str) -> Markup:
    """Return the code as SVG, dark on white in either theme, since most cameras read it only so."""
    import segno  # only where a deck is shown

    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, border=4, dark="#000000", light="#FFFFFF", title=f"QR code: {address}"))  # fmt: skip
