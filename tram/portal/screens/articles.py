"""What the pages of the portal show: plain rows for the templates, of what is public alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tram.alerts.queries import topics
from tram.files.queries import Card
from tram.identity.queries import address_of
from tram.kernel import clock
from tram.kernel.clock import local
from tram.kernel.refs import ref_of
from tram.news.queries import public
from tram.news.queries.public import Block, Gone, Line, Place, Public, categories
from tram.portal.queries import (
    Face,
    document_address,
    document_titles,
    faces,
    open_files,
    province,
    site_of,
    slug_of_category,
)
from tram.portal.rules.addresses import place_word
from tram.portal.rules.blocks import focus_class, has_head, picture_of
from tram.portal.rules.kept import Page
from tram.portal.rules.procedures import procedures
from tram.portal.rules.telling import FEEDS, Channel, Item, data_block
from tram.portal.screens import figured, ranked, recordings
from tram.portal.screens.scores import scored
from tram.portal.screens.skins import skin_of
from tram.visits.commands.counting import note
from tram.voices.queries import Line as Said
from tram.voices.queries import comments_of, takes_comments
from tram.web.addresses import address
from tram.web.apart import file_url
from tram.web.sending import stored

WIDTHS = (320, 640, 900)
"""Of pictures, in pixels, as the files draw them."""
NEWEST, ALSO = 7, 4
NOBODY = "Bạn đọc"
MOST_IN_A_MAP = 50_000
"""The protocol of site maps allows no more."""


def paragraphs(text: str) -> list[str]:
    """The lines of a plain text that say something."""
    return [line for line in text.splitlines() if line.strip()]


def said_by(lines: Iterable[Said]) -> list[dict[str, Any]]:
    """What readers said of an article or a draft that was let out."""
    return [
        {"who": one.name or NOBODY, "text": one.text, "answer": one.answer, "at": local(one.first_at)} for one in lines
    ]


def whole(path: str) -> str:
    """An address with the host: the one that the installation calls its own, never what a request claims."""
    return settings.TRAM_PUBLIC_URL.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Row:
    """Một tin trong danh sách."""

    url: str
    title: str
    lead: str
    category: str
    category_url: str
    agency: str
    agency_url: str
    at: datetime
    picture: dict[str, str] | None


def shell(home: Face, site: Face, path: str, category: str = "", *, place: str = "") -> dict[str, Any]:
    """What stands round every page: whose it is, how it looks, the categories and the places, the one address by which it is known.

    `place`: the one of `places` on which the page stands.
    """
    return {
        "home": home, "site": site, "skin": skin_of(site), "canonical": whole(path), "categories": menu(site, category),
        "places": [{"name": name, "url": url, "current": name == place} for name, url in places(site)],
        **feeds_of(site, "feed", site.name),
    }  # fmt: skip


def feeds_of(site: Face, name: str, title: str, *of: str) -> dict[str, Any]:
    """What programs read of a site, for the head of a page: in every form; `feed` in the one that people are shown. `of`: of what part."""
    slug = [*([site.slug] if site.agency else []), *of]
    name = f"portal:site_{name}" if site.agency else f"portal:{name}"
    found = [{"url": address(name, *slug, form), "type": kind, "title": title} for form, kind in FEEDS.items()]
    return {"alternates": found, "feed": found[0]["url"]}


PROCEDURES, DOCUMENTS, DRAFTS, QUESTIONS = "Thủ tục", "Văn bản", "Dự thảo", "Hỏi đáp"
PEOPLE, AGENDAS, PRESS = "Tổ chức, liên hệ", "Lịch tuần", "Báo chí"


def places(site: Face) -> list[tuple[str, str]]:
    """What a site has besides its articles."""
    return [
        (PROCEDURES, address("portal:procedures")), (DOCUMENTS, documents_url(site)), (DRAFTS, drafts_url(site)),
        (QUESTIONS, questions_url(site)),
        (PEOPLE, people_url(site)), (AGENDAS, agendas_url(site)), (PRESS, press_url(site)),
    ]  # fmt: skip


def people_url(site: Face) -> str:
    """How an agency and its people are reached; of the province, every agency."""
    return address("portal:site_people", site.slug) if site.agency else address("portal:people")


def agendas_url(site: Face) -> str:
    """The week of its leaders."""
    return address("portal:site_agendas", site.slug) if site.agency else address("portal:agendas")


def press_url(site: Face) -> str:
    """The press room of a site."""
    return address("portal:site_press", site.slug) if site.agency else address("portal:press")


def documents_url(site: Face) -> str:
    """The list of a site's official documents."""
    return address("portal:site_documents", site.slug) if site.agency else address("portal:documents")


