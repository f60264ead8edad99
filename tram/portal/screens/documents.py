"""What the pages of official documents show: plain rows for the templates, of what is public alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse

from tram.gazette.queries import Gone, Line, Place, Public, addresses_between, facets, newest, public
from tram.kernel.clock import LOCAL, local, local_day
from tram.outgoing.queries.proofs import kind_names
from tram.portal.queries import Face, document_files, faces, faces_with_documents, kind_slugs, province
from tram.portal.rules.addresses import place_of, place_word
from tram.portal.rules.telling import Channel, Item, data_block
from tram.portal.screens.articles import DOCUMENTS, MOST_IN_A_MAP, documents_url, shell, whole
from tram.web.apart import file_url

ANY = "tat-ca"
"""Stands in an address for every kind, or every year."""
ON_FRONT = 5


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


def url_of(slug: str) -> str:
    """The page of a document."""
    return reverse("portal:document", args=[slug])


def list_url(site: Face, kind: str = "", year: int = 0) -> str:
    """A list of documents: of a site, a kind (its code), a year."""
    if not kind and not year:
        return documents_url(site)
    parts = [kind_slugs()[kind] if kind else ANY, str(year) if year else ANY]
    if site.agency:
        return reverse("portal:site_documents_of", args=[site.slug, *parts])
    return reverse("portal:documents_of", args=parts)


def place(word: str) -> Place | None:
    """A place of a list from a link."""
    found = place_of(word)
    return (local_day(found[0]), found[1]) if found else None


def listing(site: Face, at: datetime, *, kind: str = "", year: int = 0, after: Place | None = None) -> dict[str, Any]:
    """One page of documents, with the kinds and the years that there are. The same number of queries for one and for thousands."""
    home = province() if site.agency else site
    lines, following = public(at, agency=site.agency, kind=kind, year=year, after=after)
    kinds, years = facets(at, agency=site.agency, kind=kind)
    url, names = list_url(site, kind, year), kind_names()
    of_kind = [{"name": names[one], "url": list_url(site, one, year), "current": one == kind} for one in kinds]
    of_year = [{"name": one, "url": list_url(site, kind, one), "current": one == year} for one in years]
    older = f"{url}?sau={place_word((_moment(following[0]), following[1]))}" if following else ""
    return {
        "title": " ".join(part for part in (names.get(kind, "Văn bản"), f"năm {year}" if year else "") if part),
        "rows": rows(lines, site), "older": older, "newest": url if after else "",
        "filters": [
            {"name": "Loại văn bản", "all": list_url(site, "", year), "is_all": not kind, "choices": of_kind},
            {"name": "Năm ban hành", "all": list_url(site, kind), "is_all": not year, "choices": of_year},
        ],
        "agencies": [] if site.agency else [(face.name, list_url(face)) for face in faces_with_documents()],
        "elsewhere": list_url(home) if site.agency else "", **shell(home, site, url, place=DOCUMENTS),
        "feed": feed_url(site, "rss.xml"),
    }  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), LOCAL)


def rows(lines: Iterable[Line], site: Face) -> list[Row]:
    """Lines of a list; each says whose it is where the site is everybody's. One query."""
    lines = list(lines)
    known = faces(list({line.agency for line in lines})) if lines and not site.agency else {}
    return [
        Row(
            url=url_of(line.slug), title=line.title, subject=line.subject, issued_date=line.issued_date, holds=line.holds,
            agency=known[line.agency].name if line.agency in known else "",
            agency_url=list_url(known[line.agency]) if line.agency in known else "",
        )
        for line in lines
    ]  # fmt: skip


def on_front(site: Face, at: datetime) -> dict[str, Any]:
    """The newest documents of a site, for its front page."""
    return {"documents": rows(newest(at, agency=site.agency, limit=ON_FRONT), site), "documents_url": list_url(site)}


def document(found: Public) -> dict[str, Any]:
    """One document, whole."""
    home, line = province(), found.line
    site = faces([line.agency]).get(line.agency, home)
    url = url_of(line.slug)
    files = [
        {"name": card.name, "what": card.kind_name, "size": card.size_text,
         "url": file_url(reverse("portal:document_file", args=[line.slug, card.id, card.name]))}
        for card in document_files(found)
    ]  # fmt: skip
    context: dict[str, Any] = {
        "line": line, "signer": found.signer, "standing": found.standing, "bases": found.bases,
        "paragraphs": found.paragraphs, "files": files, "first_at": local(found.first_at),
        "changed_at": local(line.since_at) if line.since_at > found.first_at else None,
        "kind_url": list_url(site, line.kind), "year_url": list_url(site, "", line.issued_date.year),
        "related": [(one.how, one.code, one.issued_date, url_of(one.slug) if one.slug else "") for one in found.related],
        "proof_url": reverse("outgoing:prove_code", args=[found.proof_code]) if found.proof_code else "",
        "citation": f"{line.title} ngày {line.issued_date:%d/%m/%Y} của {site.name} {_about(line.subject)}. {whole(url)}",
    }  # fmt: skip
    context["data"] = _structured(found, site, whole(url), files)
    return context | shell(home, site, url, place=DOCUMENTS)


def _about(subject: str) -> str:
    return subject if subject.casefold().startswith("về ") else f"về {subject[:1].lower()}{subject[1:]}"


def _structured(found: Public, site: Face, url: str, files: list[dict[str, str]]) -> str:
    """What orders something as Legislation of schema.org, all else as DigitalDocument; JSON for a data block."""
    line = found.line
    agency = {"@type": "GovernmentOrganization", "name": site.name, "url": whole(site.url)}
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "DigitalDocument", "name": f"{line.title}: {line.subject}"[:300],
        "identifier": line.code, "genre": line.kind_name, "inLanguage": "vi", "url": url, "isAccessibleForFree": True,
        "dateCreated": line.issued_date.isoformat(), "author": agency, "publisher": agency,
        "datePublished": local(found.first_at).isoformat(), "dateModified": local(line.since_at).isoformat(),
        "encoding": [{"@type": "MediaObject", "name": one["name"], "contentUrl": one["url"] if settings.TRAM_FILES_URL else whole(one["url"])} for one in files],
    }  # fmt: skip
    if found.is_order:
        told |= {
            "@type": "Legislation", "legislationIdentifier": line.code, "legislationType": line.kind_name,
            "legislationDate": line.issued_date.isoformat(), "legislationPassedBy": agency,
            "legislationLegalForce": "https://schema.org/InForce" if line.holds else "https://schema.org/NotInForce",
        }  # fmt: skip
    if found.is_order and found.effective_on:
        told["legislationDateOfApplicability"] = found.effective_on.isoformat()
    return data_block(told)


def gone(found: Gone, address: str) -> dict[str, Any]:
    """What is told of a document that was public: that it is no more, since when, and whose it was. Not why, not what."""
    home = province()
    site = faces([found.agency]).get(found.agency, home)
    told = {"gone_at": local(found.until_at), "is_document": True, "site_url": list_url(site)}
    return told | shell(home, site, address, place=DOCUMENTS)


def feed_url(site: Face, form: str) -> str:
    """A feed of a site's documents."""
    if site.agency:
        return reverse("portal:site_documents_feed", args=[site.slug, form])
    return reverse("portal:documents_feed", args=[form])


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
