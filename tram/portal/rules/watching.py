"""What the self-scan looks for on a page: addresses that lead away, what would run, words of gambling however they are disguised."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from unicodedata import category, normalize
from urllib.parse import urlsplit

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import fold

LEADING = {
    "href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "longdesc", "ping",
    "xlink:href", "manifest", "code", "archive",
}  # fmt: skip
"""Attributes that hold an address."""
ALIKE = str.maketrans("абвеһіјкмнорсѕтухѵԁԛԝɡαβεηικνορτυχωıɑ", "abbehijkmhopcstyxvdqwgabenikvoptuxwia")
FIGURES = str.maketrans("0134578$@", "oieastbsa")
"""Letters of other alphabets, and figures, that are read as ours."""
SPREAD = re.compile(r"(?<!\w)(?:\w[ .\-_*|/·•]{1,2}){3,}\w(?!\w)")
INLINE = ("data:,", "data:image/", "mailto:", "tel:")
"""Pictures that stand in the page itself, and what opens no page."""
HOST = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Watch:
    """Danh mục tự kiểm: hosts that may be led to, words to look for."""

    hosts: tuple[str, ...]
    words: tuple[str, ...]


@cache
def watch() -> Watch:
    """What the catalogue says."""
    with (CATALOGUE / "portal_watch.yaml").open(encoding="utf-8") as stream:
        told = yaml.safe_load(stream)
    return Watch(tuple(told["hosts"]), tuple(told["words"]))


class Page(HTMLParser):
    """What of a page leads somewhere, and what of it would run."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in ("script", "iframe", "object", "embed", "base", "applet", "frame") and not (
            tag == "script" and told.get("type") == "application/ld+json" and "src" not in told
        ):
            self.running.append(f"<{tag}>")
        self.running += [name for name in told if name.startswith("on")]
        if tag == "meta" and told.get("http-equiv", "").lower() == "refresh":
            self.running.append("meta refresh")
        for name in (one for one in told if one in LEADING):
            parts = told[name].split(",") if name == "srcset" else [told[name]]
            self.addresses += [part.strip().split(" ")[0] for part in parts]


def read(page: str) -> Page:
    """A page as a browser would meet it."""
    found = Page()
    found.feed(page)
    found.close()
    return found


def strangers(addresses: Iterable[str], own: Collection[str]) -> list[str]:
    """Hosts and schemes that lead away, each once, but the portal's `own` and those of the catalogue."""
    leading = (one.strip() for one in addresses)
    found = dict.fromkeys(_host(one) for one in leading if HOST.match(one) and not one.startswith(INLINE))
    return [host for host in found if host not in own and not _is_allowed(host)]


def _host(address: str) -> str:
    try:
        told = urlsplit(address.strip())
    except ValueError:
        return address[:100]
    return (told.hostname or f"{told.scheme}:")[:100]


def _is_allowed(host: str) -> bool:
    return any(host == one.removeprefix(".") or (one.startswith(".") and host.endswith(one)) for one in watch().hosts)


def spam(text: str) -> list[str]:
    """The words of the catalogue that stand in a text, however they are disguised."""
    plain = _seen(text)
    read_as = (plain, plain.translate(FIGURES))
    return [word for word, pattern in _patterns() if any(pattern.search(one) for one in read_as)]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """A word with its marks, and without any; between its syllables whatever is no letter."""
    made = []
    for word in watch().words:
        shapes = [r"[\W_]*".join(map(re.escape, shape.split())) for shape in (word, fold(word))]
        made.append((word, re.compile(rf"(?<![^\W\d_])(?:{'|'.join(dict.fromkeys(shapes))})(?![^\W\d_])")))
    return made


def _seen(text: str) -> str:
    """A text as the eye reads it: letters of other alphabets as ours, nothing invisible, letters that were spread together."""
    text = normalize("NFKC", text).casefold().translate(ALIKE)
    text = "".join(letter for letter in text if category(letter) not in ("Cf", "Mn", "Me"))
    return SPREAD.sub(lambda found: re.sub(r"[\W_]", "", found[0]), text)
