"""Bàn văn thư: files are dropped, read, and registered one after the other."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tests.documents.letters import drop, letter, pdf_of, post
from tram.documents.models import Incoming
from tram.files.models import File
from tram.organisation.models import NumberBook

DESK = "/van-ban-den/ban-van-thu"


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    return cast.signed_in(client, "hoa")


def words(answer: Any) -> str:
    return answer.content.decode()


def slip_of(page: str) -> dict[str, str]:
    """The slip's fields as they stand on the page."""
    inputs = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*?value="([^"]*)"', page))
    areas = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page))
    chosen = {
        name: value
        for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.S)
        for value in re.findall(r'<option value="([^"]*)" selected', options)
    }
    return inputs | areas | chosen


def open_slip(clerk: Client, document: Incoming) -> dict[str, str]:
    return slip_of(words(clerk.get(f"{DESK}?lan=scan&van-ban={document.pk}")))


def test_a_dropped_pdf_is_read_at_once_into_the_slip(clerk: Client) -> None:
    assert "Đã đọc" in words(drop(clerk, letter()))
    slip = open_slip(clerk, Incoming.objects.get())
    assert (slip["code"], slip["issued_date"], slip["type_name"]) == ("482/STC-QLNS", "16/11/2026", "Công văn")
    assert slip["organ_name"] == "Sở Tài chính"
    assert slip["subject"].endswith("rà soát dự toán chi thường xuyên quý II năm 2026")


def test_a_letter_that_asks_for_an_answer_gets_the_day_of_its_kind(clerk: Client) -> None:
    drop(clerk, letter())
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", open_slip(clerk, Incoming.objects.get())["due_date"])


def test_saving_gives_the_number_the_stamp_and_the_next_letter(clerk: Client, cast: Cast) -> None:
    drop(clerk, letter(1))
    drop(clerk, letter(2, "góp ý dự thảo"))
    first, second = Incoming.objects.order_by("pk")
    answer = words(post(clerk, f"/van-ban-den/{first.pk}/vao-so", open_slip(clerk, first), HTTP_HX_REQUEST="true"))
    first.refresh_from_db()
    assert (first.arrival_number, first.state, first.to_places) == (1, "presented", "Giám đốc")
    assert 'class="number">1<' in answer and 'class="arrival"' in answer
    assert f"/van-ban-den/{second.pk}/vao-so" in answer


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(clerk: Client) -> None:
    drop(clerk, letter())
    document = Incoming.objects.get()
    slip = open_slip(clerk, document) | {"subject": "", "issued_date": "31/02/2026", "file_code": "04.KHTC"}
    answer = post(clerk, f"/van-ban-den/{document.pk}/vao-so", slip, HTTP_HX_REQUEST="true")
    assert answer.status_code == 422
    assert "không có trong lịch" in words(answer) and 'value="04.KHTC"' in words(answer)
    assert 'value="31/02/2026"' in words(answer)
    slip["issued_date"] = "16/11/2026"
    answer = post(clerk, f"/van-ban-den/{document.pk}/vao-so", slip, HTTP_HX_REQUEST="true")
    assert "ví dụ câu sau chữ V/v" in words(answer)
    assert NumberBook.objects.filter(next_number__gt=1).count() == 0


def test_a_refused_file_tells_its_own_reason_and_the_others_stay(clerk: Client) -> None:
    drop(clerk, letter())
    answer = drop(clerk, b"MZ\x90\x00 not a letter", "virus.pdf")
    assert answer.status_code == 422 and "Tệp" in words(answer)
    assert Incoming.objects.count() == 1


def test_a_marked_secret_is_refused_before_anything_of_it_is_kept(clerk: Client) -> None:
    text = (
        "SỞ TÀI CHÍNH\nSố: 5/STC-TM\n\nTỐI MẬT\n\nLào Cai, ngày 16 tháng 11 năm 2026\n" + "Nội dung công tác năm.\n" * 9
    )
    answer = drop(clerk, pdf_of(text))
    assert answer.status_code == 422 and "TỐI MẬT không đưa vào hệ thống" in words(answer)
    assert not Incoming.objects.exists() and not File.objects.exists()


def test_the_same_number_of_the_same_sender_is_noticed_and_needs_a_reason(clerk: Client) -> None:
    for _ in range(2):
        drop(clerk, letter())
    first, second = Incoming.objects.order_by("pk")
    post(clerk, f"/van-ban-den/{first.pk}/vao-so", open_slip(clerk, first))
    page = words(clerk.get(f"{DESK}?lan=scan&van-ban={second.pk}"))
    assert "Đã vào sổ số 1" in page and "Vẫn vào sổ" in page
    slip = slip_of(page) | {"duplicate_reason": ""}
    assert post(clerk, f"/van-ban-den/{second.pk}/vao-so", slip).status_code == 422
    slip["duplicate_reason"] = "Bản gửi lại có phụ lục"
    assert post(clerk, f"/van-ban-den/{second.pk}/vao-so", slip).status_code == 200
    second.refresh_from_db()
    assert second.arrival_number == 2


def test_a_twin_leaves_the_lane_in_one_step(clerk: Client) -> None:
    for _ in range(2):
        drop(clerk, letter())
    first, second = Incoming.objects.order_by("pk")
    post(clerk, f"/van-ban-den/{first.pk}/vao-so", open_slip(clerk, first))
    post(clerk, f"/van-ban-den/{second.pk}/trung", {"of": first.pk})
    second.refresh_from_db()
    assert (second.state, second.duplicate_of) == ("duplicate_of", first)


