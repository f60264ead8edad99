"""What outsiders may know of a letter that left: that it is ours, who signed it, and whether it still stands."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from tram.kernel.clock import local
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import is_restricted, kinds
from tram.outgoing.states import OUT, Relation, State, Way
from tram.signing.queries import acts_about


@dataclass(frozen=True, slots=True)
class Signed:
    """Một chữ ký: who, as it stands on the paper, how and when (None for a hand on paper)."""

    who: str
    how: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Proved:
    """Văn bản đã xác minh. `subject` is "" where outsiders are not told; `standing`: what became of it, in words."""

    agency: str
    kind_name: str
    code: str
    issued_date: date | None
    subject: str
    signers: tuple[Signed, ...]
    standing: str
    is_in_force: bool


def proved_by_code(code: str) -> Proved | None:
    """The letter that bears a code and has left; None alike for a code that nobody gave and one not out yet."""
    return _proved(Outgoing.objects.filter(proof_code=code)) if code else None


def proved_by_file(sha256: str) -> Proved | None:
    """The letter whose issued page has this hash (SHA-256, hex): the file is ours, byte for byte."""
    return _proved(Outgoing.objects.filter(paper__blob=sha256))


def _proved(found: QuerySet[Outgoing]) -> Proved | None:
    document = found.filter(issued_at__isnull=False).select_related("agency").order_by("pk").first()
    if document is None:
        return None
    is_open = not is_restricted(document.field) and document.recipients.exclude(way=Way.INTERNAL).exists()
    return Proved(
        document.agency.name, kinds()[document.kind].name, document.code, document.issued_date,
        document.subject if is_open else "", _signers(document), _standing(document), document.state in OUT,
    )  # fmt: skip


def _signers(document: Outgoing) -> tuple[Signed, ...]:
    """The person in their capacity; of the seal the agency alone, whoever held it; annexes bear their own."""
    if document.is_on_paper:
        who = f"{document.authority} {document.signer_position} {document.signer_full_name}".strip()
        return (Signed(who, "ký trên bản giấy", None),)
    return tuple(
        Signed(
            document.agency.name if act.is_seal else f"{act.capacity} {act.title} {act.signer}".strip(),
            act.role, local(act.signed_at),
        )
        for act in acts_about(document.ref)
        if not act.is_of_annex
    )  # fmt: skip


STANDS = "Còn hiệu lực: chưa bị thu hồi, thay thế hay đính chính."


def _standing(document: Outgoing) -> str:
    """Recalled, replaced or corrected, and by which letter; why, the agency tells whom it wrote to."""
    if document.state == State.RECALLED:
        return f"Đã bị thu hồi ngày {local(document.changed_at):%d/%m/%Y}."
    relation = {State.REPLACED: Relation.REPLACES, State.CORRECTED: Relation.CORRECTS}.get(State(document.state))
    if relation is None:
        return STANDS
    after = document.later.filter(relation=relation, issued_at__isnull=False).order_by("-pk").first()
    by = f" bằng văn bản {after.code} ngày {after.issued_date:%d/%m/%Y}" if after else ""
    return f"Đã được thay thế{by}." if relation == Relation.REPLACES else f"Còn hiệu lực; đã được đính chính{by}."
