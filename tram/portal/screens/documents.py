"""What the pages of official documents show: plain rows for the templates, of what is public alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from tram.files.queries import Card
from tram.gazette.queries.public import (
    NOTHING,
    STATUSES,
    Gone,
    Line,
    Narrow,
    Place,
    Public,
    addresses_between,
    facets,
    newest,
    public,
    topics,
)
from tram.kernel.clock import local
from tram.portal.queries import (
    Face,
    document_files,
    faces,
    faces_with_documents,
    kind_titles,
    province,
    site_of,
    words_of_filters,
)
from tram.portal.rules.addresses import day_word
from tram.portal.rules.telling import Channel, Item, data_block
from tram.portal.screens.articles import DOCUMENTS, MOST_IN_A_MAP, documents_url, feeds_of, shell, whole
from tram.portal.screens.scores import scored
from tram.web.addresses import address
from tram.web.apart import file_url

ANY = "tat-ca"
"""Stands in an address for every kind, or every year."""
ON_FRONT, EARLIEST, LATEST = 5, 1900, 2200
MOST_PAGES = 20
"""Of a document, to be looked at in the browser."""
FILTERS = {"kind": "Loại văn bản", "year": "Năm ban hành", "topic": "Lĩnh vực", "status": "Hiệu lực"}


@dataclass(frozen=True, slots=True)
class Row:
    """Một văn bản trong danh sách."""

    url: str
    title: str
    subject: str
    agency: str
    agency_url: str
    issued_date: date
    holds: bool
    status: str
    """In words, where it is not simply in force."""


def url_of(slug: str) -> str:
    """The page of a document."""
    return address("portal:document", slug)


def list_url(site: Face, narrow: Narrow = NOTHING) -> str:
    """A list of documents of a site, narrowed by kind, year, topic, status."""
    if not narrow:
        return documents_url(site)
    words = words_of_filters()
    parts = [words["kind"].get(narrow.kind, ANY), str(narrow.year or ANY)]
    if narrow.topic or narrow.status:
        parts += [words["topic"].get(narrow.topic, ANY), words["status"].get(narrow.status, ANY)]
    name = "documents_by" if len(parts) > 2 else "documents_of"
    if site.agency:
        return reverse(f"portal:site_{name}", args=[site.slug, *parts])
    return reverse(f"portal:{name}", args=parts)


def listing(site: Face, at: datetime, narrow: Narrow = NOTHING, *, after: Place | None = None) -> dict[str, Any]:
    """One page of documents, with the ways to narrow it. The same number of queries for one and for thousands."""
    home = province() if site.agency else site
    narrow = replace(narrow, agency=site.agency)
    lines, following = public(at, narrow, after=after)
    url = list_url(site, narrow)
    older = f"{url}?sau={day_word(following)}" if following else ""
    return {
        "title": _title(narrow), "rows": rows(lines, site), "older": older, "newest": url if after else "",
        "filters": _filters(site, at, narrow),
        "agencies": [] if site.agency else [(face.name, list_url(face)) for face in faces_with_documents()],
        "elsewhere": list_url(home) if site.agency else "", **shell(home, site, url, place=DOCUMENTS),
        **feeds_of(site, "documents_feed", f"Văn bản của {site.name}"),
    }  # fmt: skip


def _names(facet: str) -> dict[str, str]:
    statuses = {code: name for code, (_word, name) in STATUSES.items()}
    return {"kind": kind_titles(), "topic": topics(), "status": statuses}.get(facet, {})


def _title(narrow: Narrow) -> str:
    told = [f"năm {narrow.year}" if narrow.year else "", topics().get(narrow.topic, "").lower()]
    told.append(STATUSES[narrow.status][1].lower() if narrow.status else "")
    first = " ".join([kind_titles().get(narrow.kind, "Văn bản"), *(part for part in told[:1] if part)])
    return ", ".join(part for part in (first, *told[1:]) if part)


def _with(narrow: Narrow, facet: str, value: str) -> Narrow:
    told: Any = int(value or 0) if facet == "year" else value
    return replace(narrow, **{facet: told})


def _filters(site: Face, at: datetime, narrow: Narrow) -> list[dict[str, Any]]:
    found, made = facets(at, narrow), []
    for facet, name in FILTERS.items():
        current = getattr(narrow, facet)
        names = _names(facet)
        choices = [
            {"name": names.get(value, value), "url": list_url(site, _with(narrow, facet, value)),
             "current": value == str(current)}
            for value in found[facet]
        ]  # fmt: skip
        all_url = list_url(site, _with(narrow, facet, ""))
        made.append({"name": name, "all": all_url, "is_all": not current, "choices": choices})
    return made


def rows(lines: Iterable[Line], site: Face) -> list[Row]:
    """Lines of a list; each says whose it is where the site is everybody's. One query."""
    lines = list(lines)
    known = faces(list({line.agency for line in lines})) if lines and not site.agency else {}
    return [
        Row(
            url=url_of(line.slug), title=line.title, subject=line.subject, issued_date=line.issued_date, holds=line.holds,
            status=STATUSES[line.status][1] if line.status in ("partly", "not_yet") else "",
            agency=line.issuer or (known[line.agency].name if line.agency in known else ""),
            agency_url=list_url(known[line.agency]) if line.agency in known and not line.issuer else "",
        )
        for line in lines
    ]  # fmt: skip


