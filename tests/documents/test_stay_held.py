"""Whatever people do with a letter, somebody holds it or it has ended; and who holds it can read it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import AT, Cast
from tests.documents.test_settle import SLIP
from tram.documents.commands.direct import Target, direct, present, recall_direction
from tram.documents.commands.register import cancel, register
from tram.documents.commands.settle import close
from tram.documents.models import Incoming
from tram.documents.queries import visible_to
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.commands.posts import end_appointment, end_post, set_absence
from tram.organisation.commands.units import abolish_unit
from tram.organisation.models import Appointment
from tram.tasks.commands.give import hand, recall
from tram.tasks.commands.judge import close_unfinished
from tram.tasks.commands.work import accept, finish, give_back
from tram.tasks.models import Task

DAY = AT.date()


@pytest.fixture
def letter(cast: Cast) -> Incoming:
    return register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])


def led(cast: Cast, letter: Incoming, unit: str = "telecoms", **words: Any) -> Task:
    """The director directs; the lead's task."""
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.units[unit]), **words)
    return Task.objects.get(about=letter.ref, kind="handle", ended_at=None)


def asked(letter: Incoming, kind: str = "direct") -> list[int | None]:
    """Before whose posts it lies."""
    return list(Task.objects.filter(about=letter.ref, kind=kind, ended_at=None).values_list("post", flat=True))


def state(letter: Incoming) -> str:
    return Incoming.objects.values_list("state", flat=True).get(pk=letter.pk)


def sees(letter: Incoming, actor: Actor) -> bool:
    return visible_to(actor, DAY).filter(pk=letter.pk).exists()


def test_the_leader_returns_even_what_came_back_to_them(cast: Cast, letter: Incoming) -> None:
    give_back(actor=cast.dung, at=AT, task=led(cast, letter), reason="Không thuộc phòng tôi")
    again = Task.objects.get(about=letter.ref, kind="direct", ended_at=None)
    give_back(actor=cast.son, at=AT, task=again, reason="Gửi nhầm Sở")
    assert (state(letter), asked(letter, "review")) == ("registered", [cast.posts["hoa"].pk])


def test_a_letter_is_not_directed_by_saying_so(cast: Cast, letter: Incoming) -> None:
    with pytest.raises(WrongState, match="chưa có ý kiến"):
        finish(actor=cast.son, at=AT, task=Task.objects.get(about=letter.ref))
    assert asked(letter) == [cast.posts["son"].pk]


def test_one_leader_returning_leaves_it_before_the_other(cast: Cast, letter: Incoming) -> None:
    present(actor=cast.hoa, at=AT, document=letter, to=cast.posts["hung"])
    first, second = Task.objects.filter(about=letter.ref).order_by("pk")
    give_back(actor=cast.son, at=AT, task=first, reason="Lĩnh vực của đồng chí Hùng")
    assert (state(letter), asked(letter)) == ("presented", [cast.posts["hung"].pk])
    give_back(actor=cast.hung, at=AT, task=second, reason="Gửi nhầm Sở")
    assert (state(letter), asked(letter, "review")) == ("registered", [cast.posts["hoa"].pk])
    present(actor=cast.hoa, at=AT, document=letter, to=cast.posts["son"])
    assert not asked(letter, "review")


def test_a_letter_is_put_before_a_leader_of_its_agency_once(cast: Cast, letter: Incoming) -> None:
    for leader in ("son", "thu"):
        with pytest.raises(Invalid, match="đang ở Giám đốc|cơ quan mình"):
            present(actor=cast.hoa, at=AT, document=letter, to=cast.posts[leader])


def test_recalling_the_leads_work_puts_it_before_the_leader_again(cast: Cast, letter: Incoming) -> None:
    task = led(cast, letter, coordinating=[Target(cast.it)])
    recall(actor=cast.son, at=AT, task=task)
    assert (state(letter), asked(letter)) == ("presented", [cast.posts["son"].pk])
    assert not sees(letter, cast.dung) and sees(letter, cast.phuc)


def test_recalling_it_from_the_leader_leaves_it_with_the_clerk(cast: Cast, letter: Incoming) -> None:
    recall(actor=cast.hoa, at=AT, task=Task.objects.get(about=letter.ref))
    assert state(letter) == "registered"
    present(actor=cast.hoa, at=AT, document=letter, to=cast.posts["hung"])
    assert asked(letter) == [cast.posts["hung"].pk]


def test_work_ended_unfinished_ends_the_letter(cast: Cast, letter: Incoming) -> None:
    close_unfinished(actor=cast.son, at=AT, task=led(cast, letter), reason="Đề án đã dừng")
    letter.refresh_from_db()
    assert (letter.state, letter.outcome) == ("closed", "Kết thúc khi chưa hoàn thành: Đề án đã dừng")


