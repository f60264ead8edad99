"""A letter's whole way: drafted, checked twice, presented, approved, signed by hand, numbered, issued."""

import pytest
from django.db import DatabaseError, transaction

from tests.cast import AT
from tests.outgoing.office import Office, work
from tram.audit.models import Event
from tram.documents.models import Incoming
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.outgoing.commands.check import check_content, check_form, send_back, submit, take_back
from tram.outgoing.commands.draft import save_version
from tram.outgoing.commands.present import approve, present
from tram.outgoing.models import Initial, Outgoing, Version
from tram.outgoing.queries.documents import documents, visible_to
from tram.outgoing.states import State
from tram.tasks.commands.give import recall
from tram.tasks.commands.work import finish, give_back
from tram.tasks.models import Task


def test_a_letter_goes_from_draft_to_issue_and_each_step_leaves_its_sentence(office: Office) -> None:
    letter = office.issued()
    assert (letter.state, letter.code, letter.issued_date) == (State.ISSUED, "01/SKHCN-BCVT", AT.date())
    told = list(Event.objects.filter(about=letter.ref).order_by("pk").values_list("what", flat=True))
    assert told == [
        f"outgoing.{word}"
        for word in (
            "drafted", "version_saved", "submitted", "content_checked", "form_checked", "presented", "approved",
            "signed_on_paper", "numbered", "issued",
        )
    ]  # fmt: skip
    assert work(letter) == [("inform", "Phòng Chuyển đổi số")]


def test_each_step_gives_the_next_person_their_work_and_ends_the_last(office: Office) -> None:
    letter = office.draft()
    seen = {"at": AT, "document": letter, "seen": 1}
    submit(actor=office.who("lan"), **seen)
    assert work(letter) == [("review", "Trưởng phòng")]
    check_content(actor=office.who("dung"), note="Đủ số liệu", **seen)
    assert work(letter) == [("review", "Chánh Văn phòng")]
    check_form(actor=office.who("tam"), **seen)
    assert work(letter) == [("review", "Chuyên viên")]
    present(actor=office.who("lan"), **seen)
    assert work(letter) == [("approve", "Giám đốc")]
    approve(actor=office.who("son"), **seen)
    assert work(letter) == [("review", "Văn thư")]
    assert set(Initial.objects.values_list("part", "by_name")) == {
        ("content", "Lê Tiến Dũng, Trưởng phòng"), ("form", "Đỗ Minh Tâm, Chánh Văn phòng"),
    }  # fmt: skip
    done = Task.objects.filter(about=letter.ref, state="completed")
    assert done.count() == 4 and all(task.read_at for task in done)


def test_a_head_who_drafts_answers_for_the_content_by_submitting(office: Office) -> None:
    letter = submit(actor=office.who("dung"), at=AT, document=office.draft("dung"), seen=1)
    assert letter.state == State.CONTENT_CHECKED and work(letter) == [("review", "Chánh Văn phòng")]


def test_who_sees_a_draft_grows_with_its_way(office: Office) -> None:
    def readers(letter: Outgoing) -> set[str]:
        return {who for who in office.cast.accounts if visible_to(office.who(who), AT.date()).filter(pk=letter.pk)}

    letter = office.draft()
    assert readers(letter) == {"lan", "dung"}
    letter = office.presented(letter)
    assert readers(letter) == {"lan", "dung", "tam", "son"}
    letter = approve(actor=office.who("son"), at=AT, document=letter, seen=1)
    assert readers(letter) == {"lan", "dung", "tam", "son", "hoa"}
    other = office.issued()
    assert readers(other) == {"lan", "dung", "tam", "son", "hung", "hoa", "phuc", "nga"}


def test_nobody_does_another_ones_step(office: Office) -> None:
    letter = office.draft()
    seen = {"at": AT, "document": letter, "seen": 1}
    with pytest.raises(Refused, match="người soạn"):
        submit(actor=office.who("nga"), **seen)
    submit(actor=office.who("lan"), **seen)
    for stranger in ("lan", "phuc", "tam", "hoa", "thu"):
        with pytest.raises(Refused, match="nội dung"):
            check_content(actor=office.who(stranger), **seen)
    check_content(actor=office.who("dung"), **seen)
    for stranger in ("dung", "hoa", "son"):
        with pytest.raises(Refused, match="thể thức"):
            check_form(actor=office.who(stranger), **seen)
    check_form(actor=office.who("tam"), **seen)
    present(actor=office.who("lan"), **seen)
    for stranger in ("hung", "lan", "thu"):
        with pytest.raises(Refused, match="được trình ký"):
            approve(actor=office.who(stranger), **seen)


def test_every_version_is_kept_and_the_database_refuses_to_change_one(office: Office) -> None:
    letter = office.draft()
    more = office.content(subject="Rà soát dự toán", body="Đoạn một.\nĐoạn hai.")
    again = {"actor": office.who("lan"), "at": AT, "document": letter, "content": more}
    assert save_version(seen=1, **again).changed == "trích yếu, nội dung (thêm 2 dòng, bớt 2 dòng)"
    assert save_version(seen=2, **again).number == 2, "the same content makes no version"
    with pytest.raises(WrongState, match="Hoàng Thị Lan, Chuyên viên vừa lưu bản 2"):
        save_version(seen=1, **again)
    for change in ({"changed": "khác"}, None):
        with pytest.raises(DatabaseError, match="không được sửa hay xóa"), transaction.atomic():
            rows = Version.objects.filter(document=letter)
            rows.update(**change) if change else rows.delete()


