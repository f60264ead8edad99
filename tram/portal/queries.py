"""Every read of the portal: its sites and their generations, names, and the cards by which articles are found."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.urls import reverse

from tram.files.queries import Card, cards_there
from tram.gazette.queries.public import STATUSES, Line, Public, kinds, legal_kinds, public_of, topics, words_of_papers
from tram.gazette.queries.public import agencies as agencies_of_documents
from tram.gazette.queries.public import public_at as document_at
from tram.kernel.actors import ANONYMOUS
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.news.queries import public
from tram.news.queries.public import categories
from tram.organisation.models import AgencyCode, Unit
from tram.outgoing.queries.proofs import texts_of
from tram.portal.models import Scan, Sighting, Site
from tram.portal.rules.addresses import place_word as place_word
from tram.portal.rules.addresses import slug_of
from tram.portal.rules.kept import KEPT as KEPT
from tram.search.queries import Found, search
from tram.search.sockets import CardInput
from tram.voices.queries import PublicDraft, draft_at, drafts_of
from tram.voices.queries import agencies as agencies_of_voices
from tram.voices.queries import public_of as voices_of
from tram.web.addresses import address

KIND, WORD = "portal.article", "tinbai"
DOCUMENT_KIND, DOCUMENT_WORD = "portal.document", "vanbancong"
PAPER_KIND, PAPER_WORD = "portal.paper", "vanbanngoai"
"""What was drafted here, and what was not."""
VOICE_KIND, VOICE_WORD = "portal.voice", "hoidap"
DRAFT_KIND, DRAFT_WORD = "portal.draft", "duthao"
FIGURE_KIND, FIGURE_WORD = "portal.figure", "chitieu"
ADDRESS = re.compile(r"/cong/van-ban/([a-z0-9-]{1,160})")
THING = re.compile(r"(?:(?:outgoing|gazette)\.document|gazette\.paper)/([0-9]{1,18})")
EVERY_SECONDS = 1.0
COMMITTEE = "Ủy ban nhân dân "
PORTAL = "Cổng thông tin điện tử"


@dataclass(frozen=True, slots=True)
class Face:
    """Mặt cổng: the site on which a page stands. `agency` is 0 for the province's, which is read as its committee's (`unit`)."""

    agency: int
    unit: int
    name: str
    url: str
    slug: str = ""


class Generations:
    """Thế hệ trang: the generation of every site, and the sites themselves, read once a second by each process."""

    def __init__(self) -> None:
        self._read = -EVERY_SECONDS
        self._found: dict[int, int] = {}
        self._faces: dict[int, Face] = {}
        self.looks: dict[int, tuple[int, float, dict[str, Any]]] = {}
        """What each site wears (screens.skins): of which generation, since when."""
        self._lock = Lock()

    def now(self) -> dict[int, int]:
        """Agency -> generation; the province's stands under 0. Empty while nothing was ever public.

        While the database is away the last numbers hold, so that what is kept is shown until it is too old.
        """
        with self._lock:
            if monotonic() - self._read >= EVERY_SECONDS:
                try:
                    self._ask()
                except (OperationalError, InterfaceError):
                    connection.close()
                    if not self._found:
                        raise
                self._read = monotonic()
            return self._found

    def faces(self) -> dict[int, Face]:
        """Agency -> site; the province's stands under 0."""
        self.now()
        return self._faces

    def _ask(self) -> None:
        rows = Site.objects.values_list("agency", "generation", "agency__name", "slug")
        sites = [(agency or 0, number, name, slug) for agency, number, name, slug in rows]
        faces = {agency: _face(agency, name, slug) for agency, _, name, slug in sites if agency}
        self._faces = {0: _province()} | faces
        self._found = {agency: number for agency, number, _, _ in sites}

    def forget(self) -> None:
        """Read again at the next question."""
        self._read = -EVERY_SECONDS
        self.looks.clear()


generations = Generations()


def province() -> Face:
    """The province's site, by the name of its committee; without a committee the portal has no other name."""
    return generations.faces()[0]


