"""Who makes a letter public, who takes it back, and which letters may never be public."""

from datetime import date

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.proofs import is_closed_to_outsiders, is_copy, is_in_force

PUBLISHERS = ("clerk", "office_chief")
"""Who issues the agency's letters (NĐ 30/2020 Điều 18), and who answers for its information (docs/decisions/0027)."""


def _keeps(actor: Actor, agency: int, on: date) -> bool:
    return any(actor.holds(role, agency, on) for role in PUBLISHERS)


def may_publish(actor: Actor, letter: Outgoing, on: date) -> Verdict:
    """Make a letter public: the clerk and the office chief of the agency that issued it."""
    return allow_if(
        _keeps(actor, letter.agency_id, on), "Chỉ văn thư hoặc chánh văn phòng cơ quan ban hành công khai văn bản."
    )


def may_withdraw(actor: Actor, letter: Outgoing, on: date) -> Verdict:
    """Take it back at once: the same, and the agency's leaders."""
    return allow_if(
        _keeps(actor, letter.agency_id, on) or actor.leads(letter.agency_id, on),
        "Chỉ văn thư, chánh văn phòng hoặc lãnh đạo cơ quan ban hành gỡ văn bản khỏi cổng.",
    )


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


def may_close(actor: Actor) -> Verdict:
    """End what is public of a letter whose file bears a stamp of secrecy: told inside the house, which asked the rights."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")
