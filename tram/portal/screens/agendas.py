"""What the pages of weekly schedules show, and the calendar of an agency: of what is public alone."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from tram.agendas.queries import Gone as GoneWeek
from tram.agendas.queries import (
    Week,
    agencies_with_weeks,
    monday_of,
    public_since,
    public_week,
    week_to_show,
    weeks_beside,
)  # fmt: skip
from tram.kernel.clock import LOCAL, local, local_day
from tram.portal.queries import Face, faces, province
from tram.portal.screens.articles import AGENDAS, agendas_url, shell, whole
from tram.web.calendars import Happening, calendar_of

FEED_REACHES = timedelta(days=56)
"""Weeks that are over stay in a calendar for so long."""


def week_url(site: Face, monday: date) -> str:
    """The page of a week of a site."""
    if site.agency:
        return reverse("portal:site_agenda", args=[site.slug, monday.isoformat()])
    return reverse("portal:agenda", args=[monday.isoformat()])


def feed_url(site: Face) -> str:
    """The calendar of a site; the province's is that of its committee."""
    return reverse("portal:site_agendas_feed", args=[site.slug]) if site.agency else reverse("portal:agendas_feed")


def nearest(site: Face, at: datetime) -> dict[str, Any]:
    """The week that readers look for: this one, else the next that is public, else the last; else that there is none."""
    monday = week_to_show(site.unit, local_day(at))
    found = public_week(site.unit, monday) if monday else None
    return week(site, at, found if isinstance(found, Week) else None, agendas_url(site))


def week(site: Face, at: datetime, found: Week | None, url: str) -> dict[str, Any]:
    """One week, or the sentence that none is public; whose weeks there are besides. A constant number of queries."""
    home, today = province() if site.agency else site, local_day(at)
    before, after = weeks_beside(site.unit, found.monday) if found else (None, None)
    own = {site.agency, site.unit}
    others: dict[int, Face] = {} if site.agency else faces(agencies_with_weeks(monday_of(today)))
    return {
        "week": found, "sunday": found.monday + timedelta(days=6) if found else None, "today": today,
        "changes": [(local(moment), told) for moment, told in found.changes] if found else [],
        "since_at": local(found.since_at) if found else None,
        "earlier": week_url(site, before) if before else "", "later": week_url(site, after) if after else "",
        "calendar": feed_url(site),
        "others": [(face.name, agendas_url(face)) for agency, face in others.items() if agency not in own],
        **shell(home, site, url, place=AGENDAS),
    }  # fmt: skip


def gone(site: Face, found: GoneWeek, url: str) -> dict[str, Any]:
    """That a week was public and is not any more; not why."""
    home = province() if site.agency else site
    return {
        "gone_at": local(found.until_at), "is_week": True, "site_url": agendas_url(site),
        **shell(home, site, url, place=AGENDAS),
    }  # fmt: skip


def calendar(site: Face, at: datetime) -> str:
    """The public weeks of a site as a calendar (RFC 5545)."""
    host = urlsplit(whole("/")).hostname or "tram"
    rows = public_since(site.unit, monday_of(local_day(at)) - FEED_REACHES)
    return calendar_of(
        f"Lịch tuần {site.name}", "Lich tuan",
        [
            Happening(
                key=f"agendas.item.{one.id}@{host}", title=one.what, words=f"Chủ trì: {one.chair}" if one.chair else "",
                url=whole(week_url(site, row.monday)), stamped_at=row.since_at, place=one.place, edition=row.edition,
                starts=datetime.combine(one.day, one.begins, LOCAL),
                ends=datetime.combine(one.day, one.ends, LOCAL) if one.ends else None,
            )
            for row, entries in rows
            for one in entries
        ],
    )  # fmt: skip


def told(at: datetime) -> list[str]:
    """Addresses of agencies of which this week, or a later one, is public; for the map."""
    return [agendas_url(face) for face in faces(agencies_with_weeks(monday_of(local_day(at)))).values()]