def test_a_letter_kept_for_information_is_taken_up_again(cast: Cast, letter: Incoming) -> None:
    given = direct(actor=cast.son, at=AT, document=letter, lead=None, informed=[Target(cast.it)])
    recall_direction(actor=cast.son, at=AT, direction=given)
    letter.refresh_from_db()
    assert (letter.state, letter.ended_at, asked(letter)) == ("presented", None, [cast.posts["son"].pk])


def test_helpers_of_a_returned_lead_can_be_recalled(cast: Cast, letter: Incoming) -> None:
    task = led(cast, letter, coordinating=[Target(cast.it)])
    give_back(actor=cast.dung, at=AT, task=task, reason="Không thuộc phòng tôi")
    recall_direction(actor=cast.son, at=AT, direction=letter.directions.get(), reason="Giao lại")
    assert asked(letter, "coordinate") == [] and asked(letter) == [cast.posts["son"].pk]


def test_recalling_an_old_direction_keeps_it_open_to_the_new_lead(cast: Cast, letter: Incoming) -> None:
    task = led(cast, letter, "it", coordinating=[Target(cast.telecoms)])
    give_back(actor=cast.phuc, at=AT, task=task, reason="Của phòng Bưu chính")
    led(cast, letter, "telecoms")
    recall_direction(actor=cast.son, at=AT, direction=letter.directions.order_by("pk")[0], reason="Giao lại")
    assert sees(letter, cast.lan)


def test_helpers_who_join_move_nothing_back(cast: Cast, letter: Incoming) -> None:
    accept(actor=cast.dung, at=AT, task=hand(actor=cast.dung, at=AT, task=led(cast, letter), to=cast.posts["dung"]))
    direct(actor=cast.son, at=AT, document=letter, lead=None, coordinating=[Target(cast.it)], due_date=DAY)
    letter.refresh_from_db()
    assert (letter.state, letter.due_date) == ("in_progress", None)
    assert letter.to_places == "Phòng Bưu chính, Viễn thông; Phòng Chuyển đổi số"


def test_the_head_hands_on_what_was_given_to_one_of_theirs(cast: Cast, letter: Incoming) -> None:
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.telecoms, cast.posts["lan"]))
    task = Task.objects.get(about=letter.ref, kind="handle")
    assert hand(actor=cast.dung, at=AT, task=task, to=cast.posts["dung"]).post == cast.posts["dung"]


def test_a_substitute_takes_back_the_direction_they_gave(cast: Cast, letter: Incoming) -> None:
    set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["tam"], since=DAY, until=DAY, reason="Họp"
    )
    given = direct(actor=cast.tam, at=AT, document=letter, lead=Target(cast.telecoms))
    assert given.by_post == cast.posts["son"]
    recall_direction(actor=cast.tam, at=AT, direction=given)
    assert asked(letter) == [cast.posts["son"].pk]


def test_a_letter_returned_to_a_seat_that_is_no_more_goes_to_another_leader(cast: Cast, letter: Incoming) -> None:
    task = led(cast, letter)
    system, before = Actor.system(), DAY - timedelta(days=1)
    end_appointment(actor=system, at=AT, appointment=Appointment.objects.get(post=cast.posts["son"]), until=before)
    end_post(actor=system, at=AT, post=cast.posts["son"], until=before)
    give_back(actor=cast.dung, at=AT, task=task, reason="Không thuộc phòng tôi")
    assert asked(letter) == [cast.posts["hung"].pk]


def test_no_work_goes_to_a_unit_that_is_no_more(cast: Cast, letter: Incoming) -> None:
    abolish_unit(
        actor=Actor.system(),
        at=AT,
        unit=cast.telecoms,
        on=DAY - timedelta(days=1),
        decision="QĐ",
        reason="Sắp xếp lại",
        successors=[],
    )
    cast.telecoms.refresh_from_db()
    with pytest.raises(Invalid, match="kết thúc hoạt động"):
        led(cast, letter)


def test_a_clerk_does_not_close_what_lies_before_a_leader(cast: Cast, letter: Incoming) -> None:
    with pytest.raises(WrongState, match="đang trình"):
        close(actor=cast.hoa, at=AT, document=letter, outcome="Lưu")
    close(actor=cast.son, at=AT, document=letter, outcome="Lưu")
    assert not Task.objects.filter(about=letter.ref, ended_at=None).exists()


def test_the_sender_may_recall_what_is_settled(cast: Cast, letter: Incoming) -> None:
    close(actor=cast.son, at=AT, document=letter, outcome="Lưu")
    assert cancel(actor=cast.hoa, at=AT, document=letter, reason="Thông báo 12/TB-UBND").state == "cancelled_by_recall"
