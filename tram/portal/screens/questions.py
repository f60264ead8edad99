"""What the pages of questions and answers show: plain rows for the templates, of what is public alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from tram.kernel.clock import local, local_day
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import Public as Article
from tram.news.queries.public import public_at as article_at
from tram.portal.queries import Face, faces, province, site_of
from tram.portal.rules.addresses import place_word
from tram.portal.rules.telling import Channel, Item, data_block
from tram.portal.screens.articles import (
    MOST_IN_A_MAP,
    NOBODY,
    QUESTIONS,
    feeds_of,
    paragraphs,
    questions_url,
    shell,
    whole,
)
from tram.voices.queries import Followed, Gone, Line, Place, addresses_between, public, takes_comments
from tram.web.addresses import address

ON_FRONT = 4


@dataclass(frozen=True, slots=True)
class Row:
    """Một câu hỏi trong danh sách."""

    url: str
    title: str
    text: str
    who: str
    agency: str
    agency_url: str
    at: datetime


def url_of(slug: str) -> str:
    """The page of a question."""
    return address("portal:question", slug)


def ask_url(site: Face) -> str:
    """Where a reader asks, the agency of the site chosen already."""
    return reverse("portal:ask") + (f"?co-quan={site.agency}" if site.agency else "")


def listing(site: Face, *, after: Place | None = None) -> dict[str, Any]:
    """One page of what was answered. The same number of queries for one and for thousands."""
    home = province() if site.agency else site
    lines, following = public(agency=site.agency, after=after)
    url = questions_url(site)
    return {
        "rows": rows(lines, site), "older": f"{url}?sau={place_word(following)}" if following else "",
        "newest": url if after else "", "ask_url": ask_url(site), "elsewhere": questions_url(home) if site.agency else "",
        **shell(home, site, url, place=QUESTIONS), **feeds_of(site, "questions_feed", f"Hỏi đáp của {site.name}"),
    }  # fmt: skip


def rows(lines: Iterable[Line], site: Face) -> list[Row]:
    """Lines of a list; each says whose it is where the site is everybody's. One query."""
    lines = list(lines)
    known = faces(list({line.agency for line in lines})) if lines and not site.agency else {}
    return [
        Row(
            url=url_of(line.slug), title=line.title, text=line.text, who=line.name or NOBODY, at=local(line.first_at),
            agency=known[line.agency].name if line.agency in known else "",
            agency_url=questions_url(known[line.agency]) if line.agency in known else "",
        )
        for line in lines
    ]  # fmt: skip


def answered_last(site: Face) -> dict[str, Any]:
    """What a site answered last, for its front page."""
    return {
        "questions": rows(public(agency=site.agency, limit=ON_FRONT)[0], site),
        "questions_url": questions_url(site),
    }


def question(found: Line) -> dict[str, Any]:
    """One question with its answer, whole."""
    home = province()
    site = site_of(found.agency, home)
    url = url_of(found.slug)
    context: dict[str, Any] = {
        "title": found.title, "who": found.name or NOBODY, "asked_at": local(found.asked_at),
        "first_at": local(found.first_at), "changed_at": local(found.since_at) if found.since_at > found.first_at else None,
        "question": paragraphs(found.text), "answer": paragraphs(found.answer), "ask_url": ask_url(site),
        "questions_url": questions_url(site),
        "data": _structured(found, site, whole(url)),
    }  # fmt: skip
    return context | shell(home, site, url, place=QUESTIONS)


def _structured(found: Line, site: Face, url: str) -> str:
    """A QAPage of schema.org; JSON for a data block."""
    agency = {"@type": "GovernmentOrganization", "name": site.name, "url": whole(site.url)}
    reader = {"@type": "Person", "name": found.name or NOBODY}
    told = {
        "@context": "https://schema.org", "@type": "QAPage", "inLanguage": "vi", "url": url,
        "mainEntity": {
            "@type": "Question", "name": found.title, "text": found.text, "answerCount": 1, "author": reader,
            "datePublished": local(found.asked_at).isoformat(),
            "acceptedAnswer": {
                "@type": "Answer", "text": found.answer, "author": agency, "url": url,
                "datePublished": local(found.first_at).isoformat(),
            },
        },
    }  # fmt: skip
    return data_block(told)


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of a question that was public: that it is no more, since when, and whose it was. Not why, not what."""
    home = province()
    site = site_of(found.agency, home)
    told = {"gone_at": local(found.until_at), "is_question": True, "site_url": questions_url(site)}
    return told | shell(home, site, address, place=QUESTIONS)


def shelf(name: str) -> dict[str, Any]:
    """What stands round the pages where readers ask."""
    home = province()
    return shell(home, home, reverse(name), place=QUESTIONS)


def opinion(slug: str, at: datetime) -> dict[str, Any]:
    """What stands round the form of an opinion on a public article; Hidden for one that takes none."""
    found = article_at(slug, at)
    if not isinstance(found, Article) or not takes_comments(found, at):
        raise Hidden
    home = province()
    site, url = site_of(found.agency, home), reverse("portal:article", args=[found.slug])
    here = reverse("portal:comment", args=[found.slug])
    return {"title": found.content.title, "article_url": url, "here": here, **shell(home, site, here)}


def followed(found: Followed, at: datetime) -> dict[str, Any]:
    """What whoever has the code is told."""
    return {
        "found": found, "asked_at": local(found.asked_at), "is_public": bool(found.slug),
        "is_late": found.is_open and found.due_on < local_day(at),
        "question_url": _where(found), **shelf("portal:find_question"),
    }  # fmt: skip


def _where(found: Followed) -> str:
    if not found.slug:
        return ""
    if not found.about:
        return url_of(found.slug)
    return reverse(f"portal:{found.about}", args=[found.slug]) + "#y-kien"


def channel(site: Face, address: str) -> Channel:
    """What a site answered last, for a feed."""
    lines, _ = public(agency=site.agency)
    known = faces(list({line.agency for line in lines}))
    items = [
        Item(
            url=whole(url_of(line.slug)), title=line.title, summary=line.text, category="Hỏi đáp", at=local(line.first_at),
            agency=known[line.agency].name if line.agency in known else site.name,
        )
        for line in lines
    ]  # fmt: skip
    return Channel(f"Hỏi đáp của {site.name}", whole(questions_url(site)), whole(address), items)


def told(since: datetime, until: datetime) -> list[tuple[str, datetime | None]]:
    """Whole addresses of what was answered from `since` to before `until`, with the moment of the last change."""
    return [(whole(url_of(slug)), local(at)) for slug, at in addresses_between(since, until, MOST_IN_A_MAP)]
