"""What the portal plugs into lower rooms: it is told what changes in public, makes the cards of it, says what its pages are called."""

import re
from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tram.gazette.queries.public import public_letters, public_papers
from tram.gazette.queries.public import public_of as documents_of
from tram.indicators.queries.figures import public_series, shown_of
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.refs import ref_of
from tram.news.queries.public import public_articles, public_of
from tram.notifications.sockets import Phrase, Push
from tram.portal import queries
from tram.portal.commands.refresh import (
    outdate,
    redress,
    refresh,
    refresh_document,
    refresh_draft,
    refresh_figures,
    refresh_site,
    refresh_voice,
    reoffer,
)
from tram.portal.queries import cards, document_cards, draft_cards, generations, voice_cards
from tram.portal.rules.kept import shelf_of
from tram.portal.rules.procedures import procedures
from tram.portal.screens.articles import given
from tram.portal.screens.figured import figure_cards
from tram.search.sockets import CardInput, Kind
from tram.visits.sockets import Page
from tram.voices.queries import drafts_of, public_drafts, public_voices
from tram.voices.queries import public_of as voices_of

NOTICES = {
    "portal.seen": Phrase(
        "Tự kiểm cổng thấy điều lạ", "Tự kiểm cổng, {place}: {sentence}", "Tự kiểm cổng thấy điều lạ.", Push.WAITS
    )
}
HERE = ("/cong", "/sitemap.xml")
ARTICLE = re.compile(r"news\.article/([0-9]{1,18})")
DOCUMENT = re.compile(r"gazette\.(document|paper)/([0-9]{1,18})")
VOICE = re.compile(r"voices\.voice/([0-9]{1,18})")
SERIES = re.compile(r"indicators\.series/([0-9]{1,18})")
DRAFT = re.compile(r"voices\.draft/([0-9]{1,18})")


def lying_ready(request: HttpRequest) -> HttpResponse | None:
    """A public page that was kept and holds still (web.ready); None for any other address and for what is to be made."""
    if not request.path.startswith(HERE):
        return None
    request.get_host()  # a name that is not ours is refused, as it is everywhere
    shelf, address = shelf_of(request.path, request.GET.get("sau", ""))
    try:
        page = shelf.find(address, generations.now(), monotonic())
    except (OperationalError, InterfaceError):
        return None
    return given(request, page) if page else None


class Pages:
    """Pages that were kept hold no more (news.faces)."""

    def changed(self, *, actor: Actor, at: datetime, article: int, agency: int) -> None:
        """In the transaction that publishes."""
        refresh(actor=actor, at=at, article=article, agency=agency)


def procedure_names() -> dict[str, str]:
    """The procedures to which an article may be the guide (news.guided)."""
    return {one.slug: one.name for one in procedures().values()}


class Sites:
    """Pages about an agency, its people, its week that were kept hold no more (contacts.faces, agendas.faces)."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """In the transaction that publishes, takes back, or seats somebody."""
        refresh_site(actor=actor, at=at, agency=agency)


class Wearers:
    """Pages of a site, and of those that take after it, that were kept hold no more (skins.wearers)."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """In the transaction that lets a skin out or takes it back."""
        redress(actor=actor, at=at, agency=agency)


class Mail:
    """Every page that was kept holds no more: at its foot mail is offered, or is not (alerts.faces)."""

    def changed(self, *, actor: Actor, at: datetime) -> None:
        """In the transaction that offers it or ends it."""
        reoffer(actor=actor, at=at)


class Rankings:
    """The pages of open data that were kept hold no more (visits.boards)."""

    def published(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """In the transaction that publishes."""
        outdate(actor=actor, at=at)


class ArticleCards:
    """Every public article's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` articles that are public; one that is not has none."""
        at = clock.now()
        return cards(public_articles(at, since_pk, limit), at)


class ArticlePages:
    """Which articles everybody may see now, for whoever counts and rates pages (visits.shown)."""

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Those that are public: one query. A stranger may have written what is asked for."""
        keys = [int(told[1]) for page in pages if (told := ARTICLE.fullmatch(page))]
        found = public_of(keys, clock.now()) if keys else []
        return {
            ref_of("news", "article", one.article): Page(
                one.content.title, reverse("portal:article", args=[one.slug]), one.agency, one.takes_ratings
            )
            for one in found
        }


class DocumentPages:
    """The same for official documents (gazette.faces)."""

    def changed(self, *, actor: Actor, at: datetime, ref: str, agency: int, is_less: bool) -> None:
        """In the transaction that publishes or takes back."""
        refresh_document(actor=actor, at=at, ref=ref, agency=agency, is_less=is_less)


class DocumentCards:
    """Every public document's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` letters that are public; one that is not has none."""
        return document_cards(clock.now(), letters=public_letters(since_pk, limit))