def _province() -> Face:
    root = Unit.objects.filter(parent=None, is_agency=True, abolished_on=None).order_by("pk").first()
    name = root.name.removeprefix(COMMITTEE) if root and root.name.startswith(COMMITTEE) else ""
    return Face(0, root.pk if root else 0, f"{PORTAL} {name}".strip(), address("portal:front"))


def site_at(slug: str) -> Face:
    """The site of an agency by its address; Hidden when there is none."""
    found = Site.objects.select_related("agency").exclude(agency=None).filter(slug=_word(slug)).first()
    if found is None or found.agency is None:
        raise Hidden
    return _face(found.agency_id or 0, found.agency.name, slug)


def site_by_code(code: str, at: datetime) -> str:
    """The address of the site of the agency that bears this code today; Hidden when there is none."""
    day = local_day(at)
    bearers = AgencyCode.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, code__iexact=_word(code))
    slug = Site.objects.filter(agency__in=bearers.values("unit")).values_list("slug", flat=True).first()
    if slug is None:
        raise Hidden
    return slug


def _word(text: str) -> str:
    """What a visitor typed as a part of an address; Hidden for letters that no table can hold."""
    if "\x00" in text:
        raise Hidden
    return text


def faces(agencies: Iterable[int]) -> dict[int, Face]:
    """The sites of agencies, as pages show them: agency -> site. No query."""
    known = generations.faces()
    return {agency: known[agency] for agency in agencies if agency in known}


def _faces_now(agencies: Sequence[int]) -> dict[int, Face]:
    """The same as they are in this transaction: for what is written. One query."""
    rows = Site.objects.filter(agency__in=agencies).values_list("agency", "agency__name", "slug")
    return {agency: _face(agency, name, slug) for agency, name, slug in rows if agency}


def site_of(agency: int, home: Face) -> Face:
    """The site of an agency; the province's, `home`, where it has none."""
    return faces([agency]).get(agency, home)


def all_faces(at: datetime) -> list[Face]:
    """The sites on which something is public, in the order of the organisation."""
    rows = Site.objects.filter(
        agency__in={*public.agencies(at), *agencies_of_documents(), *agencies_of_voices()}
    ).order_by("agency__order", "agency__search_key")
    return [_face(agency or 0, name, slug) for agency, name, slug in rows.values_list("agency", "agency__name", "slug")]


def faces_with_documents() -> list[Face]:
    """The sites of agencies of which a letter is public, in the order of the organisation. One query."""
    rows = Site.objects.filter(agency__in=agencies_of_documents()).order_by("agency__order", "agency__search_key")
    return [_face(agency or 0, name, slug) for agency, name, slug in rows.values_list("agency", "agency__name", "slug")]


def _face(agency: int, name: str, slug: str) -> Face:
    return Face(agency, agency, name, address("portal:site", slug), slug)


@cache
def category_slugs() -> dict[str, str]:
    """The word of each category in addresses -> its code."""
    return {slug_of(name): code for code, name in categories().items()}


@cache
def slug_of_category(code: str) -> str:
    """The word of a category in addresses; "" for one that is in the catalogue no more."""
    return next((slug for slug, own in category_slugs().items() if own == code), "")


def is_open() -> bool:
    """Whether anything was ever public here: before that there is no portal to show."""
    return bool(generations.now())


def open_files(ids: Sequence[UUID]) -> dict[str, Card]:
    """The files of an article that everybody may see: not those that are destroyed, nor those locked for a stamp of secrecy."""
    return {str(card.id): card for card in cards_there(ids) if not card.is_locked} if ids else {}


def file_shown(slug: str, key: UUID, at: datetime, *kinds: str) -> Card:
    """A file that the open row of an article shows in a block of one of these kinds; Hidden in every other case."""
    found = public.public_at(slug, at)
    shown = isinstance(found, public.Public) and any(
        block.kind in kinds and block.file == str(key) for block in found.content.body
    )
    card = open_files([key]).get(str(key)) if shown else None
    if card is None:
        raise Hidden
    return card


