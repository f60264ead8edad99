"""Pictures and files are brought into an article by its writing page: as pixels alone, or not at all with a sentence."""

import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.files.builders import pdf, png
from tests.news.desk import TEXT, Desk
from tests.news.test_writing import TYPED, form_of, send, signed_in, text_of
from tram.files.models import Blob, File
from tram.files.queries import open_blob
from tram.news.models import Article, Attachment
from tram.news.queries.articles import content
from tram.news.rules.content import Block, place_of

WHERE = b"22.3364 N 103.8438 E"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def photograph(size: tuple[int, int] = (3000, 1200), turned: int = 6) -> bytes:
    """Taken upright, with the place in what the camera wrote; `turned` is its orientation by EXIF."""
    made, light = io.BytesIO(), Image.radial_gradient("L").resize(size)
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x8825] = turned, "Máy của Lan", {1: "N", 2: (22.0, 20.0, 11.0)}
    Image.merge("RGB", (light, Image.linear_gradient("L").resize(size), light.rotate(20))).save(
        made, "JPEG", quality=90, exif=told, comment=WHERE
    )
    return made.getvalue()


def files(**told: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name.replace("_", "."), content) for name, content in told.items()]


def bring(client: Client, url: str, brought: list[SimpleUploadedFile], **told: Any) -> Any:
    return client.post(url, {**told, "viec": "dua-vao", "tep": brought, "idempotency_key": str(uuid.uuid4())})


def test_a_picture_comes_as_pixels_and_is_described_before_it_is_public(desk: Desk) -> None:
    lan = signed_in(desk, "lan")
    answer = bring(lan, "/tin-bai/moi", files(lop_jpg=photograph(), ke_hoach_pdf=pdf()), **TYPED)
    here = answer["Location"]
    assert answer.status_code == 303 and here.endswith("/sua")
    article = Article.objects.get()
    picture, paper = content(article).body[-2:]
    kept = open_blob(uuid.UUID(picture.file)).read_bytes()
    assert WHERE not in kept and b"Exif" not in kept and "Máy của Lan".encode() not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (1024, 2560) and drawn.format == "JPEG", "turned the way it was held, and shrunk"
    assert (paper.kind, paper.text) == ("file", "ke.hoach") and Blob.objects.count() == 2
    page = text_of(lan, here)
    assert "[Ảnh 1]" in page and "Đã lưu và đưa 2 tệp vào bài." in page
    assert f"/tep/{picture.file}/trang/1.jpg?rong=320" in page and "Bài giữ cho bạn đến" in page
    away = send(lan, f"/tin-bai/{article.pk}/trinh", seen=1)
    assert (
        away.status_code == 422 and "lời mô tả" in away.content.decode() and "vì sao được đăng" in away.content.decode()
    )
    typed = form_of(lan, here)
    typed["body"] = (
        typed["body"]
        .replace("Mô tả:", "Mô tả: Học viên làm bài")
        .replace("Được đăng vì: chưa rõ", "Được đăng vì: hoạt động công cộng")
    )
    assert send(lan, here, **typed, **{"giu-1": "1"}).status_code == 303
    assert place_of(content(Article.objects.get()).body[-2]) == 1
    assert 'value="1" checked' in text_of(lan, here) and f"{picture.file}/trang/1.jpg?rong=640" in text_of(
        lan, here[:-4]
    )
    assert send(lan, f"/tin-bai/{article.pk}/trinh", seen=2).status_code == 303


@pytest.mark.parametrize(
    ("name", "bytes_", "sentence"),
    [
        ("anh.jpg", HEIC, "HEIC"),
        ("anh.heic", HEIC, "Tương thích nhất"),
        ("anh.jpg", photograph()[:20_000], "Ảnh JPG"),
        ("anh.png", png(60_000, 60_000, b""), "điểm ảnh, vượt mức"),
        ("anh.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        ("anh.png", photograph((64, 64)), "đuôi .png"),
        ("ghi.txt", "Họp lúc 8 giờ.".encode(), "Bài đăng không nhận tệp"),
        ("..\\anh.jpg", b"", "Tệp không có nội dung"),
    ],
)
def test_what_is_no_picture_is_told_why_and_leaves_nothing(desk: Desk, name: str, bytes_: bytes, sentence: str) -> None:
    article, lan = desk.draft(), signed_in(desk, "lan")
    here = f"/tin-bai/{article.pk}/sua"
    brought = [SimpleUploadedFile(name, bytes_), *files(tot_png=png())]
    assert bring(lan, here, brought, **form_of(lan, here)).status_code == 303
    page = text_of(lan, here)
    assert sentence in page and "đưa 1 tệp vào bài" in page
    assert File.objects.count() == 1 and Attachment.objects.count() == 1 and Blob.objects.count() == 1


def test_what_was_typed_stays_when_nothing_comes(desk: Desk) -> None:
    article, lan, tuan = desk.draft(), signed_in(desk, "lan"), signed_in(desk, "tuan")
    here = f"/tin-bai/{article.pk}/sua"
    typed = {**form_of(lan, here), "title": ""}
    answer = bring(lan, here, files(lop_png=png()), **typed)
    assert answer.status_code == 422 and "chọn lại" in answer.content.decode()
    typed |= {"title": "Tít", "body": "Chữ của Lan.\n\n[Ảnh 9]"}
    answer = bring(lan, here, files(lop_png=png()), **typed)
    assert answer.status_code == 422 and "[Ảnh 9]" in answer.content.decode()
    answer = bring(lan, here, files(**{f"a{n}_png": png() for n in range(21)}), **{**typed, "body": "Chữ của Lan."})
    assert answer.status_code == 422 and "không quá 20 tệp" in answer.content.decode()
    assert "Chữ của Lan." in answer.content.decode() and not File.objects.exists()
    assert bring(tuan, here, files(lop_png=png()), **typed).status_code == 404 and not File.objects.exists()


def test_a_caption_that_waits_for_its_picture_gets_it(desk: Desk) -> None:
    caption = Block("picture", caption="Thứ trưởng chụp ảnh lưu niệm")
    article = desk.draft(replace(TEXT, body=(caption, *TEXT.body)))
    lan = signed_in(desk, "lan")
    here = f"/tin-bai/{article.pk}/sua"
    bring(lan, here, files(mot_png=png(), hai_png=png(width=9)), **form_of(lan, here))
    first, *_, last = content(Article.objects.get()).body
    assert (first.caption, first.kind, last.kind) == (caption.caption, "picture", "picture")
    assert first.file and last.file and first.file != last.file and last.caption == ""
