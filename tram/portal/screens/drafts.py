"""What the pages of drafts put to the public show: plain rows for the templates, of what is public alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from tram.kernel.clock import local, local_day
from tram.kernel.verdicts import Hidden
from tram.portal.queries import Face, draft_files, faces, province, site_of
from tram.portal.rules.addresses import day_word, place_word
from tram.portal.rules.telling import Channel, Item
from tram.portal.screens.articles import DRAFTS, MOST_IN_A_MAP, drafts_url, feeds_of, paragraphs, said_by, shell, whole
from tram.voices.queries import (
    DayPlace,
    DraftLine,
    Gone,
    Place,
    PublicDraft,
    draft_at,
    drafts,
    open_drafts,
    opinions_on,
)
from tram.web.addresses import address
from tram.web.apart import file_url
from tram.web.calendars import Happening, calendar_of

ON_FRONT, IN_CALENDAR = 4, 200
"""So many drafts stand there at the most."""


@dataclass(frozen=True, slots=True)
class Row:
    """Một dự thảo trong danh sách. `days_left`: below 0 when it takes opinions no more."""

    url: str
    title: str
    kind: str
    purpose: str
    agency: str
    agency_url: str
    last_on: date
    days_left: int
    is_summed: bool


def url_of(slug: str) -> str:
    """The page of a draft."""
    return address("portal:draft", slug)


def listing(site: Face, at: datetime, *, after: DayPlace | None = None) -> dict[str, Any]:
    """One page of drafts, those that take opinions first. The same number of queries for one and for thousands."""
    home = province() if site.agency else site
    lines, following = drafts(agency=site.agency, after=after)
    known = faces(list({line.agency for line in lines})) if lines and not site.agency else {}
    url, today = drafts_url(site), local_day(at)
    found = [_row(line, known.get(line.agency), today) for line in lines]
    older = f"{url}?sau={day_word(following)}" if following else ""
    return {
        "open": [row for row in found if row.days_left >= 0], "ended": [row for row in found if row.days_left < 0],
        "older": older, "newest": url if after else "", "elsewhere": drafts_url(home) if site.agency else "",
        "calendar": address("portal:site_drafts_calendar", site.slug) if site.agency else address("portal:drafts_calendar"),
        **shell(home, site, url, place=DRAFTS), **feeds_of(site, "drafts_feed", f"Dự thảo lấy ý kiến của {site.name}"),
    }  # fmt: skip


def open_on_front(site: Face, at: datetime) -> dict[str, Any]:
    """What takes opinions, for the front page of a site, the first to close first. One query."""
    today = local_day(at)
    lines = open_drafts(today, agency=site.agency, limit=ON_FRONT)
    known = {} if site.agency else faces({line.agency for line in lines})
    rows = [_row(line, known.get(line.agency), today) for line in lines]
    return {"open_drafts": rows, "drafts_url": drafts_url(site)}


def channel(site: Face, address: str) -> Channel:
    """What a site put to the public last, for a feed."""
    lines = sorted(drafts(agency=site.agency)[0], key=lambda line: line.since_at, reverse=True)
    known = faces(list({line.agency for line in lines}))
    items = [
        Item(
            url=whole(url_of(line.slug)), title=line.title, at=local(line.since_at), category=line.kind_name,
            summary=f"Nhận ý kiến đến hết {line.last_on:%d/%m/%Y}. {line.purpose}",
            agency=known[line.agency].name if line.agency in known else site.name,
        )
        for line in lines
    ]  # fmt: skip
    return Channel(f"Dự thảo lấy ý kiến của {site.name}", whole(drafts_url(site)), whole(address), items)


def calendar(site: Face) -> str:
    """The last days for opinions on a site's drafts as a calendar (RFC 5545)."""
    host = urlsplit(whole("/")).hostname or "tram"
    return calendar_of(
        f"Hạn góp ý dự thảo, {site.name}", "Han gop y",
        [
            Happening(
                key=f"voices.draft.{line.draft}@{host}", title=f"Hết hạn góp ý: {line.title}", words=line.purpose[:500],
                url=whole(url_of(line.slug)), stamped_at=line.since_at, day=line.last_on, is_transparent=True,
            )
            for line in drafts(agency=site.agency, limit=IN_CALENDAR)[0]
        ],
    )  # fmt: skip


def _row(line: DraftLine, agency: Face | None, today: date) -> Row:
    return Row(
        url=url_of(line.slug), title=line.title, kind=line.kind_name, purpose=line.purpose,
        agency=agency.name if agency else "", agency_url=drafts_url(agency) if agency else "", last_on=line.last_on,
        days_left=(line.last_on - today).days, is_summed=line.is_summed,
    )  # fmt: skip


def draft(found: PublicDraft, at: datetime, *, after: Place | None = None) -> dict[str, Any]:
    """One draft, whole, with a page of what readers say of it."""
    home, line = province(), found.line
    site, url = site_of(line.agency, home), url_of(line.slug)
    lines, following = opinions_on(line.draft, after)
    return {
        "line": line, "days_left": (line.last_on - local_day(at)).days, "short_reason": found.short_reason,
        "purpose": paragraphs(line.purpose), "paragraphs": paragraphs(found.text), "summary": paragraphs(found.summary),
        "first_at": local(found.first_at),
        "changed_at": local(line.since_at) if line.since_at > found.first_at else None,
        "has_file": found.file is not None,
        "files": [
            {"name": card.name, "what": card.kind_name, "size": card.size_text,
             "url": file_url(reverse("portal:draft_file", args=[line.slug, card.id, card.name]))}
            for card in draft_files(found)
        ],
        "opinions": said_by(lines),
        "older": f"{url}?sau={place_word(following)}#y-kien" if following else "", "newest": f"{url}#y-kien" if after else "",
        "opine_url": reverse("portal:opine", args=[line.slug]), "drafts_url": drafts_url(site),
        **shell(home, site, url, place=DRAFTS),
    }  # fmt: skip


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of a draft that was public: that it is no more, since when, and whose it was. Not why, not what."""
    home = province()
    site = site_of(found.agency, home)
    told = {"gone_at": local(found.until_at), "is_draft": True, "site_url": drafts_url(site)}
    return told | shell(home, site, address, place=DRAFTS)


def opinion(slug: str, at: datetime) -> dict[str, Any]:
    """What stands round the form of an opinion on a draft, also after its last day; Hidden where none is public."""
    found = draft_at(slug)
    if not isinstance(found, PublicDraft):
        raise Hidden
    home, line, here = province(), found.line, reverse("portal:opine", args=[slug])
    site = site_of(line.agency, home)
    told = {"line": line, "draft_url": url_of(slug), "here": here, "is_open": line.is_open(local_day(at))}
    return told | shell(home, site, here, place=DRAFTS)


def told() -> list[tuple[str, datetime | None]]:
    """Whole addresses of the drafts that are public, with the moment of the last change."""
    lines, _ = drafts(limit=MOST_IN_A_MAP)
    return [(whole(url_of(line.slug)), local(line.since_at)) for line in lines]
