"""Work of an empty seat lies with somebody: the seat that follows, the unit's head, a leader; in submit at once."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.documents.test_settle import SLIP
from tests.tasks.work import DUE, given
from tram.audit.queries import history
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.models import Access
from tram.documents.queries import visible_to
from tram.identity.commands.accounts import close_account
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused
from tram.organisation.commands.posts import appoint, create_post, end_appointment, end_post
from tram.organisation.models import Appointment
from tram.tasks.commands.due import ask_extension
from tram.tasks.commands.give import hand, unhand
from tram.tasks.commands.inherit import inherit
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import read, submit
from tram.tasks.events import Kind
from tram.tasks.jobs import pass_on_orphaned
from tram.tasks.models import Task
from tram.tasks.queries import inbox, orphaned

TODAY = AT.date()
SYSTEM = Actor.system()


def leaves(cast: Cast, who: str) -> None:
    """Nobody sits there from today on."""
    seat = Appointment.objects.get(post=cast.posts[who], until=None)
    end_appointment(actor=SYSTEM, at=AT, appointment=seat, until=TODAY - timedelta(days=1))


def swept(task: Task) -> Task:
    """The work after the clockwork went over it."""
    for pk in orphaned(TODAY):
        inherit(actor=SYSTEM, at=AT, task=Task(pk=pk))
    task.refresh_from_db()
    return task


def lists(cast: Cast, task: Task) -> set[str]:
    """In whose one inbox the work lies."""
    return {who for who in cast.accounts if task.pk in {row.id for row in inbox(cast.actor(who), TODAY).rows}}


def handed_in(cast: Cast) -> Task:
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"])
    return submit(actor=cast.lan, at=AT, task=task, result="Xong")


def test_work_handed_in_waits_for_a_leader_when_its_head_left(cast: Cast) -> None:
    task = handed_in(cast)
    leaves(cast, "dung")
    assert lists(cast, task) == set()
    swept(task)
    assert lists(cast, task) == {"son"} and (task.state, task.post) == ("submitted", cast.posts["lan"])
    confirm(actor=cast.son, at=AT, task=task)
    told = [line.sentence for line in history(task.ref)]
    assert any("Trưởng phòng (không còn người giữ) cho Nguyễn Văn Sơn, Giám đốc" in words for words in told)


def test_the_seat_that_follows_comes_first(cast: Cast) -> None:
    task = handed_in(cast)
    end_post(actor=SYSTEM, at=AT, post=cast.posts["dung"], until=TODAY - timedelta(days=1))
    new = create_post(
        actor=SYSTEM, at=AT, unit=cast.telecoms, title="Trưởng phòng", rank=40, roles=["unit_head"], since=TODAY
    )
    appoint(actor=SYSTEM, at=AT, post=new, account=cast.accounts["nga"], since=TODAY)
    assert lists(cast, swept(task)) == {"nga"}
    confirm(actor=cast.nga, at=AT, task=task)


def test_work_handed_in_after_the_head_left_goes_to_who_answers(cast: Cast) -> None:
    task = hand(actor=cast.dung, at=AT, task=given(cast, by="hung"), to=cast.posts["lan"])
    leaves(cast, "dung")
    assert lists(cast, submit(actor=cast.lan, at=AT, task=task, result="Xong")) == {"son"}


def test_what_a_person_had_in_hand_goes_to_their_head(cast: Cast) -> None:
    task = given(cast, to="lan")
    leaves(cast, "lan")
    assert lists(cast, swept(task)) == {"dung"}
    assert submit(actor=cast.dung, at=AT, task=task, result="Xong").turn_post == cast.posts["son"]


def test_a_closed_account_sits_nowhere(cast: Cast) -> None:
    task = given(cast, to="lan")
    close_account(actor=SYSTEM, at=AT, account=cast.accounts["lan"])
    assert lists(cast, swept(task)) == {"dung"}


def test_a_wish_for_more_time_is_asked_of_who_answers(cast: Cast) -> None:
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"])
    leaves(cast, "dung")
    wish = ask_extension(actor=cast.lan, at=AT, task=task, wanted_on=DUE + timedelta(days=3), reason="Xã xa")
    assert lists(cast, wish.request) == {"son"}
    leaves(cast, "son")
    assert lists(cast, swept(wish.request)) == {"hung"}


def test_who_sits_keeps_the_work_and_what_is_only_read_waits_for_nobody(cast: Cast) -> None:
    task, told = given(cast, to="lan"), given(cast, Kind.INFORM, to="nga")
    leaves(cast, "nga")
    assert orphaned(TODAY) == []
    assert inherit(actor=SYSTEM, at=AT, task=task).post == cast.posts["lan"]
    assert inherit(actor=SYSTEM, at=AT, task=told).post != cast.posts["nga"]
    with pytest.raises(Refused, match="Chỉ hệ thống"):
        inherit(actor=cast.son, at=AT, task=task)


def test_the_letter_opens_to_the_new_confirmer_and_the_clockwork_does_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.it, cast.posts["nga"]))
    task = Task.objects.get(about=letter.ref, kind="handle")
    leaves(cast, "nga")
    monkeypatch.setattr("tram.kernel.clock.now", lambda: AT)
    pass_on_orphaned(0)
    assert lists(cast, task) == {"phuc"}
    assert visible_to(cast.phuc, TODAY).filter(pk=letter.pk).exists()


def test_who_never_read_the_work_keeps_no_key_to_the_letter(cast: Cast) -> None:
    letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP, present_to=cast.posts["son"])
    direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.it))
    task = Task.objects.get(about=letter.ref, kind="handle")
    key = Access.objects.filter(document=letter, key=f"post.{cast.posts['lan'].pk}")
    task = hand(actor=cast.son, at=AT, task=task, to=cast.posts["lan"])
    assert visible_to(cast.lan, TODAY).exists()
    unhand(actor=cast.son, at=AT, task=task)
    assert not key.exists() and not visible_to(cast.lan, TODAY).exists() and visible_to(cast.phuc, TODAY).exists()
    task = hand(actor=cast.son, at=AT, task=task, to=cast.posts["lan"])
    read(actor=cast.lan, at=AT, task=task)
    hand(actor=cast.son, at=AT, task=task, to=cast.posts["nga"])
    assert visible_to(cast.lan, TODAY).exists(), "who read it keeps what they know"
