"""What the portal writes: what was kept of pages holds no more, and the article or document is found anew, or no more."""

from datetime import datetime

from django.db import connection
from django.db.models import F, Q

from tram.audit.commands import atomic
from tram.kernel.actors import Actor
from tram.kernel.refs import parse_ref
from tram.organisation.models import Unit
from tram.portal.models import Site
from tram.portal.policy import may_refresh
from tram.portal.queries import (
    DOCUMENT_KIND,
    DRAFT_KIND,
    FIGURE_KIND,
    KIND,
    PAPER_KIND,
    VOICE_KIND,
    cards,
    document_cards,
    draft_cards,
    voice_cards,
)
from tram.portal.rules.addresses import slug_of
from tram.portal.screens.figured import figure_cards
from tram.search.commands import put, remove
from tram.search.sockets import CardInput

UNRECORDED = {
    "refresh": "the command of the news that publishes leaves the record; pages and cards are derived from it",
    "refresh_site": "the command that publishes, or that seats somebody, leaves the record; pages are derived from it",
    "redress": "the command that lets a skin out leaves the record; pages are derived from it",
    "refresh_figures": "the command that approves or withdraws leaves the record; pages and cards are derived from it",
    "reoffer": "the command that offers mail or ends it leaves the record; pages are derived from it",
    "outdate": "the command that publishes figures leaves the record; pages are derived from it",
    "refresh_voice": "the command of the questions leaves the record; pages and cards are derived from it",
    "refresh_draft": "the command of the drafts leaves the record; pages and cards are derived from it",
    "refresh_document": "the command that publishes or takes back leaves the record; pages and cards are derived from it",
}
RAISE = (
    "INSERT INTO portal_site (agency_id, slug, generation) VALUES (%s, %s, 1)"
    " ON CONFLICT (agency_id) DO UPDATE SET generation = portal_site.generation + 1"
)
BELOW = """
WITH RECURSIVE below AS (
    SELECT %s::bigint AS id UNION SELECT u.id FROM organisation_unit u JOIN below ON u.parent_id = below.id
)
UPDATE portal_site SET generation = generation + 1 WHERE agency_id IN (SELECT id FROM below)
"""


@atomic
def refresh(*, actor: Actor, at: datetime, article: int, agency: int) -> None:
    """What is public of an article has changed: a new generation of its agency's site and of the province's."""
    may_refresh(actor).or_refuse()
    _raise(agency)
    _find(actor, at, KIND, article, cards([article], at))


@atomic
def refresh_document(*, actor: Actor, at: datetime, ref: str, agency: int, is_less: bool) -> None:
    """The same of an official document. `is_less`: an article on any site may name what is public no more, so each is made anew."""
    may_refresh(actor).or_refuse()
    _raise(agency)
    if is_less:
        _raise_others(agency)
    thing = parse_ref(ref)
    if thing.kind == "paper":
        _find(actor, at, PAPER_KIND, thing.pk, document_cards(at, papers=[thing.pk]))
    else:
        _find(actor, at, DOCUMENT_KIND, thing.pk, document_cards(at, letters=[thing.pk]))


@atomic
def refresh_figures(*, actor: Actor, at: datetime, series: int, agency: int) -> None:
    """The same of an indicator: a front and an article on any site may show its figure, so each is made anew."""
    may_refresh(actor).or_refuse()
    _raise(agency)
    _raise_others(agency)
    _find(actor, at, FIGURE_KIND, series, figure_cards([series]))


@atomic
def refresh_voice(*, actor: Actor, at: datetime, voice: int, agency: int) -> None:
    """The same of a question and its answer."""
    may_refresh(actor).or_refuse()
    _raise(agency)
    _find(actor, at, VOICE_KIND, voice, voice_cards([voice]))


@atomic
def refresh_draft(*, actor: Actor, at: datetime, draft: int, agency: int) -> None:
    """The same of a draft put to the public."""
    may_refresh(actor).or_refuse()
    _raise(agency)
    _find(actor, at, DRAFT_KIND, draft, draft_cards([draft]))


@atomic
def refresh_site(*, actor: Actor, at: datetime, agency: int) -> None:
    """What is public of an agency, its people or its week has changed: a new generation of its site and of the province's."""
    may_refresh(actor).or_refuse()
    _raise(agency)


@atomic
def redress(*, actor: Actor, at: datetime, agency: int) -> None:
    """A site looks otherwise: a new generation of it and of every site below it. A look alone opens no site."""
    may_refresh(actor).or_refuse()
    # The province's row first, as whoever publishes takes it.
    Site.objects.filter(agency=None).update(generation=F("generation") + 1)
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [agency])


@atomic
def reoffer(*, actor: Actor, at: datetime) -> None:
    """Mail is offered to readers, or no more: a new generation of every site, the province's first."""
    may_refresh(actor).or_refuse()
    Site.objects.filter(agency=None).update(generation=F("generation") + 1)
    Site.objects.exclude(agency=None).update(generation=F("generation") + 1)


def _raise(agency: int) -> None:
    with connection.cursor() as cursor:
        # The province's row first: whoever waits for it sees every site that was begun before theirs.
        cursor.execute(RAISE, [None, ""])
        is_known = Site.objects.filter(agency=agency).exists()
        cursor.execute(RAISE, [agency, "" if is_known else _new_slug(agency)])


def _raise_others(agency: int) -> None:
    """Every site but the province's and this agency's."""
    Site.objects.exclude(Q(agency=None) | Q(agency=agency)).update(generation=F("generation") + 1)


def _find(actor: Actor, at: datetime, kind: str, key: int, found: list[CardInput]) -> None:
    if found:
        put(actor=actor, at=at, card=found[0])
    else:
        remove(actor=actor, at=at, kind=kind, key=key)


@atomic
def outdate(*, actor: Actor, at: datetime) -> None:
    """Figures of the province's site were published: a new generation of it. Figures alone open no portal."""
    may_refresh(actor).or_refuse()
    Site.objects.filter(agency=None).update(generation=F("generation") + 1)


def _new_slug(agency: int) -> str:
    slug = slug_of(Unit.objects.values_list("name", flat=True).get(pk=agency))
    return f"{slug}-{agency}" if not slug or Site.objects.filter(slug=slug).exists() else slug