def drafts_url(site: Face) -> str:
    """The list of a site's drafts put to the public."""
    return address("portal:site_drafts", site.slug) if site.agency else address("portal:drafts")


def questions_url(site: Face) -> str:
    """The list of what a site answered its readers."""
    return address("portal:site_questions", site.slug) if site.agency else address("portal:questions")


def menu(site: Face, current: str) -> list[dict[str, Any]]:
    """The categories of a site."""
    return [
        {"name": name, "url": _category_url(code, site), "current": code == current}
        for code, name in categories().items()
    ]


def _category_url(code: str, site: Face) -> str:
    slug = slug_of_category(code)
    if not slug:
        return address("portal:site", site.slug) if site.slug else address("portal:front")
    return address("portal:site_category", site.slug, slug) if site.slug else address("portal:category", slug)


def front(site: Face, at: datetime) -> dict[str, Any]:
    """The newest, and what is new in each category. The same number of queries for one article and for thousands."""
    home = province() if site.agency else site
    lines, following = public.public(at, agency=site.agency, limit=NEWEST)
    sections = public.public_by_category(at, agency=site.agency)
    known = faces(_agencies(chain(lines, *sections.values())))
    first = {line.slug for line in lines}
    parts = [
        {"name": categories()[code], "url": _category_url(code, site), "rows": rows}
        for code, found in sections.items()
        if (rows := _rows([line for line in found if line.slug not in first], known, site))
    ]
    return {
        "rows": _rows(lines, known, site), "sections": parts, "older": _next(site.url, following),
        **shell(home, site, site.url),
    }  # fmt: skip


def listing(site: Face, at: datetime, *, category: str = "", after: Place | None = None) -> dict[str, Any]:
    """One page of a category, or of all that a site ever told, the newest first."""
    home = province() if site.agency else site
    lines, following = public.public(at, agency=site.agency, category=category, after=after)
    url = _category_url(category, site) if category else site.url
    return {
        "title": categories()[category] if category else "Tin cũ hơn", "rows": _rows(lines, faces(_agencies(lines)), site),
        "older": _next(url, following), "newest": url if after else "", "is_category": bool(category),
        "mail_topic": topic if (topic := f"news/{category}") in topics() else "",
        **shell(home, site, url, category), **(feeds_of_category(site, category) if category else {}),
    }  # fmt: skip


def feeds_of_category(site: Face, category: str) -> dict[str, Any]:
    """The same of one category."""
    return feeds_of(site, "category_feed", _titled(site, category), slug_of_category(category))


def _titled(site: Face, category: str) -> str:
    return f"{categories()[category]} · {site.name}" if category else site.name


def _agencies(lines: Iterable[Line]) -> list[int]:
    return list({line.agency for line in lines})


def _next(url: str, following: Place | None) -> str:
    return f"{url}?sau={place_word(following)}" if following else ""


def _rows(lines: Iterable[Line], known: dict[int, Face], site: Face) -> list[Row]:
    return [_row(line, known.get(line.agency), site) for line in lines]


def _row(line: Line, agency: Face | None, site: Face) -> Row:
    return Row(
        url=address("portal:article", line.slug), title=line.title, lead=line.lead,
        category=categories().get(line.category, ""), category_url=_category_url(line.category, site),
        agency=agency.name if agency and not site.agency else "", agency_url=agency.url if agency else "",
        at=local(line.told_at), picture=_drawn(line.slug, picture_of(line.picture)),
    )  # fmt: skip


