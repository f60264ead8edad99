"""What is shown in other languages than Vietnamese: lists of what was translated, and the English face of an article."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from tram.kernel.clock import local
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import Place, language, public
from tram.portal.queries import faces, province
from tram.portal.rules.addresses import place_word
from tram.portal.rules.english import ENGLISH as ENGLISH
from tram.portal.rules.english import day, moment
from tram.portal.screens.articles import shell


def address(code: str) -> str:
    """The list of what exists in a language."""
    return reverse("portal:english") if code == ENGLISH else reverse("portal:language", args=[code])


def listing(code: str, at: datetime, after: Place | None = None) -> dict[str, Any]:
    """One page of what is public in a language, the newest first; Hidden for one in which nothing is, but for English."""
    known = language(code)
    lines, following = public(at, language=code, after=after)
    if known is None or (not lines and code != ENGLISH):
        raise Hidden
    home, names, url = province(), faces(list({line.agency for line in lines})), address(code)
    rows = [
        {
            "url": reverse("portal:article", args=[line.slug]), "title": line.title, "lead": line.lead,
            "at": local(line.told_at), "day": day(local(line.told_at)),
            "agency": names[line.agency].name if line.agency in names else "",
        }
        for line in lines
    ]  # fmt: skip
    older = f"{url}?sau={place_word(following)}" if following else ""
    return {"language": known, "rows": rows, "older": older, "newest": url if after else "", **shell(home, home, url)}


def in_english(context: dict[str, Any]) -> dict[str, Any]:
    """The context of an article with its days in English."""
    told = {name: moment(context[name]) if context[name] else "" for name in ("published_at", "changed_at")}
    return context | {
        "published": told["published_at"], "changed": told["changed_at"],
        "event": day(context["event_on"]) if context["event_on"] else "",
        "corrections": [one | {"said_at": moment(one["at"])} for one in context["corrections"]],
        "english_url": address(ENGLISH),
    }  # fmt: skip
