"""What the doors alone ask: where a letter was cut from, what became of a scan, the row for the secret book, a book."""

from datetime import date
from typing import Any

from django.db.models import F

from tram.documents.models import Incoming, Part, SplitProposal
from tram.documents.policy import may_print_book
from tram.documents.rules import BOOK_NAMES
from tram.documents.states import BEFORE_THE_BOOK, NAMES, Channel, State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation import queries as organisation
from tram.organisation.queries import BookRow


def origin(document: int) -> dict[str, Any] | None:
    """The paper that this letter was cut from: original, name, pages, sha256; None for a letter that came by itself."""
    found = Part.objects.filter(document=document).values(
        "original", "pages", sha256=F("original_sha256"), name=F("original__files__file__name")
    )
    row = found.first()
    return dict(row) if row else None


def parts(document: int) -> list[dict[str, Any]]:
    """The letters cut from a paper, in the order of pages: key, pages, state, state_name, number."""
    rows = Part.objects.filter(original=document).exclude(document__state=State.REJOINED).order_by("pk")
    found = rows.values("pages", key=F("document"), state=F("document__state"), number=F("document__arrival_number"))
    return [{**row, "state_name": NAMES[State(row["state"])]} for row in found]


def split_proposal(document: int) -> tuple[dict[int, str], dict[int, str]]:
    """Pages on which letters seem to begin and pages that fall away, each with its reason; empty when not looked at."""
    found = SplitProposal.objects.filter(document=document).values_list("starts", "drops").first()
    starts, drops = ({int(page): why for page, why in told.items()} for told in found or ({}, {}))
    return starts, drops


def last_stub(agency: int) -> int | None:
    """The last empty row that waits for the secret book."""
    waiting = Incoming.objects.filter(agency=agency, channel=Channel.PAPER, state__in=BEFORE_THE_BOOK, secrecy__gt=0)
    return waiting.order_by("-pk").values_list("pk", flat=True).first()


def book_of(actor: Actor, code: str, year: int, on: date) -> BookRow:
    """A book of the acting agency, for whoever may print it. Who may not is Refused, whether it is there or not.

    Raises Hidden when it is not there.
    """
    found = organisation.book(actor.agency, code, year)
    is_secret = found is not None and found.is_secret
    may_print_book(actor, actor.agency, on, is_secret=is_secret).or_refuse()
    if found is None or code not in BOOK_NAMES:
        raise Hidden
    return found


def book_days(agency: int, code: str, year: int, first: int, last: int) -> tuple[date | None, date | None]:
    """On which days the first and the last paper between two numbers of a book arrived."""
    rows = Incoming.objects.filter(agency=agency, book_code=code, year=year, arrival_number__range=(first, last))
    days = rows.values_list("arrival_date", flat=True)
    return days.order_by("arrival_number").first(), days.order_by("-arrival_number").first()