def _drawn(slug: str, picture: dict[str, str] | None) -> dict[str, str] | None:
    if picture is None:
        return None
    return picture | {f"w{width}": picture_url(slug, picture["file"], width) for width in WIDTHS}


def picture_url(slug: str, file: str, width: int) -> str:
    """A picture of an article, drawn so wide."""
    return address("portal:picture", slug, UUID(file), width)


def article(found: Public) -> dict[str, Any]:
    """One article, whole."""
    home = province()
    site = site_of(found.agency, home)
    url, content = reverse("portal:article", args=[found.slug]), found.content
    ref = ref_of("news", "article", found.article)
    files = open_files(content.files)
    named = document_titles([block.ref or block.text for block in content.body], found.since_at)
    figures = figured.blocks(block.text for block in content.body)
    blocks = [_block(found, block, files, named | figures) for block in content.body]
    dates = [found.since_at, *(one.at for one in found.corrections)]
    context: dict[str, Any] = {
        "title": content.title, "lead": content.lead, "source_label": content.source_label, "byline": content.byline,
        "event_on": content.event_on, "blocks": [block for block in blocks if block],
        "published_at": local(found.first_published_at), "printed_at": found.printed_at and local(found.printed_at),
        "changed_at": local(found.since_at) if found.since_at > found.first_published_at else None,
        "corrections": [{"text": one.text, "at": local(one.at)} for one in found.corrections],
        "filed": [
            {"name": categories().get(code, ""), "url": _category_url(code, site)}
            for code in (found.category, *(one for one in found.also if one in categories()))
        ],
        "citation": _citation(content.title, site.name, home.name, found.printed_at or found.first_published_at, whole(url)),
        "picture": next((block for block in blocks if block and block["kind"] == "picture"), None),
    }  # fmt: skip
    guided = procedures().get(content.procedure)
    context |= {
        "language": found.language,
        "procedure": {"name": guided.name, "url": reverse("portal:procedure", args=[guided.slug])} if guided else None,
        "versions": [
            {"code": one.code, "own": one.own, "url": (place := reverse("portal:article", args=[one.slug])),
             "whole": whole(place)}
            for one in found.versions
        ],
    }  # fmt: skip
    context |= _said(found) | (scored(ref) if found.takes_ratings else {})
    context["poster"] = whole(context["picture"]["picture"]["w900"]) if context["picture"] else ""
    context |= {"also": _also(found, site), "data": _structured(context, site, whole(url), max(dates))}
    return context | shell(home, site, url)


def _also(found: Public, site: Face) -> list[Row]:
    """What else its agency told last, for whoever has read it to the end. One query."""
    lines, _ = public.public(clock.now(), agency=found.agency, limit=ALSO + 1)
    return _rows([line for line in lines if line.slug != found.slug][:ALSO], {}, site)


def _said(found: Public) -> dict[str, Any]:
    """What readers said of an article that was let out; where one says something, while it takes opinions."""
    takes = takes_comments(found, clock.now())
    return {
        "comments": said_by(comments_of(found.article)),
        "comment_url": reverse("portal:comment", args=[found.slug]) if takes else "",
    }  # fmt: skip


def _citation(title: str, agency: str, portal: str, at: datetime, url: str) -> str:
    whose = agency if agency == portal else f"{agency}, {portal}"
    return f"“{title}”. {whose}, ngày {local(at):%d/%m/%Y}. {url}"


