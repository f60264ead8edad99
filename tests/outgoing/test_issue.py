"""Issuing: work for units, letters in other agencies' lanes with their states back, an outbox for all others."""

from dataclasses import replace

import pytest

from tests.cast import AT
from tests.outgoing.office import Office, work
from tests.signing.papers import kept
from tests.signing.papers import letter as page
from tram.documents.commands.arrive import return_to_sender
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import Slip, cancel, register
from tram.documents.models import Incoming
from tram.documents.queries import lane, proposal
from tram.files.policy import may_open
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.outgoing.commands.after import recall
from tram.outgoing.commands.issue import confirm_delivery, dispatch, issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import sign_on_paper
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import card, recipients, visible_to
from tram.outgoing.rules import Place
from tram.outgoing.states import Delivery, Relation, State, Way, delivery_of
from tram.search.queries import search
from tram.tasks.commands.work import accept, finish, submit
from tram.tasks.models import Task


@pytest.fixture
def sent(office: Office) -> Outgoing:
    """Signed by hand, with its scan, numbered and issued to the three places."""
    return send(office, office.draft())


def send(office: Office, letter: Outgoing) -> Outgoing:
    hoa = office.who("hoa")
    scan = kept(hoa, page(), "ban-quet.pdf")
    letter = sign_on_paper(actor=hoa, at=AT, document=office.approved(letter), scan=scan)
    return issue(actor=hoa, at=AT, document=number(actor=hoa, at=AT, document=letter))


def at_stc(letter: Outgoing) -> Incoming:
    return Incoming.objects.get(origin=letter.recipients.get(way=Way.EXCHANGE).ref)


def state(letter: Outgoing, way: Way) -> str:
    return letter.recipients.get(way=way).state


def enter(office: Office, paper: Incoming) -> Incoming:
    fields = {name: told["value"] for name, told in (proposal(paper.pk) or ({}, ""))[0].items()}
    fields["issued_date"] = AT.date()
    slip = Slip(**fields)
    return register(actor=office.who("tuan"), at=AT, agency=office.cast.units["stc"], slip=slip, document=paper)


def test_each_place_gets_it_by_its_way(office: Office, sent: Outgoing) -> None:
    assert [(row["name"], row["way"], row["state"]) for row in recipients(sent)] == [
        ("Sở Tài chính", "exchange", "arrived"),
        ("Phòng Chuyển đổi số", "internal", "arrived"),
        ("Bưu điện tỉnh Lào Cai", "post", "queued"),
    ]
    assert work(sent) == [("inform", "Phòng Chuyển đổi số")]
    assert visible_to(office.who("nga"), AT.date()).filter(pk=sent.pk).exists()
    assert sent.issued_amount == 2, "one on paper for the post office, one kept"


def test_the_receiving_clerk_finds_the_slip_filled_and_the_file_readable(office: Office, sent: Outgoing) -> None:
    rows, _ = lane(office.cast.units["stc"].pk, "exchange")
    assert [(row.title, row.organ_name, row.doubts) for row in rows] == [
        ("Rà soát dự toán năm 2027", "Sở Khoa học và Công nghệ", 0)
    ]
    paper = at_stc(sent)
    file = paper.files.get().file
    assert file.pk != sent.paper_id and file.blob_id == sent.paper.blob_id
    assert may_open(office.who("tuan"), file, AT) and not may_open(office.who("hoa"), file, AT)
    assert may_open(office.who("lan"), sent.paper, AT) and not may_open(office.who("tuan"), sent.paper, AT)
    paper = enter(office, paper)
    assert (paper.code, paper.organ_name, paper.signer_full_name) == (
        "01/SKHCN-BCVT", "Sở Khoa học và Công nghệ", "Nguyễn Văn Sơn",
    )  # fmt: skip


