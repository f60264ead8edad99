"""An official words the answer, another lets it out; what is taken back is nowhere any more; nobody else sees a question."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.documents.letters import key, post
from tests.voices.asked import ANSWER, E_MAIL, NAME, PHONE, TOLD, Asking
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.tasks.commands.work import give_back
from tram.tasks.models import Task
from tram.voices.commands.answering import answer, entrust, pass_on, send_back, set_aside
from tram.voices.commands.asking import forget
from tram.voices.commands.publishing import publish, withdraw
from tram.voices.models import Publication, Voice
from tram.voices.queries import followed, one, voices


def said(answer: Any) -> str:
    return str(answer.content.decode())


def holder(voice: Voice) -> tuple[int, int | None]:
    """Where the open work about it lies: unit, post."""
    task = Task.objects.get(about=voice.ref, ended_at=None)
    return task.unit_id, task.post_id


def test_by_the_screens_from_the_inbox_to_the_portal(house: Asking, client: Client) -> None:
    voice, cast = house.asked(at=clock.now()), house.cast
    tam = cast.signed_in(client, "tam")
    place = f"/cau-hoi/{voice.pk}"
    assert place in said(tam.get("/")) and TOLD["title"] in said(tam.get("/cau-hoi"))
    page = said(tam.get(place))
    assert E_MAIL in page and "Giao đơn vị soạn" in page and "còn 10 ngày làm việc" in page
    assert post(tam, f"{place}/giao", {"unit": cast.units["telecoms"].pk}).status_code == 303
    assert holder(voice) == (cast.units["telecoms"].pk, None)
    lan = cast.signed_in(Client(), "lan")
    assert TOLD["text"] in said(lan.get(place)) and "Giao đơn vị soạn" not in said(lan.get(place))
    told = {"title": TOLD["title"], "text": "Chiều thứ bảy có làm việc không?", "answer": "", "seen": 0}
    empty = post(lan, f"{place}/tra-loi", told)
    assert empty.status_code == 422 and "Nhập câu trả lời." in said(empty) and told["text"] in said(empty)
    assert post(lan, f"{place}/tra-loi", told | {"answer": ANSWER}).status_code == 303
    assert (
        "Chờ duyệt đăng" in said(lan.get(place)) and lan.post(f"{place}/dang", {"seen": 1}, **key()).status_code == 403
    )
    assert holder(voice)[1] == cast.posts["tam"].pk
    assert post(tam, f"{place}/dang", {"seen": 0}).status_code == 409, "another answer than the one that was read"
    once = key()
    assert [tam.post(f"{place}/dang", {"seen": 1}, **once).status_code for _ in range(2)] == [303, 303]
    out = Publication.objects.get()
    assert (out.text, out.answer) == (told["text"], ANSWER) and not Task.objects.filter(ended_at=None).exists()
    assert post(tam, f"{place}/go", {"reason": ""}).status_code == 422
    assert post(tam, f"{place}/go", {"reason": "Sai giờ"}).status_code == 303


def test_who_worded_it_does_not_publish_it_and_strangers_see_nothing(house: Asking, client: Client) -> None:
    voice = house.answered()
    for who, why in (("lan", "Chỉ biên tập"), ("tuan", "Chỉ biên tập")):
        with pytest.raises(Refused, match=why):
            publish(actor=house.who(who), at=AT, voice=voice, seen=1)
    own = answer(actor=house.who("tam"), at=AT, voice=voice, title="T", text="H", answer="Đ", seen=1)
    with pytest.raises(Refused, match="không tự đăng"):
        publish(actor=house.who("tam"), at=AT, voice=own, seen=2)
    for who in ("tuan", "nga", "quan"):
        with pytest.raises(Hidden):
            one(house.who(who), voice.pk, AT.date())
        there = house.cast.signed_in(Client(), who)
        for address in (f"/cau-hoi/{voice.pk}", f"/cau-hoi/{voice.pk}/dang", f"/cau-hoi/{voice.pk + 1000}"):
            assert there.get(address).status_code == 404
    assert [client.get(one).status_code for one in ("/cau-hoi", f"/cau-hoi/{voice.pk}")] == [302, 302]
    assert publish(actor=house.who("son"), at=AT, voice=own, seen=2).publisher_name


def test_the_askers_own_contact_never_gets_out_in_the_words(house: Asking) -> None:
    for words in (f"Gọi tôi {PHONE}", f"Thư về {E_MAIL.upper()}"):
        voice = house.answered(text=words)
        with pytest.raises(WrongState, match="của người hỏi"):
            publish(actor=house.who("tam"), at=AT, voice=voice, seen=1)
    assert not Publication.objects.exists()


def test_an_answer_comes_back_and_work_that_is_given_back_goes_to_the_desk(house: Asking) -> None:
    voice, cast = house.answered(), house.cast
    with pytest.raises(Invalid):
        send_back(actor=house.who("son"), at=AT, voice=voice, reason="")
    voice = send_back(actor=house.who("son"), at=AT, voice=voice, reason="Nêu căn cứ")
    assert voice.state == "waiting" and holder(voice)[1] == cast.posts["tam"].pk
    entrust(actor=house.who("tam"), at=AT, voice=voice, unit=cast.units["telecoms"])
    with pytest.raises(Invalid, match="Chọn một đơn vị"):
        entrust(actor=house.who("tam"), at=AT, voice=voice, unit=cast.units["budget"])
    task = Task.objects.get(about=voice.ref, ended_at=None)
    give_back(actor=house.who("dung"), at=AT, task=task, reason="Không phải việc của phòng")
    assert holder(voice)[1] == cast.posts["tam"].pk


def test_passed_on_it_moves_with_its_work_and_the_former_agency_sees_it_no_more(house: Asking) -> None:
    voice, cast = house.asked(), house.cast
    with pytest.raises(Refused, match="Chọn cơ quan"):
        pass_on(actor=house.who("tam"), at=AT, voice=voice, to=cast.units["skhcn"], reason="Vòng")
    pass_on(actor=house.who("tam"), at=AT, voice=voice, to=cast.units["stc"], reason="Thuộc Sở Tài chính")
    assert holder(voice) == (cast.units["stc"].pk, cast.posts["thu"].pk)
    with pytest.raises(Hidden):
        one(house.who("tam"), voice.pk, AT.date())
    assert one(house.who("thu"), voice.pk, AT.date()).typed_text == TOLD["text"]


def test_set_aside_the_asker_reads_why(house: Asking, reader: Client) -> None:
    code = house.code()
    voice = Voice.objects.get()
    set_aside(actor=house.who("tam"), at=AT, voice=voice, reason="Đã trả lời ở mục Văn bản")
    page = said(reader.get(f"/cong/hoi-dap/ma/{code}"))
    assert "Không đăng" in page and "Đã trả lời ở mục Văn bản" in page
    assert not Task.objects.filter(about=voice.ref, ended_at=None).exists()
    voice.refresh_from_db()
    assert house.answered(voice).state == "answered", "it may be answered after all"
    assert followed(code).reason == ""


def test_a_name_that_tells_how_to_reach_the_asker_is_not_let_out(house: Asking) -> None:
    voice = house.answered(house.asked(name=f"{NAME} {PHONE}", shows_name=True))
    with pytest.raises(WrongState, match="Họ tên sẽ đăng"):
        publish(actor=house.who("tam"), at=AT, voice=voice, seen=1)
    forget(actor=house.who("tam"), at=AT, voice=voice, reason="Tên có số điện thoại")
    assert publish(actor=house.who("tam"), at=AT, voice=voice, seen=1).voice.name == ""


def test_the_log_keeps_each_row_and_the_address_stays(house: Asking) -> None:
    first = house.public()
    withdraw(actor=house.who("tam"), at=AT, voice=first.voice, reason="Sửa")
    second = house.public(Voice.objects.get())
    assert second.slug == first.slug and second.first_at == first.since_at
    for change in ({"answer": "Khác"}, {"voice_id": first.voice_id, "slug": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=second.pk).update(**change)
    with pytest.raises(WrongState):
        publish(actor=house.who("tam"), at=AT, voice=second.voice, seen=2)


def test_the_list_costs_the_same_for_one_and_for_fifty(house: Asking) -> None:
    costs = []
    for count in (1, 30):
        for _ in range(count):
            house.asked(email="", phone="")
        with CaptureQueriesContext(connection) as caught:
            rows, following = voices(house.who("tam"), AT.date())
        costs.append(len(caught))
    assert costs[0] == costs[1] and len(rows) == 25 and following == rows[-1].id
    rest, end = voices(house.who("tam"), AT.date(), after=following)
    assert len(rest) == 6 and end == 0 and NAME not in str(rows)
