"""A file from its first paper to the archive and out of it; what stands in the way is named."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.workfiles.shelf import Shelf
from tram.audit.models import Event
from tram.audit.queries import what_happened
from tram.documents.commands.register import correct
from tram.documents.models import Incoming
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.notifications.models import Notice
from tram.tasks.commands.work import give_back
from tram.tasks.models import Task
from tram.workfiles.commands.close import close, fall_due, keep_back, reopen
from tram.workfiles.commands.dispose import confirm, propose
from tram.workfiles.commands.keep import describe, entrust, file_papers, open_file, take_out
from tram.workfiles.commands.transfer import hand_over
from tram.workfiles.models import Disposal, HandOver, Paper, WorkFile
from tram.workfiles.queries.archive import falling_due, out_of_term, to_hand_over
from tram.workfiles.queries.contents import contents, obstacles
from tram.workfiles.queries.files import readers, visible_to
from tram.workfiles.states import Decision, Rights, State


def test_a_file_opens_by_its_first_paper_and_closes_when_all_is_done(shelf: Shelf) -> None:
    lan, letter = shelf.who("lan"), shelf.letter(settled=False)
    file = shelf.file(papers=[letter])
    assert (file.notation, file.state, file.creator_name) == ("01.BCVT", State.OPEN, "Hoàng Thị Lan, Chuyên viên")
    reply = shelf.office.draft(answers=letter)
    with pytest.raises(WrongState) as told:
        close(actor=lan, at=AT, file=file)
    assert "Văn bản đến chưa giải quyết xong: 45/STC-NS “Hỏi dự toán 45”" in str(told.value)
    assert "Văn bản trả lời còn dự thảo" in str(told.value)
    file_papers(actor=lan, at=AT, file=file, papers=[reply])
    assert "Dự thảo chưa ký, chưa có số" in " ".join(one.words for one in obstacles(lan, file, AT.date()))
    shelf.office.issued(reply)
    assert obstacles(lan, file, AT.date()) == [], "the answer that left settled the letter"
    done = close(actor=lan, at=AT, file=file)
    assert (done.state, done.doc_total, done.end_date) == (State.CLOSED, 2, AT.date())
    assert (done.due_on, done.kept_until) == (date(2027, 11, 16), date(2036, 12, 31))
    assert list(file.papers.order_by("ordinal").values_list("ordinal", flat=True)) == [1, 2]
    with pytest.raises(WrongState, match="đã kết thúc"):
        file_papers(actor=lan, at=AT, file=file, papers=[letter])
    assert reopen(actor=shelf.who("dung"), at=AT, file=file, reason="Có văn bản bổ sung").due_on is None


def test_open_work_about_a_letter_stands_in_the_way(shelf: Shelf) -> None:
    draft = shelf.office.presented()
    file = shelf.file(papers=[draft])
    words = [one.words for one in obstacles(shelf.who("lan"), file, AT.date())]
    assert any(one.startswith("Còn việc chưa xong (phê duyệt") and "Rà soát dự toán" in one for one in words)


def test_fifty_letters_are_filed_at_once_with_one_record(shelf: Shelf) -> None:
    lan, file = shelf.who("lan"), shelf.file()
    letters = [shelf.letter(settled=False) for _ in range(50)]
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as few:
        assert file_papers(actor=lan, at=AT, file=file, papers=letters[:1]) == 1
    with CaptureQueriesContext(connection) as many:
        assert file_papers(actor=lan, at=AT, file=file, papers=letters) == 49, "what is there stays as it is"
    assert len(many) == len(few)
    assert Event.objects.count() == before + 2
    told = Event.objects.filter(about=file.ref, what="workfiles.filed").latest("pk").detail
    assert told["count"] == 49 and len(told["papers"]) == 49
    small = shelf.file(papers=letters[:1])
    with CaptureQueriesContext(connection) as one:
        contents(lan, small, AT.date())
    with CaptureQueriesContext(connection) as fifty:
        rows, hidden, _ = contents(lan, file, AT.date())
    assert (len(rows), hidden, len(fifty)) == (50, 0, len(one))


def test_what_no_file_takes_is_told(shelf: Shelf) -> None:
    lan, file = shelf.who("lan"), shelf.file()
    secret = shelf.letter(settled=False)
    Incoming.objects.filter(pk=secret.pk).update(secrecy=1, keeping_place="Tủ 1")
    with pytest.raises(Invalid, match="văn bản mật"):
        file_papers(actor=lan, at=AT, file=file, papers=[Incoming.objects.get(pk=secret.pk)])
    with pytest.raises(Hidden):
        file_papers(actor=lan, at=AT, file=file, papers=[shelf.letter(to="nga")])
    with pytest.raises(Invalid, match="thời hạn bảo quản"):
        shelf.file(retention="không có")
    with pytest.raises(Invalid, match="tiêu đề"):
        open_file(actor=lan, at=AT, unit=shelf.office.cast.units["telecoms"], title=" ", retention="exchange")
    with pytest.raises(Refused, match="của đơn vị"):
        open_file(actor=lan, at=AT, unit=shelf.office.cast.units["it"], title="x", retention="exchange")


def test_a_paper_is_taken_out_with_its_reason_and_may_come_back(shelf: Shelf) -> None:
    lan, letter = shelf.who("lan"), shelf.letter()
    file = shelf.file(papers=[letter])
    paper = Paper.objects.get(file=file)
    with pytest.raises(Invalid, match="Nhập lý do"):
        take_out(actor=lan, at=AT, file=file, paper=paper, reason=" ")
    take_out(actor=lan, at=AT, file=file, paper=paper, reason="Đưa nhầm")
    with pytest.raises(WrongState, match="không còn trong hồ sơ"):
        take_out(actor=lan, at=AT, file=file, paper=paper, reason="Đưa nhầm")
    assert contents(lan, file, AT.date())[0] == []
    assert file_papers(actor=lan, at=AT, file=file, papers=[letter]) == 1
    assert Paper.objects.get(pk=paper.pk).taken_out_for == "Đưa nhầm"


def test_a_file_opens_no_letter_to_who_may_not_read_it(shelf: Shelf) -> None:
    file = shelf.file(papers=[shelf.letter()])
    mien = shelf.who("dung")
    rows, hidden, _ = contents(mien, file, AT.date())
    assert (rows, hidden) == ([], 1)
    assert len(contents(shelf.who("hoa"), file, AT.date())[0]) == 1


def test_who_sees_a_file_finds_it_and_nobody_else(shelf: Shelf) -> None:
    files = [shelf.file(), shelf.file(rights=Rights.RESTRICTED), shelf.file("nga")]
    for login in shelf.office.cast.accounts:
        actor = shelf.who(login)
        seen = set(visible_to(actor, AT.date()).values_list("pk", flat=True))
        assert seen == {file.pk for file in files if set(readers(file)) & set(actor.keys(AT.date()))}, login
    assert not visible_to(shelf.who("thu"), AT.date()).exists()
    assert visible_to(shelf.who("dung"), AT.date()).count() == 2


def test_only_its_maker_and_the_head_change_a_file(shelf: Shelf) -> None:
    file = shelf.file()
    told = {"title": "Dự toán 2027", "retention": "policy", "rights": Rights.RESTRICTED, "description": ""}
    with pytest.raises(Refused, match="người lập hồ sơ"):
        describe(actor=shelf.who("nga"), at=AT, file=file, **told)
    assert describe(actor=shelf.who("lan"), at=AT, file=file, **told).retention_years is None
    with pytest.raises(Refused, match="lãnh đạo đơn vị"):
        entrust(actor=shelf.who("lan"), at=AT, file=file, to=shelf.office.cast.posts["dung"], reason="Nghỉ hưu")
    entrust(actor=shelf.who("dung"), at=AT, file=file, to=shelf.office.cast.posts["dung"], reason="Chị Lan nghỉ hưu")
    with pytest.raises(Refused):
        describe(actor=shelf.who("lan"), at=AT, file=file, **told)


def test_the_day_of_handing_over_comes_and_may_be_put_off(shelf: Shelf) -> None:
    file = shelf.closed()
    later = AT.replace(year=2027)
    assert falling_due(date(2027, 10, 16)) == [] and falling_due(date(2027, 10, 17)) == [file.pk]
    assert fall_due(actor=Actor.system(), at=later, file=file).state == State.DUE
    assert "01.BCVT nộp lưu trước 16/11/2027" in Notice.objects.get(kind="workfiles.fell_due").sentence
    assert falling_due(date(2028, 1, 1)) == [], "told once"
    by = {"file": file, "ground": "Công văn 15", "reason": "Còn dùng"}
    with pytest.raises(Refused, match="lãnh đạo cơ quan"):
        keep_back(actor=shelf.who("lan", later), at=later, until=date(2028, 1, 1), **by)
    with pytest.raises(Invalid, match="16/11/2029"):
        keep_back(actor=shelf.who("son", later), at=later, until=date(2029, 11, 17), **by)
    kept = keep_back(actor=shelf.who("son", later), at=later, until=date(2029, 11, 16), **by)
    assert (kept.state, kept.due_on) == (State.KEPT_BACK, date(2029, 11, 16))
    assert falling_due(date(2029, 11, 16)) == [file.pk]


def test_a_hand_over_is_returned_or_received(shelf: Shelf) -> None:
    file = shelf.closed()
    told = hand_over(actor=shelf.who("lan"), at=AT, files=[file], note="Hộp 1")
    task = Task.objects.get(about=told.ref)
    assert task.post_id == shelf.office.cast.posts["hoa"].pk
    with pytest.raises(WrongState):
        reopen(actor=shelf.who("dung"), at=AT, file=file, reason="Thêm")
    give_back(actor=shelf.who("hoa"), at=AT, task=task, reason="Thiếu văn bản trả lời")
    assert WorkFile.objects.get(pk=file.pk).state == State.DUE
    assert HandOver.objects.get(pk=told.pk).state == Decision.REFUSED
    assert "Thiếu văn bản trả lời" in Notice.objects.get(kind="workfiles.handed_back").sentence
    short = shelf.closed(retention="informed")
    with pytest.raises(Invalid, match="dưới 5 năm"):
        hand_over(actor=shelf.who("lan"), at=AT, files=[short])
    with pytest.raises(Invalid, match="một đơn vị"):
        _two_units(shelf, file)


def _two_units(shelf: Shelf, file: WorkFile) -> None:
    other = shelf.closed("dung")
    WorkFile.objects.filter(pk=other.pk).update(unit=shelf.office.cast.units["it"])
    hand_over(actor=shelf.who("dung"), at=AT, files=[file, WorkFile.objects.get(pk=other.pk)])


REFUSED = [
    "UPDATE workfiles_workfile SET title = 'khác'",
    "UPDATE workfiles_workfile SET state = 'open'",
    "UPDATE workfiles_workfile SET state = 'disposed', disposed_at = now(), doc_total = 9",
    "DELETE FROM workfiles_workfile",
    "UPDATE workfiles_paper SET ordinal = 9",
    "UPDATE workfiles_paper SET taken_out_at = now()",
    "DELETE FROM workfiles_paper",
    "TRUNCATE workfiles_paper CASCADE",
    "INSERT INTO workfiles_paper (file_id, incoming_id, dated, page_amount, digest, by_name, added_at, taken_out_by,"
    " taken_out_for) SELECT file_id, (SELECT max(id) FROM documents_incoming), dated, 1, '', 'x', now(), '', '' FROM"
    " workfiles_paper LIMIT 1",
    "UPDATE workfiles_handedfile SET place = 9",
    "UPDATE workfiles_handover SET state = 'waiting'",
    "DELETE FROM workfiles_handover",
]


def test_the_database_refuses_to_change_what_is_archived(shelf: Shelf) -> None:
    other = shelf.letter()
    file = shelf.archived()
    assert file.state == State.ARCHIVED and what_happened(file.ref)[-1] == "workfiles.archived"
    for statement in REFUSED:
        with pytest.raises(ProgrammingError, match="không"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
    with pytest.raises(WrongState):
        file_papers(actor=shelf.who("lan"), at=AT, file=file, papers=[other])
    paper = Paper.objects.get(file=file)
    assert [row.is_changed for row in contents(shelf.who("lan"), file, AT.date())[0]] == [False]
    letter = Incoming.objects.get(pk=paper.incoming_id)
    correct(actor=shelf.who("hoa"), at=AT, document=letter, changes={"subject": "Hỏi lại"}, reason="Ghi nhầm")
    assert [row.is_changed for row in contents(shelf.who("lan"), file, AT.date())[0]] == [True]


def test_disposal_takes_its_time_and_a_second_person(shelf: Shelf) -> None:
    file, agency = shelf.archived(), shelf.office.cast.units["skhcn"]
    with pytest.raises(Invalid, match="31/12/2036"):
        propose(actor=shelf.who("hoa"), at=AT, agency=agency, files=[file])
    late = AT.replace(year=2037)
    assert [row.id for row in out_of_term(agency.pk, late.date())[0]] == [file.pk]
    with pytest.raises(Refused, match="lưu trữ"):
        propose(actor=shelf.who("lan", late), at=late, agency=agency, files=[file])
    told = propose(actor=shelf.who("hoa", late), at=late, agency=agency, files=[file])
    with pytest.raises(Invalid, match="đã nằm trong"):
        propose(actor=shelf.who("hoa", late), at=late, agency=agency, files=[file])
    by = {"at": late, "disposal": told, "ground": "Quyết định 31/QĐ-SKHCN"}
    with pytest.raises(Refused, match="lãnh đạo"):
        confirm(actor=shelf.who("hoa", late), **by)
    Disposal.objects.filter(pk=told.pk).update(proposer=shelf.office.cast.accounts["son"])
    with pytest.raises(Refused, match="không tự quyết định"):
        confirm(actor=shelf.who("son", late), **by)
    confirm(actor=shelf.who("hung", late), **by)
    gone = WorkFile.objects.get(pk=file.pk)
    assert gone.state == State.DISPOSED and len(contents(shelf.who("hoa"), gone, AT.date())[0]) == 1
    assert not Task.objects.filter(about=told.ref, ended_at=None).exists()


def test_lists_take_as_many_queries_for_one_as_for_many(shelf: Shelf) -> None:
    shelf.closed()
    with CaptureQueriesContext(connection) as one:
        assert len(to_hand_over(shelf.who("lan"), AT.date())[0]) == 1
    for _ in range(3):
        shelf.closed()
    actor = shelf.who("lan")
    with CaptureQueriesContext(connection) as many:
        rows, following = to_hand_over(actor, AT.date(), limit=3)
    assert len(many) <= len(one) and len(rows) == 3
    assert len(to_hand_over(actor, AT.date(), after=following, limit=3)[0]) == 1