def cards(articles: Sequence[int], at: datetime) -> list[CardInput]:
    """The search cards of those of these articles that are public; everybody may find them, by what their pages show."""
    found = public.public_of(articles, at)
    names = _faces_now([one.agency for one in found])
    files = open_files([file for one in found for file in one.content.files])
    return [
        CardInput(
            kind=KIND, key=one.article, at=one.told_at, title=one.content.title, readers=("public",),
            url=reverse("portal:article", args=[one.slug]), agency=one.agency, line=one.content.lead,
            body=" ".join([*(b.words for b in one.content.body if not b.file or b.file in files), one.content.byline]),
            sender=names[one.agency].name if one.agency in names else "",
        )
        for one in found
    ]  # fmt: skip


def document_cards(at: datetime, *, letters: Sequence[int] = (), papers: Sequence[int] = ()) -> list[CardInput]:
    """The search cards of those of these letters and papers that are public, by what their pages show."""
    found = public_of(at, letters=letters, papers=papers)
    names = _faces_now([line.agency for line in found])
    texts, words = texts_of([line.letter for line in found]), words_of_papers([line.paper for line in found])
    return [
        CardInput(
            kind=PAPER_KIND if line.paper else DOCUMENT_KIND, key=line.paper or line.letter, at=line.since_at,
            title=line.subject[:1].upper() + line.subject[1:], readers=("public",), url=_document_url(line),
            agency=line.agency, number=line.code, body=words.get(line.paper, "") or texts.get(line.letter, ""),
            line=f"{line.title} ngày {line.issued_date:%d/%m/%Y}",
            sender=line.issuer or (names[line.agency].name if line.agency in names else ""),
        )
        for line in found
    ]  # fmt: skip


def voice_cards(voices: Sequence[int]) -> list[CardInput]:
    """The search cards of those of these questions that are public, by what their pages show."""
    found = voices_of(voices)
    names = _faces_now([line.agency for line in found])
    return [
        CardInput(
            kind=VOICE_KIND, key=line.voice, at=line.first_at, title=line.title, readers=("public",), agency=line.agency,
            url=reverse("portal:question", args=[line.slug]), line=line.text[:300], body=f"{line.text}\n{line.answer}",
            sender=names[line.agency].name if line.agency in names else "",
        )
        for line in found
    ]  # fmt: skip


def _document_url(line: Line) -> str:
    return reverse("portal:document", args=[line.slug])


def document_address(text: str) -> str:
    """The slug of the document whose address on this portal is all that a text says; "" for any other text."""
    told = ADDRESS.fullmatch(text.removeprefix(settings.TRAM_PUBLIC_URL.rstrip("/")))
    return told[1] if told else ""


def document_titles(names: Sequence[str], at: datetime) -> dict[str, tuple[str, str]]:
    """Of documents that are public, by the ref of their letter or paper or by their address: what it is called, its page.

    No query where no name is one of these.
    """
    things = {name: int(told[1]) for name in names if (told := THING.fullmatch(name))}
    slugs = {name: slug for name in names if (slug := document_address(name))}
    letters = {name: key for name, key in things.items() if "paper" not in name}
    papers = {name: key for name, key in things.items() if "paper" in name}
    found = (
        public_of(at, letters=list(letters.values()), papers=list(papers.values()), slugs=list(slugs.values()))
        if things or slugs
        else []
    )
    return {
        name: (f"{line.title}: {line.subject}", _document_url(line))
        for line in found
        for name in names
        if slugs.get(name) == line.slug or letters.get(name) == line.letter or papers.get(name) == line.paper
    }


def document_files(found: Public) -> list[Card]:
    """The files of a public document as they were agreed to: not those that are destroyed, locked or other bytes by now."""
    there = open_files([key for key, _ in found.files])
    cards = ((there.get(str(key)), agreed) for key, agreed in found.files)
    return [card for card, agreed in cards if card and card.sha256 == agreed]


def draft_files(found: PublicDraft) -> list[Card]:
    """The file of a public draft as it was agreed to; none where it is destroyed, locked or other bytes by now."""
    cards = open_files([found.file] if found.file else []).values()
    return [card for card in cards if card.sha256 == found.file_sha256]


