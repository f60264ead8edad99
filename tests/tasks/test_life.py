"""Each kind of work has its own life: what is read ends by reading, what is made ends when somebody confirms it."""

from datetime import date, timedelta

import pytest
from hypothesis import given as all_of
from hypothesis import strategies as some

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.audit.queries import what_happened
from tram.kernel.verdicts import Invalid, WrongState
from tram.notifications.models import Notice
from tram.tasks.commands.give import hand
from tram.tasks.commands.judge import confirm, send_back
from tram.tasks.commands.work import accept, finish, report_progress, submit
from tram.tasks.events import Kind
from tram.tasks.queries import card, inbox
from tram.tasks.rules.results import Result, result_of

MADE = [Kind.HANDLE, Kind.REPORT]
ANSWERED = [Kind.DIRECT, Kind.COORDINATE, Kind.COMMENT, Kind.REVIEW, Kind.APPROVE]


@pytest.mark.parametrize("kind", MADE)
def test_done_is_not_confirmed(cast: Cast, kind: Kind) -> None:
    task = given(cast, kind, to="lan")
    accept(actor=cast.lan, at=AT, task=task)
    report_progress(actor=cast.lan, at=AT, task=task, percent=60, text="Đã khảo sát 12/20 xã")
    task = submit(actor=cast.lan, at=AT, task=task, result="Báo cáo 12/BC-BCVT")
    assert (task.state, task.ended_at, task.progress) == ("submitted", None, 100)
    assert [row.id for row in inbox(cast.son, AT.date()).rows] == [task.pk]
    assert inbox(cast.lan, AT.date()).rows == []
    task = confirm(actor=cast.son, at=AT, task=task)
    assert (task.state, task.ended_at) == ("completed", AT)
    assert what_happened(task.ref)[-2:] == ["tasks.submitted", "tasks.confirmed"]


@pytest.mark.parametrize("kind", [*ANSWERED, Kind.INFORM])
def test_an_answer_ends_the_work_without_confirmation(cast: Cast, kind: Kind) -> None:
    task = finish(actor=cast.lan, at=AT, task=given(cast, kind, to="lan"), result="Đã xem, đồng ý")
    assert (task.state, task.read_at) == ("completed", AT)
    with pytest.raises(WrongState, match="Hoàn thành"):
        submit(actor=cast.lan, at=AT, task=task, result="Lại")


@pytest.mark.parametrize("kind", MADE)
def test_what_is_made_cannot_be_finished_past_the_giver(cast: Cast, kind: Kind) -> None:
    with pytest.raises(WrongState):
        finish(actor=cast.lan, at=AT, task=given(cast, kind, to="lan"), result="Xong")


def test_handed_out_work_is_confirmed_by_who_handed_it_out(cast: Cast) -> None:
    task = hand(actor=cast.dung, at=AT, task=given(cast), to=cast.posts["lan"], word="Lan dự thảo")
    task = submit(actor=cast.lan, at=AT, task=task, result="Dự thảo")
    assert task.turn_post_id == cast.posts["dung"].pk


def test_work_sent_back_is_the_holders_again_with_the_reason(cast: Cast) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan"), result="Dự thảo")
    task = send_back(actor=cast.son, at=AT, task=task, reason="Thiếu số liệu 3 xã")
    (row,) = inbox(cast.lan, AT.date()).rows
    assert (row.last_word, row.state, task.submitted_at) == ("Thiếu số liệu 3 xã", "in_progress", None)
    assert "Thiếu số liệu 3 xã" in Notice.objects.filter(post=cast.posts["lan"].pk).latest("pk").sentence


def test_a_giver_who_does_the_work_needs_nobody_to_confirm_it(cast: Cast) -> None:
    task = submit(actor=cast.son, at=AT, task=given(cast, by="son", to="son"), result="Đã làm")
    assert task.state == "completed"


@pytest.mark.parametrize(
    ("percent", "text", "field"), [(101, "Đã làm", "percent"), (-1, "Đã làm", "percent"), (50, "", "text")]
)
def test_progress_says_how_far_in_percent_and_in_words(cast: Cast, percent: int, text: str, field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        report_progress(actor=cast.lan, at=AT, task=given(cast, to="lan"), percent=percent, text=text)
    assert list(wrong.value.errors) == [field]


def test_an_opinion_must_be_written_but_a_paper_need_only_be_read(cast: Cast) -> None:
    with pytest.raises(Invalid, match="ý kiến"):
        finish(actor=cast.lan, at=AT, task=given(cast, Kind.COMMENT, to="lan"))
    assert finish(actor=cast.lan, at=AT, task=given(cast, Kind.INFORM, to="lan")).state == "completed"


DAYS = some.dates(date(2026, 1, 1), date(2026, 12, 31))


@all_of(some.none() | DAYS, some.none() | DAYS, DAYS)
def test_every_task_is_in_exactly_one_of_four_classes(due: date | None, done: date | None, today: date) -> None:
    result = result_of(due, done, today)
    late = due is not None and (done or today) > due
    assert (
        result
        == {
            (True, True): Result.DONE_LATE,
            (True, False): Result.DONE_ON_TIME,
            (False, True): Result.OVERDUE,
            (False, False): Result.RUNNING,
        }[(done is not None, late)]
    )


@all_of(DAYS, some.integers(1, 400))
def test_waiting_never_makes_work_less_late(due: date, more: int) -> None:
    if result_of(due, None, due) is Result.RUNNING:
        assert result_of(due, None, due + timedelta(days=more)) is Result.OVERDUE
    assert result_of(due, due, due + timedelta(days=more)) is Result.DONE_ON_TIME


def test_the_class_counts_the_day_of_handing_in_not_of_confirming(cast: Cast) -> None:
    task = submit(actor=cast.lan, at=AT, task=given(cast, to="lan", due_on=AT.date()), result="Kịp")
    confirm(actor=cast.son, at=AT + timedelta(days=5), task=task)
    row = card(task.pk, AT.date() + timedelta(days=5))
    assert row is not None and row.result is Result.DONE_ON_TIME
