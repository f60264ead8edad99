"""What programs read of the portal: feeds, maps, structured data. Plain text made here; every word of an article is escaped."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
FEEDS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
"""In which forms programs read what is new: the last part of an address, the type."""
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Letters with which a text could end the data block that it stands in."""
NO_XML = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}
"""Letters that XML has no place for."""


@dataclass(frozen=True, slots=True)
class Item:
    """Mục của nguồn tin: `url` is whole, with the host."""

    url: str
    title: str
    summary: str
    category: str
    agency: str
    at: datetime
    further: Sequence[str] = ()
    """Further categories of it."""

    @property
    def categories(self) -> list[str]:
        """All of them, the main one first."""
        return [self.category, *self.further]


@dataclass(frozen=True, slots=True)
class Channel:
    """Nguồn tin: a site's newest articles; `home` and `url` (the feed itself) are whole, with the host."""

    title: str
    home: str
    url: str
    items: Sequence[Item]


def data_block(told: Mapping[str, Any]) -> str:
    """JSON that may stand in a <script type="application/ld+json">, whatever it says."""
    return json.dumps(told, ensure_ascii=False).translate(UNSAFE)


def rss(channel: Channel) -> str:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{_text(one.title)}</title><link>{_text(one.url)}</link><guid>{_text(one.url)}</guid>"
        f"<description>{_text(one.summary)}</description>{_all(one, '<category>{}</category>', _text)}"
        f"<dc:creator>{_text(one.agency)}</dc:creator><pubDate>{format_datetime(one.at)}</pubDate></item>\n"
        for one in channel.items
    )
    return (
        f'{XML}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{_text(channel.title)}</title><link>{_text(channel.home)}</link>"
        f"<description>{_text(f'Mới nhất: {channel.title}')}</description><language>vi</language>"
        f'<atom:link href={_attribute(channel.url)} rel="self" type="application/rss+xml"/>\n{items}</channel></rss>\n'
    )


def atom(channel: Channel, now: datetime) -> str:
    """Atom (RFC 4287); a feed without entries was last changed now."""
    entries = "".join(
        f"<entry><title>{_text(one.title)}</title><id>{_text(one.url)}</id><link href={_attribute(one.url)}/>"
        f"<updated>{one.at.isoformat()}</updated><author><name>{_text(one.agency)}</name></author>"
        f"{_all(one, '<category term={}/>', _attribute)}<summary>{_text(one.summary)}</summary></entry>\n"
        for one in channel.items
    )
    updated = max((one.at for one in channel.items), default=now)
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>{_text(channel.title)}</title>'
        f"<id>{_text(channel.home)}</id><link href={_attribute(channel.home)}/>"
        f'<link rel="self" href={_attribute(channel.url)}/><updated>{updated.isoformat()}</updated>\n{entries}</feed>\n'
    )


def json_feed(channel: Channel) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": one.url, "url": one.url, "title": one.title, "summary": one.summary, "content_text": one.summary,
            "date_published": one.at.isoformat(), "tags": one.categories, "authors": [{"name": one.agency}],
        }
        for one in channel.items
    ]  # fmt: skip
    told = {
        "version": "https://jsonfeed.org/version/1.1", "title": channel.title, "home_page_url": channel.home,
        "feed_url": channel.url, "language": "vi", "items": items,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def fed(channel: Channel, form: str, now: datetime) -> str:
    """A feed in one of `FEEDS`."""
    match form:
        case "rss.xml":
            return rss(channel)
        case "atom.xml":
            return atom(channel, now)
        case _:
            return json_feed(channel)


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> str:
    """Addresses with the moment of their last change, where it is known."""
    return f'{XML}<urlset xmlns="{SITEMAP}">\n{"".join(_place("url", *page) for page in pages)}</urlset>\n'


def sitemap_index(maps: Iterable[str]) -> str:
    """The maps of a portal that is too large for one."""
    return f'{XML}<sitemapindex xmlns="{SITEMAP}">\n{"".join(_place("sitemap", one) for one in maps)}</sitemapindex>\n'


def _place(tag: str, url: str, at: datetime | None = None) -> str:
    changed = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
    return f"<{tag}><loc>{_text(url)}</loc>{changed}</{tag}>\n"


def _all(one: Item, tag: str, written: Callable[[str], str]) -> str:
    """An element for each category."""
    return "".join(tag.format(written(name)) for name in one.categories)


def _text(words: str) -> str:
    return escape(words.translate(NO_XML))


def _attribute(words: str) -> str:
    return quoteattr(words.translate(NO_XML))
