"""Which addresses a document may link to, and whole addresses for renderers outside the site."""

import unicodedata
from urllib.parse import quote, urljoin, urlsplit

LONGEST = 2_000  # characters; browsers and Excel take no more for sure
_SAFE = "/#%[]=:;$&()+,!?*@'~"  # what an address may hold besides letters and digits
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def safe_link(href: str, anchors: frozenset[str]) -> str:
    """The address if it is http(s), mailto, a path of this site or one of `anchors`, else "".

    A site's path begins with one slash: “//host” and “/\\host” lead elsewhere.
    """
    href = href.strip()
    if not href or len(href) > LONGEST or "\\" in href:
        return ""
    # browsers ignore a line break inside “javascript:”, so what cannot be seen goes first
    href = "".join(char for char in href if unicodedata.category(char) not in _INVISIBLE)
    if href.startswith("#"):
        return href if href[1:] in anchors else ""
    href = quote(href, safe=_SAFE)
    if len(href) > LONGEST:  # a letter is six characters then
        return ""
    if href.startswith("/"):
        return "" if href.startswith("//") else href
    try:
        parts = urlsplit(href)
    except ValueError:  # half an IPv6 address
        return ""
    if parts.scheme in {"http", "https"} and parts.hostname:
        return href
    if parts.scheme == "mailto" and "@" in parts.path:
        return href
    return ""


def whole_link(href: str, address: str) -> str:
    """The address outside the site: paths are joined to where the document is.

    "" for a path when the document's own address is not known, and for places within it.
    """
    if href.startswith("#"):
        return ""
    if href.startswith("/"):
        return urljoin(address, href) if address.startswith("http") else ""
    return href
