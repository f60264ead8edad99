"""Anybody asks an agency by a plain form, and sees by a code alone what became of it; machines and forgers get nowhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import AT
from tests.voices.asked import E_MAIL, NAME, PHONE, TOLD, Asking
from tram.audit.models import Event
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.queries import calendar_of
from tram.tasks.models import Task
from tram.voices.commands.asking import forget, tidy
from tram.voices.models import Contact, Voice
from tram.voices.queries import followed, takers
from tram.voices.rules import LINK, code_of, code_typed, holds, in_fours, personal_in, settled, slug_of
from tram.web.models import Answer

OURS = {"Sec-Fetch-Site": "same-origin"}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def form(house: Asking, key: UUID | None = None, **more: Any) -> dict[str, Any]:
    told = TOLD | {"agency": house.cast.units["skhcn"].pk, "idempotency_key": str(key or uuid4()), "consents": "on"}
    told = {name: value for name, value in (told | more).items() if value is not False}
    return {"data": "&".join(f"{name}={value}" for name, value in told.items()), "content_type": FORM, "headers": OURS}


FORM = "application/x-www-form-urlencoded"
ASK = "/cong/hoi-dap/hoi"


def test_a_reader_asks_without_a_script_and_follows_it_by_its_code(house: Asking, reader: Client) -> None:
    agency = house.cast.units["skhcn"]
    page = said(reader.get(f"{ASK}?co-quan={agency.pk}"))
    assert f'<option value="{agency.pk}" selected>' in page and "<script" not in page
    key = uuid4()
    answers = [reader.post(ASK, **form(house, key)) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303] and answers[0]["Location"] == answers[1]["Location"]
    voice = Voice.objects.get()
    assert (voice.typed_text, voice.name, voice.shows_name) == (TOLD["text"], NAME, False)
    followed_page = reader.get(answers[0]["Location"])
    told = said(followed_page)
    assert "Đã nhận, chưa trả lời" in told and f"{voice.due_on:%d/%m/%Y}" in told
    for word in (TOLD["title"], TOLD["text"], NAME, E_MAIL, PHONE):
        assert word not in told, "an address that can be passed on shows no word of a stranger"
    assert followed_page["Cache-Control"] == "no-store" and "noindex" in followed_page["X-Robots-Tag"]
    assert not reader.cookies and not Answer.objects.exists(), "neither cookie nor address is kept"
    typed = in_fours(answers[0]["Location"].rsplit("/", 1)[1]).lower()
    assert (
        reader.post("/cong/hoi-dap/ma", f"code={typed}", content_type=FORM, headers=OURS)["Location"]
        == answers[0]["Location"]
    )
    assert "mười sáu chữ và số" in said(reader.post("/cong/hoi-dap/ma", "code=ABCD", content_type=FORM, headers=OURS))
    assert reader.get("/cong/hoi-dap/ma/AAAABBBBCCCCDDDD").status_code == 404


def test_a_question_is_work_with_a_deadline_of_whoever_the_catalogue_names(house: Asking) -> None:
    voice = house.asked()
    task = Task.objects.get(about=voice.ref)
    assert task.post_id == house.cast.posts["tam"].pk, "no editor sits there, so the office chief"
    assert task.due_on == voice.due_on == calendar_of(voice.agency_id).add(AT.date(), 10)
    event = Event.objects.get(what="voices.asked")
    assert event.actor_id is None and event.agency == voice.agency_id
    kept = str([*Event.objects.values_list("detail", "actor_name")])
    for word in (TOLD["title"], TOLD["text"], NAME, E_MAIL, PHONE):
        assert word not in kept, "records stay for ever, so none holds a word of whoever asked"
    assert {unit.pk for unit in takers(AT.date())} >= {house.cast.units[key].pk for key in ("skhcn", "stc", "xa")}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"consents": False}, "cơ quan mới được dùng"),
        ({"title": ""}, "Nhập việc bạn hỏi"),
        ({"text": ""}, "Nhập câu hỏi."),
        ({"name": ""}, "Nhập họ tên"),
        ({"text": "x" * 3001}, "nhiều nhất 3000 chữ"),
        ({"text": "Xem bet.xyz và www.b.com"}, "Bỏ bớt địa chỉ trang web"),
        ({"email": "khong-phai"}, "ten@congty.vn"),
        ({"phone": "hotline"}, "0912 345 678"),
        ({"agency": 987654}, "Chọn cơ quan trong danh sách"),
        ({"page": "http://a"}, "chặn máy gửi tự động"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    house: Asking, reader: Client, wrong: dict[str, Any], sentence: str
) -> None:
    answer = reader.post(ASK, **form(house, **wrong))
    assert answer.status_code == 422 and sentence in said(answer) and not Voice.objects.exists()
    if "title" not in wrong:
        assert f'value="{TOLD["title"]}"' in said(answer)
    for banned in ("không hợp lệ", "vui lòng", "rất tiếc"):
        assert banned not in said(answer).lower()


def test_forgers_files_and_floods_are_refused(house: Asking, reader: Client) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.com"}, {}):
        answer = reader.post(ASK, **(form(house) | {"headers": headers}))
        assert answer.status_code == 403 and TOLD["text"] not in said(answer)
    for answer in (
        reader.post(ASK, {"title": "x", "tep": b"%PDF"}, headers=OURS),
        reader.post(ASK, **form(house, text="x" * 70_000)),
    ):
        assert answer.status_code == 422 and "Chỉ gửi được chữ" in said(answer)
    assert not Voice.objects.exists()
    assert [reader.post(ASK, **form(house)).status_code for _ in range(6)] == [303] * 5 + [429]
    assert Voice.objects.count() == 5


def test_an_agency_has_so_many_a_day_and_no_agency_is_asked_that_cannot_answer(
    house: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settled(), "a_day", 1)
    house.code()
    with pytest.raises(WrongState, match="quá nhiều câu hỏi"):
        house.code()
    assert house.code(at=AT + timedelta(days=1))
    with pytest.raises(Refused, match="Chọn cơ quan"):
        house.code(to="telecoms")
    with pytest.raises(Invalid):
        house.code(to="stc", consents=False)


def test_who_asked_is_erased_on_demand_and_by_the_clock(house: Asking) -> None:
    voice = house.asked()
    with pytest.raises(Invalid, match="Nhập lý do"):
        forget(actor=house.who("tam"), at=AT, voice=voice, reason=" ")
    with pytest.raises(Refused):
        forget(actor=house.who("lan"), at=AT, voice=voice, reason="Theo yêu cầu")
    forget(actor=house.who("tam"), at=AT, voice=voice, reason="Theo yêu cầu")
    voice.refresh_from_db()
    assert voice.name == "" and voice.typed_text == TOLD["text"] and not Contact.objects.exists()
    with pytest.raises(WrongState, match="đã xóa rồi"):
        forget(actor=house.who("tam"), at=AT, voice=voice, reason="Lại")
    old, fresh = house.public(house.asked(email="", phone="")).voice, house.asked(shows_name=True)
    system, later = Actor.system(), AT + timedelta(days=91)
    assert tidy(actor=system, at=AT) == 0 and tidy(actor=system, at=later) == 1
    old.refresh_from_db()
    assert old.name == "" and Contact.objects.get().voice_id == fresh.pk, "what waits keeps its contact"


def test_what_was_typed_stays_in_the_database_as_it_was(house: Asking) -> None:
    voice = house.asked()
    for change in ({"typed_text": "Khác"}, {"name": "Khác"}, {"shows_name": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Voice.objects.filter(pk=voice.pk).update(**change)
    assert followed(house.code()).is_open


def test_codes_links_and_personal_data() -> None:
    key = uuid4()
    code = code_of("a", key)
    assert code == code_of("a", key) != code_of("b", key) and code_typed(in_fours(code).lower()) == code
    assert code_typed("ABCD") == code_typed("ABCD-EFGH-2345-67A!") == ""
    assert (
        not LINK.search("Nghị định 30/2020/NĐ-CP, Điều 1.2")
        and len(LINK.findall("http://www.a.com/b?c=d.org e.xyz")) == 2
    )
    text = "Gọi 0912 345 678, căn cước 010203004567, thư a@b.vn, số 12/QĐ-UBND"
    assert personal_in(text) == ["010203004567", "0912 345 678", "a@b.vn"]
    assert holds("gọi 098.765.4321 nhé", PHONE) and holds("QZTHU@qzhop.vn", E_MAIL) and not holds("Số 12", PHONE)
    assert slug_of("Giờ làm việc?", 7) == "gio-lam-viec-7" and slug_of("???", 7) == "cau-hoi-7"


def test_who_guesses_too_often_is_told_so_whatever_they_type(house: Asking, reader: Client) -> None:
    place = reader.post(ASK, **form(house, uuid4()))["Location"]
    for _ in range(30):
        assert reader.get("/cong/hoi-dap/ma/AAAABBBBCCCCDDDD").status_code == 404
    for code in (place, "/cong/hoi-dap/ma/AAAABBBBCCCCDDDD"):
        answer = reader.get(code)
        assert answer.status_code == 429 and "Chờ một phút" in said(answer)
    typed = f"code={place.rsplit('/', 1)[1]}"
    assert "Chờ một phút" in said(reader.post("/cong/hoi-dap/ma", typed, content_type=FORM, headers=OURS))