def test_states_come_back_as_the_receiver_works(office: Office, sent: Outgoing) -> None:
    paper = enter(office, at_stc(sent))
    row = next(row for row in recipients(sent) if row["way"] == "exchange")
    assert row["state_name"] == "Đã vào sổ" and row["reports"][-1]["note"] == "Số đến 1"
    stc = office.cast.units["budget"]
    direct(actor=office.who("thu"), at=AT, document=paper, lead=Target(stc))
    assert state(sent, Way.EXCHANGE) == "assigned"
    task = Task.objects.get(about=paper.ref, kind="handle")
    by = {"at": AT, "task": task}
    Task.objects.filter(pk=task.pk).update(post=office.cast.posts["tuan"], turn_post=office.cast.posts["tuan"])
    accept(actor=office.who("tuan"), **by)
    assert state(sent, Way.EXCHANGE) == "processing"
    submit(actor=office.who("tuan"), result="Đã rà soát", **by)
    assert state(sent, Way.EXCHANGE) == "processing"
    assert [row.code for row in sent.recipients.get(way=Way.EXCHANGE).reports.order_by("pk")] == [
        "01",
        "03",
        "04",
        "05",
    ]


def test_a_letter_refused_in_the_lane_is_told_to_its_drafter(office: Office, sent: Outgoing) -> None:
    return_to_sender(actor=office.who("tuan"), at=AT, document=at_stc(sent), reason="Gửi nhầm cơ quan")
    row = next(row for row in recipients(sent) if row["way"] == "exchange")
    assert (row["state"], row["reports"][-1]["note"]) == ("rejected", "Gửi nhầm cơ quan")


def test_reports_in_any_order_and_twice_never_step_back() -> None:
    assert delivery_of(["05", "03", "03", "01"]) == Delivery.PROCESSING
    assert delivery_of([]) == Delivery.SENT
    assert delivery_of(["03", "13"]) == Delivery.RECALL_REQUESTED
    assert delivery_of(["16", "03", "13"]) == Delivery.ACCEPTED
    assert delivery_of(["15", "13"]) == Delivery.RECALLED and delivery_of(["02"]) == Delivery.REJECTED


def test_a_unit_given_work_by_the_letter_reports_to_who_signed_it(office: Office) -> None:
    handle = Place("Phòng Chuyển đổi số", unit=office.cast.units["it"].pk, work="handle")
    letter = send(office, office.draft(places=(handle,)))
    task = Task.objects.get(about=letter.ref, kind="handle")
    assert task.giver_post_id == office.cast.posts["son"].pk
    Task.objects.filter(pk=task.pk).update(post=office.cast.posts["nga"], turn_post=office.cast.posts["nga"])
    accept(actor=office.who("nga"), at=AT, task=task)
    assert state(letter, Way.INTERNAL) == "processing"
    assert submit(actor=office.who("nga"), at=AT, task=task, result="Xong").turn_post_id == office.cast.posts["son"].pk


def test_the_outbox_follows_a_paper_by_post_or_hand(office: Office, sent: Outgoing) -> None:
    row = sent.recipients.get(way=Way.POST)
    by = {"at": AT, "document": sent}
    with pytest.raises(Refused, match="văn thư"):
        dispatch(actor=office.who("lan"), recipient=row, way=Way.POST, **by)
    with pytest.raises(WrongState, match="nơi nhận báo về"):
        dispatch(actor=office.who("hoa"), recipient=sent.recipients.get(way=Way.EXCHANGE), way=Way.HAND, **by)
    with pytest.raises(WrongState, match="Chỉ ghi nhận"):
        confirm_delivery(actor=office.who("hoa"), recipient=row, **by)
    dispatch(actor=office.who("hoa"), recipient=row, way=Way.HAND, note="Anh Nam mang", **by)
    with pytest.raises(WrongState, match="Không chuyển lần nữa"):
        dispatch(actor=office.who("hoa"), recipient=row, way=Way.POST, **by)
    assert confirm_delivery(actor=office.who("hoa"), recipient=row, note="Chị Hạnh ký", **by).state == "arrived"
    assert [one["note"] for one in recipients(sent)[2]["reports"]] == ["Anh Nam mang", "Chị Hạnh ký"]


def test_a_paper_without_scan_goes_to_other_agencies_by_post(office: Office) -> None:
    letter = office.issued()
    assert [row["way"] for row in recipients(letter)] == ["post", "internal", "post"]
    assert not Incoming.objects.exists()


