"""The doors of articles: old files brought in, looked through, decided; a stranger finds nothing."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.news.pages import HTML, OLD
from tests.news.test_refuse import BAD
from tram.news.commands.old import take_in, take_in_all
from tram.news.models import Article, OldFile

HERE = "/tin-bai/bai-cu"


@pytest.fixture
def nga(desk: Desk) -> Client:
    return desk.cast.signed_in(Client(), "nga")


def send(client: Client, url: str, **told: Any) -> Any:
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **told})


def bring(client: Client, *pages: tuple[str, bytes], **told: Any) -> Any:
    return send(client, HERE, files=[SimpleUploadedFile(name, data) for name, data in pages], **told)


def test_good_files_wait_and_bad_ones_are_told_why(nga: Client) -> None:
    answer = bring(nga, ("a.txt", OLD.encode()), ("b.zip", BAD["zip of ten thousand"][1]), ("c.html", HTML.encode()))
    text = answer.content.decode()
    assert (
        answer.status_code == 200 and "Đã nhận 2 tệp" in text and "b.zip</strong>: Tệp là gói nén có 10.000 tệp" in text
    )
    assert OldFile.objects.count() == 2
    answer = bring(nga, ("to.txt", BAD["fifty megabytes"][1]))
    assert answer.status_code == 422 and "Tệp nặng 50 MB" in answer.content.decode()
    answer = send(nga, HERE)
    assert answer.status_code == 422 and "Chọn ít nhất một tệp" in answer.content.decode()
    assert OldFile.objects.count() == 2


def test_each_change_has_its_switch_and_the_choice_is_kept(nga: Client) -> None:
    bring(nga, ("a.txt", OLD.encode()))
    file = OldFile.objects.get()
    page = nga.get(f"{HERE}/{file.pk}").content.decode()
    for words in ("lµnh</mark>", "thíc</mark>", "Đoạn này đã in ở dòng 5", "chú thích ảnh?", "Lê An".upper()):
        assert words in page
    kept = [key for key in file.taken if not key.startswith("letters")]
    answer = send(nga, f"{HERE}/{file.pk}", viec="xem", nhan=kept)
    assert answer.status_code == 303 and set(OldFile.objects.get().taken) == set(kept)
    answer = send(nga, f"{HERE}/{file.pk}", viec="xac-nhan", nhan=kept, category="notice")
    article = Article.objects.get()
    assert answer["Location"] == f"/tin-bai/{article.pk}" and article.category == "notice"
    page = nga.get(f"/tin-bai/{article.pk}").content.decode()
    assert "lµnh m¹nh" in page and "Đang soạn" in page and "đã bắt đầu bài" in page
    assert "Mở bản nháp" in nga.get(f"{HERE}/{file.pk}").content.decode()
    assert send(nga, f"{HERE}/{file.pk}", viec="xac-nhan", nhan=kept).status_code == 409


def test_a_file_is_set_aside_with_a_reason_and_comes_back(nga: Client) -> None:
    bring(nga, ("a.html", HTML.encode()))
    file = OldFile.objects.get()
    answer = send(nga, f"{HERE}/{file.pk}", viec="khong")
    assert answer.status_code == 422 and "Nhập lý do" in answer.content.decode()
    assert send(nga, f"{HERE}/{file.pk}", viec="khong", reason="Đã có trong kho").status_code == 303
    assert "Không nhập: Đã có trong kho" in nga.get(f"{HERE}/{file.pk}").content.decode()
    assert send(nga, f"{HERE}/{file.pk}", viec="xem", nhan=file.taken).status_code == 303
    assert OldFile.objects.get().state == "waiting"


def test_a_stranger_and_a_colleague_find_nothing(desk: Desk) -> None:
    file = take_in(actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], name="a", data=OLD.encode())
    for name in ("tuan", "lan", "phuc"):
        client = desk.cast.signed_in(Client(), name)
        for url in (f"{HERE}/{file.pk}", f"{HERE}/987654321"):
            assert client.get(url).status_code == 404
        assert client.get(HERE).status_code == 403


def test_whoever_writes_edits_or_publishes_has_articles_in_the_menu(desk: Desk) -> None:
    for name, has in (("lan", True), ("nga", True), ("phuc", True), ("son", True), ("quan", False)):
        assert ('href="/tin-bai"' in desk.cast.signed_in(Client(), name).get("/").content.decode()) is has, name


def test_sentences_nearly_alike_are_pointed_out_from_both_sides(desk: Desk, nga: Client) -> None:
    sentence = "Việc phát triển bền vững của các doanh nghiệp trên địa bàn chính là thức đo đánh giá hiệu quả của Sở."
    pages = [
        f"Tít bài thứ {one}\n\nĐoạn dẫn của bài {one}.\n\n{text}"
        for one, text in (("nhất", sentence), ("hai", sentence.replace("thức", "thíc")))
    ]
    for page in pages:
        bring(nga, (f"{page[:15]}.txt", page.encode()))
    for file, here, there in zip(OldFile.objects.order_by("pk"), ("thức", "thíc"), ("thíc", "thức"), strict=True):
        text = nga.get(f"{HERE}/{file.pk}").content.decode()
        assert "Câu gần trùng" in text and f"“{here}” và “{there}”" in text


def test_hundreds_of_changes_of_one_kind_are_one_switch(nga: Client) -> None:
    page = "Tít bài\n\nĐoạn dẫn ở đây.\n\n" + "n¬i lµnh m¹nh cña tØnh nhµ, ®Êt n­íc vµ con ng­êi ViÖt Nam. " * 12
    bring(nga, ("a.txt", page.encode()))
    file = OldFile.objects.get()
    assert 'name="nhom" value="letters"' in nga.get(f"{HERE}/{file.pk}").content.decode()
    others = [key for key in file.taken if not key.startswith("letters")]
    send(nga, f"{HERE}/{file.pk}", viec="xem", nhan=others, nhom="letters")
    assert OldFile.objects.get().taken == file.taken


def test_the_list_is_read_by_what_is_being_done_and_what_is_out(desk: Desk, nga: Client) -> None:
    for title, make in (("Bài đang làm", desk.draft), ("Bài đang đăng", desk.public)):
        make(replace(TEXT, title=title))
    shown = {
        part: nga.get("/tin-bai", {"muc": part}).content.decode()
        for part in ("", "dang-lam", "dang-dang", "thoi-dang", "x")
    }
    found = {part: ("Bài đang làm" in page, "Bài đang đăng" in page) for part, page in shown.items()}
    assert found == {
        "": (True, True), "dang-lam": (True, False), "dang-dang": (False, True), "thoi-dang": (False, False), "x": (True, True),
    }  # fmt: skip
    assert "Không có tin bài nào ở mục này" in shown["thoi-dang"]


@pytest.mark.parametrize("url", ["/tin-bai?muc=dang-lam", HERE])
def test_lists_cost_the_same_for_one_and_for_fifty(
    desk: Desk, nga: Client, url: str, django_assert_num_queries
) -> None:
    def bring_more(numbers: range) -> None:
        files = [(f"{n}.txt", 99, _Bytes(OLD.replace("Bình Sơn", f"Bình Sơn {n}").encode())) for n in numbers]
        taken, refused = take_in_all(actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], files=files)
        assert len(taken) == len(numbers) and not refused
        for _ in taken:
            desk.draft()

    bring_more(range(1))
    nga.get(url)
    with django_assert_num_queries(6) as few:
        assert nga.get(url).status_code == 200
    bring_more(range(1, 30))
    with django_assert_num_queries(len(few)):
        page = nga.get(url).content.decode()
        assert "Trang sau" in page and ("muc=dang-lam&amp;sau=" in page or url == HERE)


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        return self.data


def test_more_files_than_a_request_may_bring_are_refused_with_a_sentence(nga: Client) -> None:
    answer = bring(nga, *((f"{n}.txt", b"x") for n in range(101)))
    assert answer.status_code == 422 and "100 tệp" in answer.content.decode()
