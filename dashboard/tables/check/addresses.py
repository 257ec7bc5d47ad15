"""What keeps a text from being the address of a web page."""

from __future__ import annotations

import re

ODD = re.compile(r"[\s\[\]<>{}\"“”|\\^`]")  # no sign of an address
SITE = re.compile(r"https?://([^/?#]*)")
# The name of a site, or its number.
HOST = re.compile(r"((?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]+|[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?::[0-9]{1,5})?")


def flaw(address: str) -> str:
    """Return what is wrong with the address of a page in words that follow "is not a web address", or ""."""
    if not (site := SITE.match(address)):
        return "is not a web address"
    if found := ODD.search(address):
        sign = "space" if found[0].isspace() else f"“{found[0]}”"
        return f"is not a web address, because it holds a {sign}"
    if not HOST.fullmatch(site[1]):
        return "is not a web address, because no name of a site follows the two slashes"
    if address.count(")") > address.count("(") or address.endswith((",", ";")):
        return f"is not a web address, because it ends in “{address[-1]}” from the text around it"
    return ""
