"""The editor's screens: an article goes its whole way in the browser; nobody overwrites, nobody lets out their own."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import Client

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tram.kernel import clock
from tram.news.commands.write import comment, take_lock, write
from tram.news.models import Article, Publication
from tram.news.rules.content import Block, Content

TYPED = {
    "title": "Khai giảng lớp tập huấn", "lead": "Sáng 16/11, Sở khai giảng lớp tập huấn.", "byline": "Lan", "source_label": "",
    "body": "Lớp học kéo dài ba ngày.\r\n\r\n# Cách học\r\n\r\nHọc viên làm bài trên máy.", "event_on": "16/11/2026",
    "category": "activity", "note": "", "base": "", "held": "",
}  # fmt: skip


def signed_in(desk: Desk, name: str) -> Client:
    return desk.cast.signed_in(Client(), name)


def send(client: Client, url: str, **told: Any) -> Any:
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **told})


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def form_of(client: Client, url: str) -> dict[str, str]:
    """What a page offers to be sent: the values of its form."""
    return {
        field.name: field.value() or ([] if field.name == "also" else "") for field in client.get(url).context["form"]
    }


def test_a_block_that_says_something_else_is_named_once(desk: Desk) -> None:
    article = desk.draft(replace(TEXT, body=(Block("paragraph", "Sáu mươi xã đã có điểm bưu điện."),)))
    other = replace(TEXT, body=(Block("paragraph", "Lịch học của lớp buổi tối"),))
    write(actor=desk.who("lan"), at=AT, article=article, base=1, content=other)
    page = text_of(signed_in(desk, "lan"), f"/tin-bai/{article.pk}")
    assert page.count("khối 1, đoạn văn") == 1


def test_an_article_goes_its_whole_way_between_writer_editor_and_publisher(desk: Desk) -> None:
    lan, nga, phuc = (signed_in(desk, name) for name in ("lan", "nga", "phuc"))
    bare = send(lan, "/tin-bai/moi", **{**TYPED, "lead": ""})["Location"]
    assert "Bài chưa có đoạn dẫn." in text_of(lan, bare)
    answer = send(lan, f"{bare}/trinh")
    assert answer.status_code == 422 and "Bài chưa có đoạn dẫn." in answer.content.decode()
    answer = send(lan, "/tin-bai/moi", **{**TYPED, "event_on": "31/02/2026"})
    assert answer.status_code == 422 and "Lớp học kéo dài ba ngày." in answer.content.decode()
    here = send(lan, "/tin-bai/moi", **TYPED)["Location"]
    assert send(lan, f"{here}/trinh", seen=1).status_code == 303
    assert lan.get(f"{here}/sua").status_code == 403
    assert send(nga, f"{here}/tra-lai").status_code == 422
    assert send(nga, f"{here}/tra-lai", reason="Ghi rõ số xã").status_code == 303
    assert "đã trả lại bài: Ghi rõ số xã" in text_of(lan, here)
    assert send(lan, f"{here}/sua", viec="giu")["Location"] == f"{here}/sua"
    assert "Đang sửa bởi <strong>Hoàng Thị Lan</strong>, giữ đến " in text_of(nga, f"{here}/sua")
    kept = form_of(lan, f"{here}/sua")
    kept["body"] += "\n\nMỗi xã cử hai người."
    assert send(lan, f"{here}/sua", **kept, viec="luu").status_code == 303
    send(lan, f"{here}/trinh", seen=2)
    assert send(nga, f"{here}/chuyen", seen=1).status_code == 409
    assert send(nga, f"{here}/chuyen", seen=2).status_code == 303
    assert "Ai cũng đọc được bản 2" in text_of(phuc, here)
    assert send(phuc, f"{here}/dang", seen=2, expires_on="1/1/2020").status_code == 422
    assert send(phuc, f"{here}/dang", seen=2).status_code == 303
    out = Publication.objects.get()
    assert out.revision.number == 2 and Content.of(out.revision.content).body[-1].text == "Mỗi xã cử hai người."
    assert "công chúng đọc được từ " in text_of(lan, here)
    assert send(nga, f"{here}/sua-lai", correction="Đính chính số xã").status_code == 303
    assert "Đang sửa sau khi đăng: Đính chính số xã" in text_of(lan, here) and "Bản 2</strong>" in text_of(lan, here)
    assert send(phuc, f"{here}/rut", reason="").status_code == 422
    assert send(phuc, f"{here}/rut", reason="Số liệu sai").status_code == 303
    assert Publication.objects.get().ended_for == "Số liệu sai" and "Đã gỡ" in text_of(lan, here)


def test_who_wrote_is_told_why_they_do_not_publish(desk: Desk) -> None:
    here = f"/tin-bai/{desk.passed().pk}"
    lan, phuc = signed_in(desk, "lan"), signed_in(desk, "phuc")
    page = text_of(lan, here)
    assert "Chỉ người duyệt xuất bản hoặc lãnh đạo cơ quan cho đăng bài." in page and f"{here}/dang" not in page
    for answer in (lan.get(f"{here}/dang"), send(lan, f"{here}/dang")):
        assert answer.status_code == 403 and "duyệt xuất bản" in answer.content.decode()
    own = send(phuc, "/tin-bai/moi", **TYPED)["Location"]
    send(phuc, f"{own}/trinh")
    send(signed_in(desk, "nga"), f"{own}/chuyen")
    assert "Người viết không tự cho đăng bài của mình" in text_of(phuc, own)
    assert send(phuc, f"{own}/dang").status_code == 403 and not Publication.objects.exists()
    assert send(phuc, f"{own}/trinh").status_code == 409


def test_it_is_let_out_at_its_hour(desk: Desk) -> None:
    here, phuc = f"/tin-bai/{desk.passed().pk}", signed_in(desk, "phuc")
    answer = send(phuc, f"{here}/hen-gio", publish_on="h-1", publish_time="8h")
    assert answer.status_code == 422 and "Chọn lúc ở phía sau" in answer.content.decode()
    answer = send(phuc, f"{here}/hen-gio", publish_on="h+1", publish_time="mai")
    assert answer.status_code == 422 and "Gõ giờ như 8:30" in answer.content.decode()
    assert send(phuc, f"{here}/hen-gio", publish_on="h+1", publish_time="8h30", expires_on="h+4").status_code == 303
    article = Article.objects.get()
    assert article.publish_at and article.expires_at
    hour, last = clock.local(article.publish_at), clock.local(article.expires_at)
    assert (f"{hour:%H:%M}", f"{last:%H:%M}", last.date() - hour.date()) == ("08:30", "23:59", timedelta(days=3))
    assert f"Hẹn giờ đăng</strong> 08:30 ngày {hour:%d/%m/%Y}" in text_of(phuc, here)


def test_a_newer_revision_is_shown_not_overwritten(desk: Desk) -> None:
    article, lan = desk.draft(), signed_in(desk, "lan")
    here = f"/tin-bai/{article.pk}/sua"
    mine = form_of(lan, here)
    write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(TEXT, byline="Nga"))
    mine["lead"] = "Chữ của Lan còn đây."
    answer = send(lan, here, **mine)
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409 and "Nga vừa lưu bản 2" in page and "Chữ của Lan còn đây." in page
    assert "<ins>Nga</ins>" in page and "<del>Nga</del>" in page and Article.objects.get().number == 2
    again = {field.name: field.value() or ([] if field.name == "also" else "") for field in answer.context["form"]}
    assert (again["base"], again["held"]) == ("2", "1")
    assert send(lan, here, **again).status_code == 303 and Article.objects.get().number == 3
    take_lock(actor=desk.who("nga"), at=clock.now(), article=article)
    answer = send(lan, here, **{**again, "base": "3", "lead": "Thêm nữa"})
    assert answer.status_code == 409 and "Thêm nữa" in answer.content.decode() and Article.objects.get().number == 3
    assert send(signed_in(desk, "nga"), here, viec="thoi").status_code == 303
    assert send(lan, here, **{**again, "base": "3", "category": "notice"}).status_code == 303
    assert Article.objects.get().category == "notice" and Article.objects.get().number == 4


def test_two_revisions_are_compared_word_by_word(desk: Desk) -> None:
    article, lan = desk.draft(), signed_in(desk, "lan")
    here = f"/tin-bai/{article.pk}/so-sanh"
    assert "giống nhau từng chữ" in text_of(lan, here)
    write(
        actor=desk.who("lan"),
        at=AT,
        article=article,
        base=1,
        content=replace(TEXT, lead=TEXT.lead.replace("sáu mươi", "tám mươi")),
    )
    for query in ("", "?tu=1&den=2", "?den=2"):
        page = text_of(lan, here + query)
        assert "<del>sáu</del> <ins>tám</ins>" in page
    assert lan.get(f"{here}?tu=1&den=99").status_code == 404


def test_colleagues_say_what_they_think(desk: Desk) -> None:
    here, nga, lan = f"/tin-bai/{desk.draft().pk}", signed_in(desk, "nga"), signed_in(desk, "lan")
    answer = send(nga, f"{here}/gop-y", text=" ")
    assert answer.status_code == 422 and "Nhập góp ý" in answer.content.decode()
    assert send(nga, f"{here}/gop-y", text="Ghi rõ số xã.").status_code == 303
    page = text_of(lan, here)
    settle = re.search(rf"{here}/gop-y/\d+", page)
    assert "Ghi rõ số xã." in page and settle
    assert send(lan, settle[0]).status_code == 303 and send(lan, settle[0]).status_code == 409
    assert "Hoàng Thị Lan đã xử lý" in text_of(nga, here)
    other = f"/tin-bai/{desk.draft().pk}/gop-y/{settle[0].rpartition('/')[2]}"
    assert send(lan, other).status_code == 404


def test_an_address_follows_the_title_and_the_old_one_stays(desk: Desk) -> None:
    article, nga = desk.draft(), signed_in(desk, "nga")
    here, old = f"/tin-bai/{article.pk}", article.slug
    assert send(nga, f"{here}/doi-dia-chi").status_code == 409
    write(actor=desk.who("nga"), at=AT, article=article, base=1, content=replace(TEXT, title="Lớp tập huấn cán bộ xã"))
    assert "Đổi địa chỉ theo tít" in text_of(nga, here)
    assert send(nga, f"{here}/doi-dia-chi").status_code == 303
    page = text_of(nga, here)
    assert f"/lop-tap-huan-can-bo-xa-{article.pk} ·" in page and f"<li>/cong/tin/{old}</li>" in page


def test_a_stranger_finds_nothing(desk: Desk) -> None:
    article = desk.draft()
    said = comment(actor=desk.who("nga"), at=AT, article=article, text="?")
    here, tuan = f"/tin-bai/{article.pk}", signed_in(desk, "tuan")
    for url in (f"{here}/sua", f"{here}/so-sanh", f"{here}/trinh", f"{here}/khong-co"):
        assert tuan.get(url).status_code == 404
    for url in (f"{here}/sua", f"{here}/gop-y", f"{here}/gop-y/{said.pk}", f"{here}/trinh"):
        assert send(tuan, url, text="x").status_code == 404
    assert signed_in(desk, "lan").get(f"{here}/khong-co").status_code == 404
    assert signed_in(desk, "quan").get("/tin-bai/moi").status_code == 403


def test_fifty_revisions_cost_what_one_costs(desk: Desk, django_assert_num_queries) -> None:
    article, nga = desk.draft(), signed_in(desk, "nga")
    here = f"/tin-bai/{article.pk}"

    def one_more(number: int) -> None:
        by = {"actor": desk.who("lan"), "at": AT, "article": article}
        write(base=number, content=replace(TEXT, byline=f"Lan {number}"), **by)
        comment(text=f"Góp ý {number}", **by)

    one_more(1)
    nga.get(here)
    with django_assert_num_queries(15) as few:
        nga.get(here)
    for number in range(2, 50):
        one_more(number)
    with django_assert_num_queries(len(few)):
        assert "Bản 50</strong>" in text_of(nga, here)