def test_an_unfinished_draft_is_not_submitted_and_is_told_what_it_lacks(office: Office) -> None:
    letter = office.draft(subject="", body="Kính đề nghị [nêu việc] xem xét.", places=())
    with pytest.raises(Invalid) as found:
        submit(actor=office.who("lan"), at=AT, document=letter, seen=1)
    assert set(found.value.errors) == {"subject", "body", "places"}
    assert found.value.errors["body"] == "Còn chỗ chưa điền: [nêu việc]."


def test_the_head_may_mend_while_checking_and_nobody_after_that(office: Office) -> None:
    letter = office.draft()
    submit(actor=office.who("lan"), at=AT, document=letter, seen=1)
    mended = {"at": AT, "document": letter, "content": office.content(body="Nội dung đã sửa./.")}
    with pytest.raises(Refused):
        save_version(actor=office.who("lan"), seen=1, **mended)
    assert save_version(actor=office.who("dung"), seen=1, **mended).number == 2
    with pytest.raises(WrongState, match="vừa lưu bản 2"):
        check_content(actor=office.who("dung"), at=AT, document=letter, seen=1)
    check_content(actor=office.who("dung"), at=AT, document=letter, seen=2)
    with pytest.raises(WrongState, match="không sửa được"):
        save_version(actor=office.who("lan"), seen=2, **mended)


def test_a_returned_draft_bears_its_marks_and_needs_both_checks_again(office: Office) -> None:
    letter = office.presented()
    with pytest.raises(Invalid, match="dòng từ 1 đến 2"):
        send_back(actor=office.who("son"), at=AT, document=letter, reason="Sửa", marks=[(3, "Bỏ")])
    send_back(actor=office.who("son"), at=AT, document=letter, reason="Bổ sung số liệu", marks=[(1, "Nêu 12 xã")])
    letter.refresh_from_db()
    assert letter.state == State.RETURNED and work(letter) == [("review", "Chuyên viên")]
    shown = letter.presentations.get()
    assert (shown.outcome, shown.marks) == ("returned", [{"line": 1, "text": "Nêu 12 xã"}])
    save_version(actor=office.who("lan"), at=AT, document=letter, content=office.content(body="Mười hai xã./."), seen=1)
    assert office.approved(Outgoing.objects.get(pk=letter.pk)).state == State.APPROVED
    assert letter.initials.filter(version=2).count() == 2


def test_a_drafter_takes_back_what_lies_before_the_signer(office: Office) -> None:
    letter = office.presented()
    take_back(actor=office.who("lan"), at=AT, document=letter, reason="Có số liệu mới")
    letter.refresh_from_db()
    assert letter.state == State.DRAFTING and work(letter) == []
    assert letter.presentations.get().outcome == "taken_back"


def test_after_approval_only_signer_or_clerk_sends_it_back_until_it_has_a_number(office: Office) -> None:
    letter = office.signed()
    with pytest.raises(Refused):
        send_back(actor=office.who("tam"), at=AT, document=letter, reason="Sai ngày")
    send_back(actor=office.who("hoa"), at=AT, document=letter, reason="Sai tên cơ quan nhận")
    letter.refresh_from_db()
    assert (letter.state, letter.signed_at, letter.approved_at) == (State.RETURNED, None, None)
    with pytest.raises(WrongState):
        send_back(actor=office.who("hoa"), at=AT, document=office.numbered(), reason="Muộn")


def test_work_about_a_draft_ends_on_its_own_page_and_falls_back_from_the_inbox(office: Office) -> None:
    letter = office.presented()
    task = Task.objects.get(about=letter.ref, kind="approve")
    with pytest.raises(WrongState, match="trang văn bản"), transaction.atomic():
        finish(actor=office.who("son"), at=AT, task=task, result="Duyệt")
    give_back(actor=office.who("son"), at=AT, task=task, reason="Chuyển Phó Giám đốc ký")
    letter.refresh_from_db()
    assert letter.state == State.RETURNED and letter.presentations.get().outcome == "returned"
    other = office.presented()
    recall(actor=office.who("lan"), at=AT, task=Task.objects.get(about=other.ref, kind="approve"))
    other.refresh_from_db()
    assert other.state == State.DRAFTING


def test_lists_cost_the_same_for_one_and_for_many(office: Office, django_assert_num_queries) -> None:
    office.signed()
    with django_assert_num_queries(3):
        assert len(documents(office.who("lan"), AT.date())[0]) == 1
    for _ in range(4):
        office.draft()
    office.signed()
    # who asks; documents with their units; the agency's own days, from which the last day to number follows
    with django_assert_num_queries(3):
        rows, following = documents(office.who("lan"), AT.date(), limit=5)
    assert len(rows) == 5 and following == rows[-1].id
    assert [row.id for row in documents(office.who("lan"), AT.date(), after=following)[0]] == [following - 1]
    assert Incoming.objects.count() == 0
