"""What the pages of procedures show: the list by field, one procedure as somebody reads it who wants to do it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.urls import reverse

from tram.files.queries import Card
from tram.kernel.clock import local
from tram.news.queries.public import Public, guides, heard_of, tongue
from tram.portal.queries import Face, faces, open_files
from tram.portal.rules.procedures import Procedure, found, procedures, whole_words
from tram.portal.rules.telling import data_block
from tram.portal.screens import recordings
from tram.portal.screens.articles import PROCEDURES, attachment_url, shell, whole
from tram.vietnamese.text import fold

NAMED = 4
NATIONAL = "https://dichvucong.gov.vn"
"""Where citizens hand in since 01/07/2025 (NĐ 118/2025/NĐ-CP)."""


def listing(home: Face, at: datetime, text: str = "") -> dict[str, Any]:
    """Every procedure, or those with these words, by field, each with the languages in which it can be heard. Two queries."""
    shown = found(text) if text else procedures().values()
    return {
        "fields": _fields(shown, _heard(at)),
        "typed": text,
        **shell(home, home, reverse("portal:procedures"), place=PROCEDURES),
    }


def _fields(shown: Iterable[Procedure], heard: dict[str, str]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (name, [
            {"url": _url(one), "name": one.name, "days": one.days, "level": one.level, "heard": heard.get(one.slug, "")}
            for one in rows
        ])
        for name, rows in groupby(shown, key=lambda one: one.field_name)
    ]  # fmt: skip


def _heard(at: datetime) -> dict[str, str]:
    """Procedure -> that it can be heard, in which languages: by recordings that are there and not locked."""
    rows = heard_of(at)
    files = open_files([UUID(file) for _, _, file in rows])
    spoken: dict[str, set[str]] = {}
    for procedure, language, file in rows:
        if file in files:
            spoken.setdefault(procedure, set()).add(language)
    return {procedure: _in_words(codes) for procedure, codes in spoken.items()}


def _in_words(codes: set[str]) -> str:
    told = sorted(filter(None, map(tongue, codes)), key=lambda one: (one.code != "vi", fold(one.name)))
    return f"nghe được bằng {', '.join(one.phrase for one in told)}" if told else "có bản nghe"


def _url(one: Procedure) -> str:
    return reverse("portal:procedure", args=[one.slug])


def named(text: str) -> list[dict[str, str]]:
    """The first procedures in whose name, code or field every word stands whole: for the search of everything. No query."""
    shown = whole_words(text)[:NAMED]
    return [
        {"name": one.name, "line": f"{one.level} · {one.days.text}{_unsure(one)}", "url": _url(one)} for one in shown
    ]


def _unsure(one: Procedure) -> str:
    return " · đang đối chiếu" if one.days.is_unverified else ""


def procedure(home: Face, one: Procedure, at: datetime) -> dict[str, Any]:
    """One procedure, whole, with what agencies let out as guides to it. As many queries for one guide as for forty."""
    guided = _guides(one.slug, at)
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "GovernmentService", "name": one.name, "url": whole(_url(one)),
        "serviceType": one.field_name, "provider": {"@type": "GovernmentOrganization", "name": one.by},
        "serviceOperator": {"@type": "GovernmentOrganization", "name": home.name, "url": whole(home.url)},
    }  # fmt: skip
    if heard := [sound for guide in guided for sound in guide["sounds"]]:
        data["subjectOf"] = [recordings.structured(sound, urljoin(whole("/"), sound["url"])) for sound in heard]
    several = [("Nơi nộp trực tiếp", one.where), ("Kết quả", (one.result,)), ("Căn cứ pháp lý", one.law)]
    facts = (one.code, one.who, one.days, one.fee, one.result, *one.papers, *one.where, *one.law)
    return {
        "one": one, "several": [(name, facts) for name, facts in several if facts], "national": NATIONAL,
        "is_unverified": any(fact.is_unverified for fact in facts), "data": data_block(data),
        "guides": guided, "is_heard": bool(heard),
        **shell(home, home, _url(one), place=PROCEDURES),
    }  # fmt: skip


def _guides(slug: str, at: datetime) -> list[dict[str, Any]]:
    """Articles that guide to it with their recordings: those to be heard before those to be read, Vietnamese first."""
    found = guides(slug, at)
    names, files = (
        faces([one.agency for one in found]),
        open_files([file for one in found for file in one.content.files]),
    )
    shown = [_guide(one, files) | {"agency": names[one.agency].name if one.agency in names else ""} for one in found]
    return sorted(shown, key=lambda one: (not one["sounds"], one["language"] != "vi", one["language"]))


def _guide(found: Public, files: dict[str, Card]) -> dict[str, Any]:
    told = tongue(found.language)
    return {
        "title": found.content.title, "url": reverse("portal:article", args=[found.slug]), "language": found.language,
        "tongue": told.name if told else "", "own": told.own if told else "", "at": local(found.since_at),
        "sounds": [
            {"kind": block.kind, "text": block.text, "caption": block.caption}
            | recordings.heard("vi", block, card, attachment_url(found.slug, card))
            for block in found.content.body
            if block.kind == "recording" and (card := files.get(block.file))
        ],
    }  # fmt: skip
