"""What keeps a text from being the address of a web page."""

from __future__ import annotations

import re

SIGNS = r"\s\[\]<>{}\"“”|\\^`"  # that no address holds
ODD = re.compile(f"[{SIGNS}]")
SITE = re.compile(r"https?://([^/?#]*)")
# The name of a site, or its number.
NAME = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]+"
HOST = re.compile(rf"({NAME}|[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}})(?::([0-9]{{1,5}}))?")

# Sites of the machine or the house of whoever opens the page.
AT_HOME = re.compile(
    r"(?:0|10|127|169\.254|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9.]+$|.*\.(?:internal|local|localhost)$"
)
# Most addresses: without brackets and with nothing else at which one has to look twice.
PLAIN = re.compile(rf"https?://{NAME}(?<!\.internal)(?<!\.local)(?<!\.localhost)(?:[/?#][^{SIGNS}(),;]*)?")


def flaw(address: str) -> str:
    """Return what is wrong with the address of a page in words that follow "is not a web address", or ""."""
    if not (site := SITE.match(address)):
        return "is not a web address"
    if found := ODD.search(address):
        sign = "space" if found[0].isspace() else f"“{found[0]}”"
        return f"is not a web address, because it holds a {sign}"
    if not (host := HOST.fullmatch(site[1])) or int(host[2] or 1) > 65535:
        return "is not a web address, because no name of a site follows the two slashes"
    if AT_HOME.match(host[1]):
        return "is not a web address that others can open"
    if address.count(")") > address.count("(") or address.endswith((",", ";")):
        return f"is not a web address, because it ends in “{address[-1]}” from the text around it"
    return ""
