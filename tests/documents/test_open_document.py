"""The list and the page of a document: for whoever may read it, and nothing of it for the others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.documents.letters import post
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register
from tram.documents.models import Incoming
from tram.documents.rules import Slip
from tram.kernel import clock
from tram.tasks.commands.due import ask_extension
from tram.tasks.models import Task

TABS = ("chi-dao", "ai-giu", "nhat-ky", "thong-tin")


def slip(number: int = 45) -> Slip:
    return Slip(
        organ_name="Sở Tài chính", code_number=str(number), code_notation="STC-NS", subject=f"V/v việc {number}"
    )


@pytest.fixture
def letter(cast: Cast) -> Incoming:
    at = clock.now()
    return register(actor=cast.hoa, at=at, agency=cast.skhcn, slip=slip(), present_to=cast.posts["son"])


@pytest.fixture
def directed(cast: Cast, letter: Incoming) -> Incoming:
    at = clock.now()
    direct(actor=cast.son, at=at, document=letter, lead=Target(cast.telecoms), note="Tham mưu trả lời")
    return letter


def page(cast: Cast, login: str, path: str) -> Any:
    return cast.signed_in(Client(), login).get(path)


def test_the_page_answers_who_until_when_and_what_i_must_do(cast: Cast, letter: Incoming) -> None:
    text = page(cast, "son", letter.url).content.decode()
    assert "Ai đang giữ?" in text and "Nguyễn Văn Sơn, Giám đốc" in text
    assert "Tôi phải làm gì?" in text and "Cho ý kiến chỉ đạo" in text
    assert 'data-dialog="chuyen"' in text and f"{letter.url}/chi-dao" in text


def test_a_wish_for_more_time_is_something_i_must_do(cast: Cast, letter: Incoming) -> None:
    at, day = clock.now(), clock.local_day(clock.now())
    due, lead = day + timedelta(days=7), Target(cast.telecoms, cast.posts["lan"])
    direct(actor=cast.son, at=at, document=letter, lead=lead, note="Trả lời", due_date=due)
    task = Task.objects.get(about=letter.ref, kind="handle")
    ask_extension(actor=cast.lan, at=at, task=task, wanted_on=due + timedelta(days=7), reason="Chờ số liệu 3 xã")
    duty = re.compile(r"Tôi phải làm gì\?</dt><dd>Trả lời xin gia hạn</dd>")
    assert duty.search(page(cast, "son", letter.url).content.decode())
    assert not duty.search(page(cast, "lan", letter.url).content.decode())


@pytest.mark.parametrize("login", ["hoa", "son", "dung", "lan"])
def test_every_reader_opens_every_tab(cast: Cast, directed: Incoming, login: str) -> None:
    reader = cast.signed_in(Client(), login)
    for tab in TABS:
        assert reader.get(f"{directed.url}?the={tab}").status_code == 200


@pytest.mark.parametrize("login", ["nga", "tuan", "quan"])
@pytest.mark.parametrize("verb", ["", "/trinh", "/chi-dao", "/chua-so", "/tep", "/ket-thuc", "/noi-gui-thu-hoi"])
def test_a_stranger_cannot_tell_a_foreign_document_from_none(
    cast: Cast, directed: Incoming, login: str, verb: str
) -> None:
    stranger = cast.signed_in(Client(), login)
    there, nowhere = (stranger.get(f"/van-ban-den/{pk}{verb}") for pk in (directed.pk, 99_999_999))
    assert there.status_code == nowhere.status_code == 404
    bodies = [
        answer.content.decode().replace(f"/{directed.pk}", "/n").replace("/99999999", "/n")
        for answer in (there, nowhere)
    ]
    assert directed.subject not in bodies[0]
    assert bodies[0].split("<main")[1].split("</main>")[0] == bodies[1].split("<main")[1].split("</main>")[0]


def test_a_visitor_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    assert client.get("/van-ban-den")["Location"] == "/dang-nhap?next=%2Fvan-ban-den"


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_many(cast: Cast, letter: Incoming) -> None:
    """Session and account, hats, the page of rows, the calendar of the agency, the menu's counters."""
    clerk = cast.signed_in(Client(), "hoa")
    clerk.get("/van-ban-den")
    with CaptureQueriesContext(connection) as one:
        clerk.get("/van-ban-den")
    for number in range(100, 126):
        register(actor=cast.hoa, at=clock.now(), agency=cast.skhcn, slip=slip(number))
    with CaptureQueriesContext(connection) as many:
        answer = clerk.get("/van-ban-den")
    assert answer.content.decode().count("data-row") == 25
    assert len(one) == len(many)