def draft_file(address: str, key: UUID) -> Card:
    """A file of a draft that is public; Hidden in every other case."""
    found = draft_at(_word(address))
    shown = draft_files(found) if isinstance(found, PublicDraft) else []
    card = next((card for card in shown if card.id == key), None)
    if card is None:
        raise Hidden
    return card


def draft_cards(keys: Sequence[int]) -> list[CardInput]:
    """The search cards of those of these drafts that are public, by what their pages show."""
    found = drafts_of(keys)
    names = _faces_now([line.agency for line in found])
    return [
        CardInput(
            kind=DRAFT_KIND, key=line.draft, at=line.since_at, title=line.title, readers=("public",), agency=line.agency,
            url=reverse("portal:draft", args=[line.slug]), line=f"Dự thảo {line.kind_name}", body=line.purpose,
            sender=names[line.agency].name if line.agency in names else "",
        )
        for line in found
    ]  # fmt: skip


def document_file(address: str, key: UUID, at: datetime) -> Card:
    """A file of a document that is public; Hidden in every other case."""
    found = document_at(_word(address), at)
    shown = document_files(found) if isinstance(found, Public) else []
    card = next((card for card in shown if card.id == key), None)
    if card is None:
        raise Hidden
    return card


@cache
def kind_titles() -> dict[str, str]:
    """Kinds of documents as lists name them; of two with one name that of a legal text says so: code -> name."""
    legal, taken = legal_kinds(), [name for code, name in kinds().items() if code not in legal_kinds()]
    return {code: f"{name} (QPPL)" if code in legal and name in taken else name for code, name in kinds().items()}


@cache
def words_of_filters() -> dict[str, dict[str, str]]:
    """Each way to narrow a list of documents: code -> its word in addresses."""
    return {
        "kind": {code: slug_of(name) for code, name in kind_titles().items()},
        "topic": {code: slug_of(name) for code, name in topics().items()},
        "status": {code: word for code, (word, _name) in STATUSES.items()},
    }


ALL_KINDS, ARTICLES, DOCUMENTS, VOICES, DRAFTS, FIGURES = "", "tin-bai", "van-ban", "hoi-dap", "du-thao", "so-lieu"
ASKED_FOR = {
    ALL_KINDS: (WORD, DOCUMENT_WORD, PAPER_WORD, VOICE_WORD, DRAFT_WORD, FIGURE_WORD), ARTICLES: (WORD,),
    DOCUMENTS: (DOCUMENT_WORD, PAPER_WORD), VOICES: (VOICE_WORD,), DRAFTS: (DRAFT_WORD,),
    FIGURES: (FIGURE_WORD,),
}  # fmt: skip


def found(text: str, place: str, at: datetime, what: str = ALL_KINDS) -> Found:
    """Public articles, documents, drafts, figures and answered questions with these words, for a visitor without any right; other things stay unasked.

    `what`: one of `ASKED_FOR`.
    """
    kinds = " ".join(f"loai:{word}" for word in ASKED_FOR.get(what, ASKED_FOR[ALL_KINDS]))
    return search(actor=ANONYMOUS, at=at, text=f"{kinds} {text}", place=place)


SCANNED_EVERY = timedelta(hours=20)


def is_scan_due(at: datetime) -> bool:
    """Whether the portal is to be looked through: a scan is on its way, or none began for most of a day."""
    if not Site.objects.exists():
        return False
    last = last_scan()
    return last is None or last.ended_at is None or last.began_at < at - SCANNED_EVERY


def last_scan(*, is_whole: bool = False) -> Scan | None:
    """The scan that began last; with `is_whole` the last that came to its end."""
    found = Scan.objects.exclude(ended_at=None) if is_whole else Scan.objects.all()
    return found.order_by("-pk").first()


def sightings(limit: int = 200) -> list[Sighting]:
    """What was seen and neither is gone nor settled, the worst first."""
    return list(Sighting.objects.filter(gone_at=None, settled_at=None).order_by("-is_bad", "pk")[:limit])
