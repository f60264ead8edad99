"""Who makes a document public, who takes it back, and which may never be public."""

from datetime import date
from typing import Protocol

from tram.documents.models import Incoming
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.proofs import is_closed_to_outsiders, is_copy, is_in_force

PUBLISHERS = ("clerk", "office_chief")
"""Who issues the agency's letters (NĐ 30/2020 Điều 18), and who answers for its information (docs/decisions/0027)."""


class Kept(Protocol):
    """A letter or a paper: an agency's."""

    @property
    def agency_id(self) -> int: ...


def _keeps(actor: Actor, agency: int, on: date) -> bool:
    return any(actor.holds(role, agency, on) for role in PUBLISHERS)


def may_publish(actor: Actor, thing: Kept, on: date) -> Verdict:
    """Make a document public, write of one that was brought: the clerk and the office chief of its agency."""
    return allow_if(
        _keeps(actor, thing.agency_id, on), "Chỉ văn thư hoặc chánh văn phòng cơ quan ban hành công khai văn bản."
    )


def may_bring(actor: Actor, agency: int, on: date) -> Verdict:
    """Bring a document that was not drafted here: the same of the agency that will make it public."""
    return allow_if(_keeps(actor, agency, on), "Chỉ văn thư hoặc chánh văn phòng đưa văn bản lên cổng.")


def may_withdraw(actor: Actor, thing: Kept, on: date) -> Verdict:
    """Take it back at once: the same, and the agency's leaders."""
    return allow_if(
        _keeps(actor, thing.agency_id, on) or actor.leads(thing.agency_id, on),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan ban hành gỡ văn bản khỏi cổng.",
    )


def agencies_of(actor: Actor, on: date) -> list[int]:
    """The agencies whose brought documents a person sees, in any of their hats: that of the acting hat first."""
    hats = sorted(actor.worn(on), key=lambda hat: hat is not actor.acting)
    return list(
        dict.fromkeys(
            grant.unit for hat in hats for grant in hat.grants if grant.role in PUBLISHERS and grant.valid(on)
        )
    )


def may_list(actor: Actor, on: date) -> Verdict:
    """Open the list of brought documents: whoever brings them for some agency."""
    return allow_if(agencies_of(actor, on), "Chỉ văn thư hoặc chánh văn phòng đưa văn bản lên cổng.")


def may_be_public(letter: Outgoing) -> Verdict:
    """Only what has left and is in force, has its signed page, and is of no field that outsiders are told nothing of."""
    return (
        allow_if(is_in_force(letter), "Chỉ văn bản đã phát hành và còn hiệu lực mới công khai được.")
        & allow_if(
            not is_closed_to_outsiders(letter),
            "Văn bản thuộc lĩnh vực không công khai cho người ngoài (tổ chức cán bộ, thanh tra, khiếu nại, tố cáo).",
        )
        & allow_if(not is_copy(letter), "Bản sao văn bản của nơi khác do nơi ban hành công khai.")
        & allow_if(
            letter.paper_id is not None, "Văn bản ký giấy chưa có bản quét, nên chưa có tệp để người dân tải về."
        )
    )


def may_be_taken(document: Incoming) -> Verdict:
    """Only an incoming document that is in the book, bears no secret, and that its sender does not recall."""
    return allow_if(
        document.registered_at is not None
        and not document.secrecy
        and not document.veiled
        and not document.recall_reason,
        "Chỉ văn bản đến đã vào sổ, không mang độ mật, không bị nơi gửi thu hồi mới đưa lên cổng được.",
    )


def may_close(actor: Actor) -> Verdict:
    """End what is public of a document whose file bears a stamp of secrecy: told inside the house, which asked the rights."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")