def test_folders_and_pages_of_the_list(cast: Cast, letter: Incoming) -> None:
    for number in range(100, 126):
        register(actor=cast.hoa, at=clock.now(), agency=cast.skhcn, slip=slip(number))
    clerk = cast.signed_in(Client(), "hoa")
    first = clerk.get("/van-ban-den?muc=chua-giai-quyet")
    assert "V/v việc 125" in first.content.decode() and "V/v việc 45" not in first.content.decode()
    following = first.context["pager"]["next_url"]
    assert "V/v việc 45" in clerk.get(following).content.decode()
    assert "Không có văn bản nào quá hạn." in clerk.get("/van-ban-den?muc=qua-han").content.decode()


def test_a_leader_directs_and_may_undo_within_ten_seconds(cast: Cast, letter: Incoming) -> None:
    leader = cast.signed_in(Client(), "son")
    post(leader, f"{letter.url}/chi-dao", {"lead": f"unit.{cast.telecoms.pk}", "phrase": "Giải quyết", "due": ""})
    task = Task.objects.get(about=letter.ref, kind="handle")
    assert (task.unit, task.note) == (cast.telecoms, "Giải quyết")
    text = leader.get(letter.url).content.decode()
    assert "Hoàn tác" in text and "Phòng Bưu chính, Viễn thông" in text
    direction = letter.directions.get()
    post(leader, f"{letter.url}/chi-dao/{direction.pk}/thu-hoi")
    letter.refresh_from_db()
    assert letter.state == "presented"


def test_a_read_direction_is_taken_back_only_with_a_reason(cast: Cast, directed: Incoming) -> None:
    dung, leader = cast.signed_in(Client(), "dung"), cast.signed_in(Client(), "son")
    post(dung, f"/viec/{Task.objects.get(about=directed.ref, kind='handle').pk}/doc")
    path = f"{directed.url}/chi-dao/{directed.directions.get().pk}/thu-hoi"
    answer = post(leader, path)
    assert answer.status_code == 422 and "Nhập lý do thu hồi" in answer.content.decode()
    assert post(leader, path, {"reason": "Giao phòng khác"}).status_code == 303


def test_a_direction_without_any_unit_says_so_and_keeps_the_words(cast: Cast, letter: Incoming) -> None:
    answer = post(cast.signed_in(Client(), "son"), f"{letter.url}/chi-dao", {"note": "Xem kỹ phụ lục"})
    assert answer.status_code == 422
    assert "Chọn đơn vị chủ trì" in answer.content.decode() and "Xem kỹ phụ lục" in answer.content.decode()


def test_a_corrected_row_shows_what_it_said(cast: Cast, letter: Incoming) -> None:
    clerk = cast.signed_in(Client(), "hoa")
    form = {
        "organ_name": "Sở Tài chính",
        "code": "46/STC-NS",
        "subject": "V/v việc 45",
        "type_name": "",
        "reason": "Gõ nhầm số",
    }
    assert post(clerk, f"{letter.url}/chua-so", form).status_code == 303
    text = clerk.get(f"{letter.url}?the=thong-tin").content.decode()
    assert "<s>45</s>" in text and "46" in text and "Gõ nhầm số" in text


def test_the_clerk_may_not_correct_without_a_reason(cast: Cast, letter: Incoming) -> None:
    answer = post(
        cast.signed_in(Client(), "hoa"), f"{letter.url}/chua-so", {"organ_name": "Sở Tài chính", "subject": "x"}
    )
    assert answer.status_code == 422 and "Nhập lý do chữa sổ" in answer.content.decode()


def test_a_clerk_presents_closes_and_notes_a_recall(cast: Cast) -> None:
    clerk = cast.signed_in(Client(), "hoa")
    first, second = (register(actor=cast.hoa, at=clock.now(), agency=cast.skhcn, slip=slip(n)) for n in (1, 2))
    post(clerk, f"{first.url}/trinh", {"to": cast.posts["hung"].pk})
    assert Task.objects.get(about=first.ref).post == cast.posts["hung"]
    post(clerk, f"{first.url}/noi-gui-thu-hoi", {"reason": "Thông báo 12/TB-STC"})
    post(clerk, f"{second.url}/ket-thuc", {"outcome": "Lưu hồ sơ"})
    assert [Incoming.objects.get(pk=d.pk).state for d in (first, second)] == ["cancelled_by_recall", "closed"]


def test_a_step_that_no_longer_fits_is_told_so(cast: Cast, directed: Incoming) -> None:
    assert page(cast, "hoa", f"{directed.url}/trinh").status_code == 409


def test_a_reader_is_refused_the_clerks_steps(cast: Cast, directed: Incoming) -> None:
    assert page(cast, "dung", f"{directed.url}/ket-thuc").status_code == 403


def test_the_history_tells_document_and_work_in_one_line_of_time(cast: Cast, directed: Incoming) -> None:
    text = page(cast, "son", f"{directed.url}?the=nhat-ky").content.decode()
    assert text.index("đã vào sổ văn bản đến số 1") < text.index("đã giao việc (Chủ trì xử lý)")
