"""What the pages of agencies and their people show: who does what, who leads, how they are reached, who speaks to the press."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from tram.contacts.queries import Card, Person, cards, office_hours, people
from tram.kernel.clock import local_day
from tram.news.queries.public import public
from tram.organisation.queries import divisions
from tram.portal.queries import Face, faces, province
from tram.portal.rules.procedures import procedures
from tram.portal.rules.telling import data_block
from tram.portal.screens.articles import (
    PEOPLE,
    PRESS,
    documents_url,
    feeds_of_category,
    listing,
    people_url,
    picture_url,
    press_url,
    shell,
    whole,
)
from tram.vietnamese.text import fold
from tram.visits.queries import kind_name

PRESS_CATEGORY = "press"
MOST_FOUND, NAMED, PHOTOS = 50, 4, 6
ASKED_FOR = re.compile(r"\b(?:(?:so )?dien thoai|sdt|dia chi|lien he|gio lam viec)\b")
"""What somebody wants to know of an agency, typed before its name."""


def directory(home: Face, at: datetime) -> dict[str, Any]:
    """Every agency that is public, by kind, the province's committee first. Three queries, for one and for hundreds."""
    shown = cards(local_day(at))
    return {"groups": _groups(shown), "typed": "", **shell(home, home, people_url(home), place=PEOPLE)}


def _groups(shown: Sequence[Card]) -> list[tuple[str, list[dict[str, Any]]]]:
    known = faces([card.agency for card in shown])
    lines = [(card, known[card.agency]) for card in shown if card.agency in known]
    return [
        (name, [{"card": card, "url": people_url(face)} for card, face in those])
        for name, those in groupby(lines, key=lambda line: kind_name(line[0].kind))
    ]


def found(home: Face, at: datetime, text: str) -> dict[str, Any]:
    """The agencies and the people in whose names, titles or work every word stands, with or without marks."""
    on, words = local_day(at), _words(text)
    all_cards = cards(on)
    public = {card.agency for card in all_cards}
    shown = [card for card in all_cards if _has(words, card.search_key, card.words)]
    persons = [
        one
        for one in people(on)
        if one.agency in public and _has(words, one.name, one.title, one.words, one.agency_name)
    ]
    known = faces([one.agency for one in persons])
    return {
        "groups": _groups(shown[:MOST_FOUND]), "typed": text,
        "persons": [(one, people_url(known[one.agency])) for one in persons[:MOST_FOUND] if one.agency in known],
        **shell(home, home, people_url(home), place=PEOPLE),
    }  # fmt: skip


def named(text: str, at: datetime) -> list[dict[str, str]]:
    """The first agencies and people in whose names and titles every word stands whole, with or without marks: for the search of
    everything. Two queries; who left their post is not among them."""
    on, words = local_day(at), set(_words(text.replace('"', " ")))
    if not words:
        return []
    shown = cards(on)
    public = {card.agency: card for card in shown}
    known = faces(public)
    found = [
        {"name": card.name, "line": f"{card.address} · {card.phone}", "url": people_url(known[card.agency])}
        for card in shown
        if card.agency in known and words <= set(fold(f"{card.name} {card.search_key}").split())
    ]
    found += [
        {"name": one.name, "line": ", ".join(filter(None, (one.title, one.agency_name, "người phát ngôn" if one.speaks else ""))),
         "url": people_url(known[one.agency])}
        for one in people(on)
        if one.agency in known and words <= set(fold(f"{one.name} {one.title} {one.agency_name}").split())
    ]  # fmt: skip
    return found[:NAMED]


def _words(text: str) -> list[str]:
    """The words by which an agency or a person is named, without what is wanted of them."""
    return ASKED_FOR.sub(" ", fold(text)).split()


def _has(words: Iterable[str], *texts: str) -> bool:
    key = fold(" ".join(texts))
    return all(word in key for word in words)


def agency(site: Face, at: datetime) -> dict[str, Any]:
    """One agency: what it does, where it is, when it is open, who leads it, its parts with their heads. A constant number of queries."""
    on, home = local_day(at), province()
    card = next(iter(cards(on, site.agency)), None)
    context: dict[str, Any] = {"card": card, **shell(home, site, people_url(site), place=PEOPLE)}
    if card is None:
        return context
    persons = people(on, site.agency)
    leaders, parts = _placed(site.agency, persons, on)
    context |= {
        "hours": office_hours(site.agency, on), "leaders": leaders, "parts": parts, "documents_url": documents_url(site),
        "press_url": press_url(site), "speakers": [one for one in persons if one.speaks],
    }  # fmt: skip
    return context | {"data": _structured(card, context["speakers"], home, site)}


def _placed(agency: int, persons: list[Person], on: date) -> tuple[list[Person], list[tuple[str, list[Person]]]]:
    """Who leads the agency itself, and each of its parts with who leads it; somebody of a deeper part stands with it."""
    units = divisions(agency, on)
    parts = [(unit.name, [one for one in persons if one.unit == unit.id]) for unit in units]
    return [one for one in persons if one.unit == agency], parts


def _structured(card: Card, speakers: list[Person], home: Face, site: Face) -> str:
    """GovernmentOrganization of schema.org, as JSON for a data block."""
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "GovernmentOrganization", "name": card.name, "url": whole(site.url),
        "description": card.words, "address": card.address, "telephone": card.phone, "email": card.email,
        "contactPoint": [
            {"@type": "ContactPoint", "contactType": "Người phát ngôn", "name": one.name, "telephone": one.phone, "email": one.email}
            for one in speakers
        ],
    }  # fmt: skip
    if card.parent:
        told["parentOrganization"] = {"@type": "GovernmentOrganization", "name": home.name, "url": whole(home.url)}
    return data_block({name: value for name, value in told.items() if value})


def press(site: Face, at: datetime) -> dict[str, Any]:
    """For journalists: who speaks for the agency, or for each; what was told the press, the newest first."""
    home = province() if site.agency else site
    context = listing(site, at, category=PRESS_CATEGORY)
    speakers = people(local_day(at), site.agency, speak=True)
    feeds = feeds_of_category(site, PRESS_CATEGORY)
    return context | {
        "photos": _photos(site, at), "speakers": speakers, "is_everybodys": not site.agency,
        "conferences": [
            (one.name, reverse("portal:procedure", args=[one.slug])) for one in procedures().values() if one.field == "press"
        ],
        "forms": list(zip(("RSS", "Atom", "JSON Feed"), (one["url"] for one in feeds["alternates"]), strict=True)),
        **shell(home, site, press_url(site), place=PRESS), **feeds,
    }  # fmt: skip


def _photos(site: Face, at: datetime) -> list[dict[str, Any]]:
    """The newest pictures of a site with what is said of them, for the press. One query."""
    lines, _ = public(at, agency=site.agency)
    return [
        {"caption": told["caption"], "credit": told["credit"], "alt": told["alt"], "title": line.title,
         "url": reverse("portal:article", args=[line.slug]), "small": picture_url(line.slug, told["file"], 320),
         "large": picture_url(line.slug, told["file"], 900)}
        for line in lines if (told := line.picture)
    ][:PHOTOS]  # fmt: skip


def told(at: datetime) -> list[str]:
    """Addresses of the agencies that are public, for the map."""
    known = faces([card.agency for card in cards(local_day(at))])
    return [people_url(face) for face in known.values()]