class PaperCards:
    """The same of those that were not drafted here."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` papers that are public; one that is not has none."""
        return document_cards(clock.now(), papers=public_papers(since_pk, limit))


class ShownDocuments:
    """Which official documents everybody may see now, for whoever counts pages (visits.shown)."""

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Those that are public: one query. A stranger may have written what is asked for."""
        told = [named for page in pages if (named := DOCUMENT.fullmatch(page))]
        letters = [int(one[2]) for one in told if one[1] == "document"]
        papers = [int(one[2]) for one in told if one[1] == "paper"]
        found = documents_of(clock.now(), letters=letters, papers=papers) if told else []
        return {line.ref: Page(line.title, reverse("portal:document", args=[line.slug]), line.agency) for line in found}


class VoicePages:
    """The same for questions and answers (voices.faces)."""

    def changed(self, *, actor: Actor, at: datetime, voice: int, agency: int) -> None:
        """In the transaction that publishes or takes back."""
        refresh_voice(actor=actor, at=at, voice=voice, agency=agency)

    def draft_changed(self, *, actor: Actor, at: datetime, draft: int, agency: int) -> None:
        """In the transaction that publishes or takes back."""
        refresh_draft(actor=actor, at=at, draft=draft, agency=agency)


class VoiceCards:
    """Every public question's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` questions that are public; one that is not has none."""
        return voice_cards(public_voices(since_pk, limit))


class ShownVoices:
    """Which questions everybody may see now, for whoever counts pages (visits.shown)."""

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Those that are public: one query. A stranger may have written what is asked for."""
        keys = [int(told[1]) for page in pages if (told := VOICE.fullmatch(page))]
        found = voices_of(keys) if keys else []
        return {
            ref_of("voices", "voice", line.voice): Page(
                line.title, reverse("portal:question", args=[line.slug]), line.agency
            )
            for line in found
        }


class DraftCards:
    """Every public draft's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` drafts that are public; one that is not has none."""
        return draft_cards(public_drafts(since_pk, limit))


class ShownDrafts:
    """Which drafts everybody may see now, for whoever counts pages (visits.shown)."""

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Those that are public: one query. A stranger may have written what is asked for."""
        keys = [int(told[1]) for page in pages if (told := DRAFT.fullmatch(page))]
        found = drafts_of(keys) if keys else []
        return {
            ref_of("voices", "draft", line.draft): Page(
                line.title, reverse("portal:draft", args=[line.slug]), line.agency
            )
            for line in found
        }


class Figures:
    """Which indicators everybody may see now: their pages, their cards, their names (indicators.faces, search.sources, visits.shown)."""

    def changed(self, *, actor: Actor, at: datetime, series: int, agency: int) -> None:
        """In the transaction that approves or withdraws."""
        refresh_figures(actor=actor, at=at, series=series, agency=agency)

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` series that are public; one that is not has none."""
        return figure_cards(public_series(since_pk, limit))

    def public(self, pages: Iterable[str]) -> dict[str, Page]:
        """Those that are public: two queries. A stranger may have written what is asked for."""
        keys = [int(told[1]) for page in pages if (told := SERIES.fullmatch(page))]
        found = shown_of(keys=keys) if keys else []
        return {
            line.ref: Page(line.title, reverse("portal:indicator", args=[line.slug]), line.agency) for line in found
        }


SOURCES = {
    queries.KIND: Kind(queries.WORD, "Tin bài trên cổng", "globe", ArticleCards()),
    queries.DOCUMENT_KIND: Kind(queries.DOCUMENT_WORD, "Văn bản trên cổng", "globe", DocumentCards()),
    queries.PAPER_KIND: Kind(queries.PAPER_WORD, "Văn bản đưa lên cổng", "globe", PaperCards()),
    queries.VOICE_KIND: Kind(queries.VOICE_WORD, "Hỏi đáp trên cổng", "globe", VoiceCards()),
    queries.DRAFT_KIND: Kind(queries.DRAFT_WORD, "Dự thảo trên cổng", "globe", DraftCards()),
    queries.FIGURE_KIND: Kind(queries.FIGURE_WORD, "Số liệu trên cổng", "chart", Figures()),
}
"""What of the portal the search finds (search.sources)."""
