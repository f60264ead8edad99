"""What the pages of procedures show: the list by field, one procedure as somebody reads it who wants to do it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from tram.portal.queries import Face
from tram.portal.rules.procedures import Procedure, found, procedures, whole_words
from tram.portal.rules.telling import data_block
from tram.portal.screens.articles import PROCEDURES, shell, whole

NAMED = 4
NATIONAL = "https://dichvucong.gov.vn"
"""Where citizens hand in since 01/07/2025 (NĐ 118/2025/NĐ-CP)."""


def listing(home: Face, text: str = "") -> dict[str, Any]:
    """Every procedure, or those with these words, by field."""
    shown = found(text) if text else procedures().values()
    return {
        "fields": _fields(shown),
        "typed": text,
        **shell(home, home, reverse("portal:procedures"), place=PROCEDURES),
    }


def _fields(shown: Iterable[Procedure]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (name, [{"url": _url(one), "name": one.name, "days": one.days, "level": one.level} for one in rows])
        for name, rows in groupby(shown, key=lambda one: one.field_name)
    ]


def _url(one: Procedure) -> str:
    return reverse("portal:procedure", args=[one.slug])


def named(text: str) -> list[dict[str, str]]:
    """The first procedures in whose name, code or field every word stands whole: for the search of everything. No query."""
    shown = whole_words(text)[:NAMED]
    return [{"name": one.name, "line": f"{one.level} · {one.days.text}", "url": _url(one)} for one in shown]


def procedure(home: Face, one: Procedure) -> dict[str, Any]:
    """One procedure, whole."""
    data = {
        "@context": "https://schema.org", "@type": "GovernmentService", "name": one.name, "url": whole(_url(one)),
        "serviceType": one.field_name, "provider": {"@type": "GovernmentOrganization", "name": one.by},
        "serviceOperator": {"@type": "GovernmentOrganization", "name": home.name, "url": whole(home.url)},
    }  # fmt: skip
    several = [("Nơi nộp trực tiếp", one.where), ("Kết quả", (one.result,)), ("Căn cứ pháp lý", one.law)]
    facts = (one.code, one.who, one.days, one.fee, one.result, *one.papers, *one.where, *one.law)
    return {
        "one": one, "several": [(name, facts) for name, facts in several if facts], "national": NATIONAL,
        "is_unverified": any(fact.is_unverified for fact in facts), "data": data_block(data),
        **shell(home, home, _url(one), place=PROCEDURES),
    }  # fmt: skip
