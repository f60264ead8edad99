"""A letter comes in, is directed, is settled."""

from datetime import date, timedelta

import pytest

from tests.cast import AT, Cast
from tram.audit.queries import what_happened
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.rules import Slip
from tram.kernel.verdicts import Refused
from tram.tasks.commands.give import hand
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import submit
from tram.tasks.models import Task

SLIP = Slip(
    organ_name="Ủy ban nhân dân xã Tả Phìn",
    code_number="45",
    code_notation="UBND-VX",
    issued_date=date(2026, 11, 12),
    type_name="Công văn",
    subject="V/v đề nghị bổ sung điểm bưu điện - văn hóa xã",
)


@pytest.fixture
def letter(cast: Cast) -> Incoming:
    return register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])


def test_a_letter_is_registered_directed_handed_out_and_settled(cast: Cast, letter: Incoming) -> None:
    assert (letter.arrival_number, letter.state) == (1, "presented")
    direct(
        actor=cast.son,
        at=AT,
        document=letter,
        lead=Target(cast.telecoms),
        coordinating=[Target(cast.it)],
        note="Giao phòng BCVT tham mưu trả lời",
        due_date=AT.date() + timedelta(days=7),
    )
    task = Task.objects.get(about=letter.ref, kind="handle")
    hand(actor=cast.dung, at=AT, task=task, to=cast.posts["lan"], word="Lan dự thảo trả lời")
    submit(actor=cast.lan, at=AT, task=task, result="Đã trả lời bằng Công văn ngày 16/11/2026, số 153/SKHCN-BCVT.")
    confirm(actor=cast.dung, at=AT, task=task)
    letter.refresh_from_db()
    assert (letter.state, letter.answer_code) == ("closed", "153/SKHCN-BCVT")
    assert not Task.objects.filter(about=letter.ref, ended_at=None).exists()
    assert what_happened(letter.ref) == [
        "documents.presented",
        "documents.registered",
        "documents.directed",
        "documents.assigned",
        "documents.answered",
        "documents.closed",
    ]


def test_a_clerk_may_not_direct(cast: Cast, letter: Incoming) -> None:
    with pytest.raises(Refused, match="lãnh đạo"):
        direct(actor=cast.hoa, at=AT, document=letter, lead=Target(cast.telecoms))


def test_a_stranger_may_not_register_here(cast: Cast) -> None:
    with pytest.raises(Refused, match="văn thư"):
        register(actor=cast.tuan, at=AT, agency=cast.skhcn, slip=SLIP)