def on_front(site: Face, at: datetime) -> dict[str, Any]:
    """The newest documents of a site, for its front page."""
    return {"documents": rows(newest(at, agency=site.agency, limit=ON_FRONT), site), "documents_url": list_url(site)}


def document(found: Public) -> dict[str, Any]:
    """One document, whole."""
    home, line = province(), found.line
    site = site_of(line.agency, home)
    url = url_of(line.slug)
    cards = document_files(found)
    files = [
        {"name": card.name, "what": card.kind_name, "size": card.size_text,
         "url": file_url(reverse("portal:document_file", args=[line.slug, card.id, card.name]))}
        for card in cards
    ]  # fmt: skip
    paper = next((card for card in cards if card.image), None)
    context: dict[str, Any] = {
        "line": line, "signer": found.signer, "standing": found.standing, "bases": found.bases,
        "paragraphs": found.paragraphs, "files": files, "pages": _pages(line.slug, paper),
        "more_pages": paper is not None and (paper.pages or 0) > MOST_PAGES, "first_at": local(found.first_at),
        "changed_at": local(line.since_at) if line.since_at > found.first_at else None,
        "kind_url": list_url(site, Narrow(kind=line.kind)), "year_url": list_url(site, Narrow(year=line.issued_date.year)),
        "topic": topics().get(line.topic, ""), "topic_url": list_url(site, Narrow(topic=line.topic)) if line.topic else "",
        "issuer": line.issuer or site.name, "is_silent": found.is_silent,
        "related": [(one.how, one.code, one.issued_date, url_of(one.slug) if one.slug else "") for one in found.related],
        "proof_url": reverse("outgoing:prove_code", args=[found.proof_code]) if found.proof_code else "",
        "citation": f"{line.title} ngày {line.issued_date:%d/%m/%Y} của {line.issuer or site.name} {_about(line.subject)}. {whole(url)}",
    }  # fmt: skip
    context |= scored(line.ref)
    context["data"] = _structured(found, site, whole(url), files)
    return context | shell(home, site, url, place=DOCUMENTS)


def _pages(slug: str, paper: Card | None) -> list[str]:
    """The first pages of the first file that has any, as pictures."""
    count = min(paper.pages or 0, MOST_PAGES) if paper else 0
    return [reverse("portal:document_page", args=[slug, paper.id, number]) for number in range(1, count + 1) if paper]


def _about(subject: str) -> str:
    return subject if subject.casefold().startswith("về ") else f"về {subject[:1].lower()}{subject[1:]}"


