"""What the doors alone ask: where a letter was cut from, what became of a scan, the row for the secret book."""

from datetime import date
from typing import Any

from django.db.models import F

from tram.documents import queries
from tram.documents.models import Incoming, Part, SplitProposal
from tram.documents.states import BEFORE_THE_BOOK, NAMES, Channel, State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import WrongState


def scan(actor: Actor, agency: int, pk: int, on: date) -> Incoming:
    """A paper of this agency's desk that may be split, or was; Hidden for strangers, WrongState when it left the desk."""
    found = queries.one(actor, pk, on)
    if found.agency_id != agency or found.state not in (*BEFORE_THE_BOOK, State.SPLIT):
        raise WrongState("Văn bản này đã rời bàn văn thư: có người vừa vào sổ hoặc trả lại.")
    return found


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


def stubs(agency: int) -> set[int]:
    """The empty rows that wait for the secret book."""
    waiting = Incoming.objects.filter(agency=agency, channel=Channel.PAPER, state__in=BEFORE_THE_BOOK, secrecy__gt=0)
    return set(waiting.values_list("pk", flat=True))
