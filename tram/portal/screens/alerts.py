"""What the pages show on which readers ask for mail, confirm, choose anew and stop."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from tram.alerts.queries import EVERYWHERE, agency_names, settled, topic_of, topic_word, topics
from tram.kernel.verdicts import Hidden
from tram.portal.queries import Face, all_faces, province, site_at
from tram.portal.screens.articles import shell

EVERY_AGENCY = "Cả tỉnh"


def site_named(slug: str) -> Face:
    """The site of an agency by its address; the province's for any other word."""
    try:
        return site_at(slug) if slug else province()
    except Hidden:
        return province()


def offered(site: Face, chosen: Collection[str], at: datetime) -> dict[str, Any]:
    """The form on which somebody asks: the topics of one site, and the others that there are to choose from."""
    return {
        "groups": groups([site.agency], chosen), "settled": settled(), "sites": all_faces(at), "slug": site.slug,
        **around(site),
    }  # fmt: skip


def chosen(site: Face, words: Collection[str], at: datetime, here: str) -> dict[str, Any]:
    """The form on which somebody confirms, or chooses anew: what they chose of every site, and what there is of one more."""
    told = {found[1] for word in words if (found := topic_of(word))}
    shown = sorted({EVERYWHERE, site.agency, *told})
    return {
        "groups": groups(shown, words), "settled": settled(), "sites": all_faces(at), "slug": site.slug, "here": here,
        **around(site),
    }  # fmt: skip


def sent(site: Face) -> dict[str, Any]:
    """That a mail is on its way, or is not: nobody is told which."""
    return {"settled": settled(), **around(site)}


def around(site: Face) -> dict[str, Any]:
    """What stands round each of these pages."""
    return shell(province(), site, reverse("portal:alerts"))


def groups(agencies: Iterable[int], chosen: Collection[str]) -> list[dict[str, Any]]:
    """The topics of these agencies, as boxes to tick."""
    names = {EVERYWHERE: EVERY_AGENCY} | agency_names(agency for agency in agencies if agency != EVERYWHERE)
    return [
        {
            "name": names[agency],
            "rows": [
                {"value": word, "name": name, "is_chosen": word in chosen}
                for code, name in topics().items()
                if (word := topic_word(code, agency))
            ],
        }
        for agency in agencies
        if agency in names
    ]
