"""What outsiders may know of a letter that left: that it is ours, who signed it, and whether it still stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from tram.kernel.clock import local
from tram.outgoing.models import Outgoing, Version
from tram.outgoing.rules import Content, is_restricted, kinds
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
    is_open = not is_closed_to_outsiders(document) and document.recipients.exclude(way=Way.INTERNAL).exists()
    return Proved(
        document.agency.name, kinds()[document.kind].name, document.code, document.issued_date,
        document.subject if is_open else "", _signers(document), standing_of(document), is_in_force(document),
    )  # fmt: skip


def is_in_force(document: Outgoing) -> bool:
    """Whether a letter left and was neither recalled nor replaced since."""
    return document.state in OUT


def is_closed_to_outsiders(document: Outgoing) -> bool:
    """Whether outsiders are told nothing of what it is about, because of its field."""
    return is_restricted(document.field)


def is_copy(document: Outgoing) -> bool:
    """Whether it copies what somebody else wrote (sao y, trích sao, sao lục)."""
    return kinds()[document.kind].group == "copies"


def kind_names() -> dict[str, str]:
    """Kinds of letters: code -> name."""
    return {code: kind.name for code, kind in kinds().items()}


def texts_of(documents: Sequence[int]) -> dict[int, str]:
    """What stands on the pages of letters, without their places: key -> text. One query."""
    rows = Version.objects.filter(document__in=documents, number=F("document__version"))
    told = ((pk, Content.of(content)) for pk, content in rows.values_list("document", "content"))
    return {pk: "\n".join([*content.bases, content.body]) for pk, content in told}


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


def standing_of(document: Outgoing) -> str:
    """Recalled, replaced or corrected, and by which letter; why, the agency tells whom it wrote to."""
    if document.state == State.RECALLED:
        return f"Đã bị thu hồi ngày {local(document.changed_at):%d/%m/%Y}."
    relation = {State.REPLACED: Relation.REPLACES, State.CORRECTED: Relation.CORRECTS}.get(State(document.state))
    if relation is None:
        return STANDS
    after = document.later.filter(relation=relation, issued_at__isnull=False).order_by("-pk").first()
    by = f" bằng văn bản {after.code} ngày {after.issued_date:%d/%m/%Y}" if after else ""
    return f"Đã được thay thế{by}." if relation == Relation.REPLACES else f"Còn hiệu lực; đã được đính chính{by}."