def test_a_reply_stops_the_clock_of_the_letter_that_it_answers(office: Office) -> None:
    cast = office.cast
    slip = Slip(
        organ_name="Sở Tài chính", organ_unit=cast.units["stc"].pk, code_number="45", code_notation="STC", subject="Hỏi"
    )
    asked = register(actor=office.who("hoa"), at=AT, agency=cast.units["skhcn"], slip=slip)
    direct(actor=office.who("son"), at=AT, document=asked, lead=Target(cast.units["telecoms"]))
    send(office, office.draft(answers=asked))
    asked.refresh_from_db()
    assert (asked.state, asked.answer_code) == ("closed", "01/SKHCN-BCVT") and asked.ended_at == AT
    task = Task.objects.get(about=asked.ref, kind="handle")
    assert (task.state, task.result) == ("completed", "Đã trả lời bằng văn bản 01/SKHCN-BCVT ngày 16/11/2026")
    with pytest.raises(Refused):
        office.draft("thu", answers=asked)


def test_a_recall_freezes_it_here_and_takes_it_out_of_the_lanes(office: Office, sent: Outgoing) -> None:
    for stranger in ("lan", "tuan"):
        with pytest.raises(Refused):
            recall(actor=office.who(stranger), at=AT, document=sent, reason="Sai số liệu")
    recall(actor=office.who("son"), at=AT, document=sent, reason="Sai số liệu")
    sent.refresh_from_db()
    assert (sent.state, at_stc(sent).state) == (State.RECALLED, "cancelled_by_recall")
    assert [(row["state"], [one["code"] for one in row["reports"]]) for row in recipients(sent)] == [
        ("recalled", ["01", "15", "13"]), ("recalled", []), ("queued", []),
    ]  # fmt: skip
    assert work(sent) == [] and sent.number == 1
    with pytest.raises(WrongState):
        recall(actor=office.who("son"), at=AT, document=sent, reason="Lần nữa")


def test_once_in_the_book_the_receiver_decides_on_a_recall(office: Office) -> None:
    for refuses in (False, True):
        letter = send(office, office.draft())
        paper = enter(office, at_stc(letter))
        recall(actor=office.who("hoa"), at=AT, document=letter, reason="Sai số liệu")
        assert state(letter, Way.EXCHANGE) == "recall_requested"
        task = Task.objects.get(about=paper.ref, kind="review", ended_at=None)
        if refuses:
            with pytest.raises(Invalid, match="lý do không thu hồi"):
                finish(actor=office.who("tuan"), at=AT, task=task)
            finish(actor=office.who("tuan"), at=AT, task=task, result="Đã thực hiện xong")
            assert state(letter, Way.EXCHANGE) == "accepted"
        else:
            cancel(actor=office.who("tuan"), at=AT, document=paper, reason="Nơi gửi thu hồi")
            assert state(letter, Way.EXCHANGE) == "recalled"


@pytest.mark.parametrize(
    ("relation", "after"), [(Relation.REPLACES, State.REPLACED), (Relation.CORRECTS, State.CORRECTED), (Relation.RECALLS, State.RECALLED)]
)  # fmt: skip
def test_a_later_letter_replaces_corrects_or_recalls_and_both_are_linked(
    office: Office, sent: Outgoing, relation: Relation, after: State
) -> None:
    later = send(office, office.draft(before=sent, relation=relation, places=office.content().places[1:2]))
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (after, "02/SKHCN-BCVT ngày 16/11/2026")
    assert card(sent)["later"] == [later.pk] and card(later)["before"] == sent.pk
    if relation != Relation.CORRECTS:
        with pytest.raises(Invalid, match="đã phát hành"):
            office.draft(before=sent, relation=relation)


def test_it_is_found_by_who_may_read_it(office: Office, sent: Outgoing) -> None:
    def found(who: str) -> bool:
        answer = search(actor=office.who(who), at=AT, text="rà soát dự toán")
        return any("van-ban-di" in hit.url for hit in answer.hits)

    assert found("lan") and found("hung") and not found("tuan")


def test_a_place_is_named_once_and_a_draft_holds_nothing_secret(office: Office) -> None:
    place = office.content().places[0]
    with pytest.raises(Invalid, match="hai lần"):
        office.draft(places=(place, place))
    with pytest.raises(Invalid, match="Văn bản mật"):
        office.draft(body="ĐỘ MẬT: MẬT\nNội dung mật")
    with pytest.raises(Invalid, match="từ 1 đến 999"):
        office.draft(places=(replace(place, copies=0),))