def _structured(found: Public, site: Face, url: str, files: list[dict[str, str]]) -> str:
    """What orders something as Legislation of schema.org, all else as DigitalDocument; JSON for a data block."""
    line = found.line
    agency = {"@type": "GovernmentOrganization", "name": site.name, "url": whole(site.url)}
    passed = {"@type": "GovernmentOrganization", "name": line.issuer} if line.issuer else agency
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "DigitalDocument", "name": f"{line.title}: {line.subject}"[:300],
        "identifier": line.code, "genre": line.kind_name, "inLanguage": "vi", "url": url, "isAccessibleForFree": True,
        "dateCreated": line.issued_date.isoformat(), "author": passed, "publisher": agency,
        "datePublished": local(found.first_at).isoformat(), "dateModified": local(line.since_at).isoformat(),
        "encoding": [{"@type": "MediaObject", "name": one["name"], "contentUrl": one["url"] if settings.TRAM_FILES_URL else whole(one["url"])} for one in files],
    }  # fmt: skip
    if found.is_order:
        told |= {
            "@type": "Legislation", "legislationIdentifier": line.code, "legislationType": line.kind_name,
            "legislationDate": line.issued_date.isoformat(), "legislationPassedBy": passed,
            "legislationLegalForce": f"https://schema.org/{_force(line)}",
        }  # fmt: skip
    if found.is_order:
        told |= _says(found)
    if found.is_order and found.effective_on:
        told["legislationDateOfApplicability"] = found.effective_on.isoformat()
    return data_block(told)


FORCES = {"partly": "PartiallyInForce", "ended": "NotInForce", "not_yet": "NotInForce"}


def _force(line: Line) -> str:
    return FORCES.get(line.status, "InForce") if line.holds else "NotInForce"


CHANGES = {
    "Thay thế": "legislationRepeals", "Bãi bỏ": "legislationRepeals", "Sửa đổi, bổ sung": "legislationChanges",
    "Bãi bỏ một phần": "legislationChanges", "Căn cứ": "legislationApplies", "Hướng dẫn": "legislationEnsuresImplementationOf",
}  # fmt: skip


def _says(found: Public) -> dict[str, list[dict[str, str]]]:
    """What it says of others, as properties of schema.org."""
    told: dict[str, list[dict[str, str]]] = {}
    for one in found.related:
        if name := CHANGES.get(one.how):
            other = {
                "@type": "Legislation",
                "legislationIdentifier": one.code,
                "legislationDate": one.issued_date.isoformat(),
            }
            told.setdefault(name, []).append(other | ({"url": whole(url_of(one.slug))} if one.slug else {}))
    return told


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of a document that was public: that it is no more, since when, and whose it was. Not why, not what."""
    home = province()
    site = site_of(found.agency, home)
    told = {"gone_at": local(found.until_at), "is_document": True, "site_url": list_url(site)}
    return told | shell(home, site, address, place=DOCUMENTS)


def channel(site: Face, at: datetime, address: str) -> Channel:
    """What a site made public last, for a feed."""
    lines = newest(at, agency=site.agency)
    known = faces(list({line.agency for line in lines}))
    items = [
        Item(
            url=whole(url_of(line.slug)), title=f"{line.title} ngày {line.issued_date:%d/%m/%Y}", summary=line.subject,
            category=line.kind_name, at=local(line.since_at),
            agency=known[line.agency].name if line.agency in known else site.name,
        )
        for line in lines
    ]  # fmt: skip
    return Channel(f"Văn bản của {site.name}", whole(list_url(site)), whole(address), items)


def told(since: datetime, until: datetime) -> list[tuple[str, datetime | None]]:
    """Whole addresses of what was made public from `since` to before `until`, with the moment."""
    return [(whole(url_of(slug)), local(at)) for slug, at in addresses_between(since, until, MOST_IN_A_MAP)]