def _block(found: Public, block: Block, files: dict[str, Card], named: dict[str, Any]) -> dict[str, Any] | None:
    """A block as it is shown; None for one whose file is locked or gone, or that is the address of a document or an indicator that is public no more. `named`: those that are public, by their refs or addresses."""
    slug, card = found.slug, files.get(block.file)
    shown: dict[str, Any] = {"kind": block.kind, "text": block.text, "caption": block.caption}
    match block.kind:
        case "heading":
            return shown | {"level": block.level}
        case "quote":
            return shown | {"who": block.who}
        case "table":
            rows = [list(row) for row in block.rows]
            is_headed = has_head(rows)
            return shown | {"head": rows[0] if is_headed else [], "rows": rows[1:] if is_headed else rows}
        case "picture":
            drawn = _drawn(slug, {"file": block.file, "alt": block.alt, "cut": focus_class(block.focus)})
            return shown | {"credit": block.credit, "picture": drawn} if card and card.image else None
        case "recording":
            return shown | recordings.heard(found.language, block, card, attachment_url(slug, card)) if card else None
        case "document":
            title, url = named.get(block.ref, ("", ""))
            return shown | {"text": block.text or title, "url": url}
        case "paragraph" if ranked.month_of(block.text):
            return ranked.block(block.text, found.agency)
        case "paragraph" if figured.address_in(block.text):
            figure: dict[str, Any] | None = named.get(block.text)
            return figure
        case "paragraph" if document_address(block.text):
            title, url = named.get(block.text, ("", ""))
            return {"kind": "document", "text": title, "url": url} if url else None
        case "file":
            return (
                shown | {"url": attachment_url(slug, card), "what": card.kind_name, "size": card.size_text}
                if card
                else None
            )
    return shown


def attachment_url(slug: str, card: Card) -> str:
    """Where a file or a recording of an article is taken or heard."""
    return file_url(reverse("portal:attachment", args=[slug, card.id, card.name]))


def _structured(context: dict[str, Any], site: Face, url: str, changed: datetime) -> str:
    """NewsArticle of schema.org, as JSON for a data block."""
    agency = {"@type": "GovernmentOrganization", "name": site.name, "url": whole(site.url)}
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": context["title"][:110],
        "description": context["lead"], "datePublished": (context["printed_at"] or context["published_at"]).isoformat(),
        "dateModified": local(changed).isoformat(), "inLanguage": context["language"], "isAccessibleForFree": True, "url": url,
        "mainEntityOfPage": url, "articleSection": [one["name"] for one in context["filed"]], "publisher": agency,
        "author": {"@type": "Person", "name": context["byline"]} if context["byline"] else agency,
    }  # fmt: skip
    if context["poster"]:
        told["image"] = [context["poster"]]
    told |= _sounds(context["blocks"])
    if context["corrections"]:
        told["correction"] = [
            {"@type": "CorrectionComment", "text": one["text"], "datePublished": one["at"].isoformat()}
            for one in context["corrections"]
        ]
    return data_block(told)


def _sounds(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    heard = [one for one in blocks if one["kind"] == "recording"]
    found = [recordings.structured(one, urljoin(whole("/"), one["url"])) for one in heard]
    return {"audio": found} if found else {}


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of an article that was public: that it is no more, since when, and whose it was. Not why, not what."""
    home = province()
    site = site_of(found.agency, home)
    return {"gone_at": local(found.until_at), "is_expired": found.is_expired, **shell(home, site, address)}


def channel(site: Face, at: datetime, address: str, category: str = "") -> Channel:
    """The newest of a site, or of one of its categories, for a feed."""
    lines, _ = public.public(at, agency=site.agency, category=category)
    known = faces(_agencies(lines))
    items = [
        Item(
            url=whole(reverse("portal:article", args=[line.slug])), title=line.title, summary=line.lead,
            category=categories().get(line.category, ""), at=local(line.told_at),
            further=[categories()[code] for code in line.also if code in categories()],
            agency=known[line.agency].name if line.agency in known else site.name,
        )
        for line in lines
    ]  # fmt: skip
    home = _category_url(category, site) if category else site.url
    return Channel(_titled(site, category), whole(home), whole(address), items)


def given(request: HttpRequest, page: Page) -> HttpResponse:
    """A page that was made, sent to one more reader and counted."""
    if page.ref:
        note(
            page=page.ref, agency=page.counted, at=clock.now(), method=request.method or "", headers=request.headers,
            address=address_of(request),
        )  # fmt: skip
    return stored(request, page.packed, mark=page.mark, media_type=page.media_type, name=page.name)