def test_picked_letters_are_registered_together_and_the_doubtful_stay(clerk: Client) -> None:
    for number in (1, 2):
        drop(clerk, letter(number, f"việc số {number}"))
    drop(clerk, pdf_of("Thông tin chung về tình hình công tác.\n" * 9))
    picked = list(Incoming.objects.order_by("pk").values_list("pk", flat=True))
    answer = post(clerk, f"{DESK}/vao-so-nhieu", {"pick": picked, "lan": "scan"}, HTTP_HX_REQUEST="true")
    assert "Đã vào sổ và chuyển 2 văn bản" in words(answer) and "ô đọc chưa chắc" in words(answer)
    assert list(Incoming.objects.order_by("pk").values_list("arrival_number", flat=True)) == [1, 2, None]


def test_five_thousand_digits_are_no_key(clerk: Client) -> None:
    drop(clerk, letter())
    digits = "9" * 5000
    for asked in ({"phan": "cho", "sau": digits}, {"van-ban": digits}):
        assert clerk.get(DESK, asked).status_code == 200
    assert (
        post(clerk, f"{DESK}/vao-so-nhieu", {"pick": [digits], "lan": "scan"}, HTTP_HX_REQUEST="true").status_code
        == 200
    )
    assert post(clerk, f"/viec/phan-viec/rut?viec={digits}").status_code == 404
    assert Incoming.objects.get().arrival_number is None


def test_a_paper_is_returned_to_its_sender_with_a_reason(clerk: Client) -> None:
    drop(clerk, letter())
    document = Incoming.objects.get()
    assert post(clerk, f"/van-ban-den/{document.pk}/tra-noi-gui", {"reason": ""}).status_code == 422
    post(clerk, f"/van-ban-den/{document.pk}/tra-noi-gui", {"reason": "Gửi nhầm cơ quan"})
    document.refresh_from_db()
    assert document.state == "returned_to_sender"
    assert "Không còn văn bản nào chờ vào sổ." in words(clerk.get(DESK))


def test_a_secret_paper_is_a_row_without_words(clerk: Client) -> None:
    slip = slip_of(words(clerk.get(f"{DESK}?lan=paper")))
    slip |= {
        "organ_name": "Công an tỉnh",
        "code": "7/CAT",
        "secrecy": "3",
        "subject": "không được giữ",
        "keeping_place": "",
    }
    wrong = post(clerk, f"{DESK}/vao-so", slip)
    assert wrong.status_code == 422 and "nơi giữ bản giấy" in words(wrong)
    assert post(clerk, f"{DESK}/vao-so", slip | {"keeping_place": "Tủ mật số 2"}).status_code == 200
    row = Incoming.objects.get()
    assert (row.subject, row.book_code, row.arrival_number) == ("", "incoming_secret", 1)


def test_nobody_but_the_clerk_works_at_the_desk(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "lan")
    assert client.get(DESK).status_code == 403
    assert drop(client, letter()).status_code == 403


def test_a_foreign_clerk_gets_the_same_answer_for_a_foreign_paper_and_for_none(clerk: Client, cast: Cast) -> None:
    drop(clerk, letter())
    foreign = cast.signed_in(Client(), "tuan")
    answers = [foreign.get(f"{DESK}?van-ban={pk}") for pk in (Incoming.objects.get().pk, 99_999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_typed_day_is_shown_back(clerk: Client) -> None:
    assert words(clerk.get(f"{DESK}/ngay?value=2/9/2026")) == "Thứ Tư, 02/09/2026"
    assert "Gõ ngày như" in words(clerk.get(f"{DESK}/ngay?value=mai"))


def test_senders_are_found_by_the_first_letters(clerk: Client) -> None:
    assert "Sở Tài chính" in words(clerk.get(f"{DESK}/noi-gui?q=stc"))


def test_a_large_file_comes_in_pieces_and_its_upload_serves_its_owner_once(cast: Cast, client: Client) -> None:
    client = cast.signed_in(client, "hoa")
    content = letter()
    told = client.post("/tep/tai-len", {"name": "cong-van.pdf", "size": len(content), "mark": "1"}).json()
    address, desk = f"/tep/tai-len/{told['id']}", "/van-ban-den/ban-van-thu/tep"
    early = post(client, desk, {"upload": told["id"]}, HTTP_HX_REQUEST="true")
    assert early.status_code == 422 and "Tệp chưa gửi xong" in early.content.decode()
    for at in range(0, len(content), 9_000):
        client.put(f"{address}?tu={at}", content[at : at + 9_000], "application/octet-stream")
    stranger = post(cast.signed_in(Client(), "tuan"), desk, {"upload": told["id"]})
    assert stranger.status_code == 404 and not Incoming.objects.exists()
    for wrong in ("x", str(uuid4()), "../x"):
        assert post(client, desk, {"upload": wrong}).status_code == 404
    done = post(client, desk, {"upload": told["id"]}, HTTP_HX_REQUEST="true")
    assert "Đã đọc" in done.content.decode()
    assert Incoming.objects.get().files.get().file.name == "cong-van.pdf"
    assert post(client, desk, {"upload": told["id"]}).status_code == 404 and client.get(address).status_code == 404
