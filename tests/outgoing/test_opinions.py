"""Opinions: several units at once, each by its day; what they say comes back into the draft and stays there."""

from datetime import timedelta

import pytest

from tests.cast import AT
from tests.outgoing.office import Office, work
from tests.signing.papers import kept
from tram.files.policy import may_open
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.notifications.models import Notice
from tram.outgoing.commands.draft import withdraw
from tram.outgoing.commands.opinions import ask_opinions, give_opinion, recall_opinion
from tram.outgoing.commands.present import approve, present
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.queries.documents import visible_to
from tram.outgoing.states import Stance
from tram.tasks.commands.give import hand
from tram.tasks.commands.work import finish, give_back
from tram.tasks.models import Task

SOON = AT.date() + timedelta(days=2)


def asked(office: Office, letter: Outgoing, *units: str, due_on=SOON) -> list[Opinion]:
    found = [office.cast.units[unit] for unit in units]
    return ask_opinions(actor=office.who("lan"), at=AT, document=letter, units=found, due_on=due_on, note="Góp ý")


def test_two_units_are_asked_at_once_and_their_answers_come_back(office: Office) -> None:
    letter = office.draft()
    it, vp = asked(office, letter, "it", "office")
    assert work(letter) == [("comment", "Phòng Chuyển đổi số"), ("comment", "Văn phòng Sở")]
    assert {task.due_on for task in Task.objects.filter(about=letter.ref)} == {SOON}
    assert visible_to(office.who("nga"), AT.date()).filter(pk=letter.pk).exists()
    answer = {"at": AT, "document": letter}
    give_opinion(actor=office.who("nga"), opinion=it, stance=Stance.AGREES_WITH_CHANGES, text="Thêm số máy", **answer)
    give_opinion(actor=office.who("tam"), opinion=vp, stance=Stance.AGREES, **answer)
    assert work(letter) == []
    it.refresh_from_db()
    assert (it.state, it.stance, it.by_name, it.version) == (
        "given",
        "agrees_with_changes",
        "Bùi Thúy Nga, Chuyên viên",
        1,
    )
    assert Task.objects.get(pk=it.task_id).result == "Nhất trí, có sửa: Thêm số máy"
    told = Notice.objects.filter(kind="outgoing.opinion_given").values_list("post", "sentence")
    assert {post for post, _ in told} == {office.cast.posts["lan"].pk} and len(told) == 2
    with pytest.raises(WrongState, match="đã kết thúc"):
        give_opinion(actor=office.who("nga"), opinion=it, stance=Stance.AGREES, **answer)


def test_an_opinion_needs_words_unless_it_agrees_and_a_file_of_ones_own(office: Office) -> None:
    letter = office.draft()
    (it,) = asked(office, letter, "it")
    answer = {"at": AT, "document": letter, "opinion": it, "stance": Stance.DISAGREES}
    with pytest.raises(Invalid, match="lý do không nhất trí"):
        give_opinion(actor=office.who("nga"), **answer)
    with pytest.raises(Hidden):
        give_opinion(actor=office.who("nga"), marked=kept(office.who("lan"), b"Ban cua Lan", "a.txt"), **answer)
    marked = kept(office.who("nga"), b"Ban danh dau", "danh-dau.txt")
    give_opinion(actor=office.who("nga"), marked=marked, **answer)
    assert may_open(office.who("lan"), marked, AT) and not may_open(office.who("thu"), marked, AT)


def test_whom_one_may_ask(office: Office) -> None:
    letter = office.draft()
    asked(office, letter, "it")
    for units, says in (
        (("it",), "đang được hỏi"),
        (("telecoms",), "đơn vị soạn"),
        (("budget",), "gửi công văn"),
        ((), "Chọn"),
    ):
        with pytest.raises(Invalid, match=says):
            asked(office, letter, *units)
    with pytest.raises(Invalid, match="Hạn góp ý"):
        asked(office, letter, "office", due_on=AT.date() - timedelta(days=1))
    with pytest.raises(Refused, match="người soạn"):
        ask_opinions(actor=office.who("nga"), at=AT, document=letter, units=[office.cast.units["office"]], due_on=SOON)


def test_only_the_unit_asked_answers_and_whom_its_head_gave_it(office: Office) -> None:
    letter = office.draft()
    (it,) = asked(office, letter, "it")
    hand(actor=office.who("phuc"), at=AT, task=it.task, to=office.cast.posts["phuc"])
    answer = {"at": AT, "document": letter, "opinion": it, "stance": Stance.AGREES}
    for stranger in ("nga", "lan", "son", "thu"):
        with pytest.raises(Refused, match="đang giữ việc góp ý"):
            give_opinion(actor=office.who(stranger), **answer)
    assert give_opinion(actor=office.who("phuc"), **answer).by_name == "Vũ Đình Phúc, Trưởng phòng"


def test_a_draft_waits_for_opinions_until_their_day(office: Office) -> None:
    letter = office.draft()
    (it,) = asked(office, letter, "it")
    office.checked(letter)
    with pytest.raises(WrongState, match="Còn chờ ý kiến của Phòng Chuyển đổi số đến 18/11/2026"):
        present(actor=office.who("lan"), at=AT, document=letter, seen=1)
    later = AT + timedelta(days=3)
    present(actor=office.who("lan", later), at=later, document=letter, seen=1)
    approve(actor=office.who("son", later), at=later, document=letter, seen=1)
    it.refresh_from_db()
    assert it.state == "recalled" and ("comment", "Phòng Chuyển đổi số") not in work(letter)


def test_an_opinion_is_declined_recalled_or_falls_with_the_draft(office: Office) -> None:
    letter = office.draft()
    it, vp = asked(office, letter, "it", "office")
    with pytest.raises(WrongState, match="nhất trí"):
        finish(actor=office.who("nga"), at=AT, task=it.task, result="Đồng ý")
    give_back(actor=office.who("phuc"), at=AT, task=it.task, reason="Không thuộc phòng")
    recall_opinion(actor=office.who("lan"), at=AT, document=letter, opinion=vp, reason="Đã trao đổi")
    (again,) = asked(office, letter, "it")
    withdraw(actor=office.who("lan"), at=AT, document=letter, reason="Thôi")
    assert list(Opinion.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "recalled", "recalled"]
    assert work(letter) == [] and again.task_id != it.task_id
