"""A recording is heard by the public as it was agreed to, in pieces, with its words beside it; and by nobody before or after."""

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as installed
from django.test import Client

from tests.cast import AT
from tests.files.sounds import MP3, OGG, WHERE, ZIP
from tests.news.desk import TEXT, Desk
from tests.news.test_bring import bring, files
from tests.news.test_writing import TYPED, form_of, send, signed_in, text_of
from tests.portal.test_languages import ENGLISH, let_out, said
from tests.portal.test_scan import scanned
from tram.files.queries import open_blob
from tram.news.commands.publish import withdraw
from tram.news.models import Article
from tram.news.queries.articles import content
from tram.news.rules.content import Block, obstacles

WORDS = ("Nyob zoo. <b>Ua tsaug</b>", "Ngày mai tiêm phòng")
TOLD = {"caption": "Lời mời tiêm phòng", "spoken": "hmv", "who": "Giàng A Páo", "consent": "given"}


def brought(desk: Desk) -> Block:
    """A recording that Lan brought by the writing page."""
    bring(signed_in(desk, "lan"), "/tin-bai/moi", files(moi_mp3=MP3), **TYPED)
    return content(Article.objects.latest("pk")).body[-1]


def heard(desk: Desk) -> tuple[Article, Block]:
    """A public article with a recording."""
    block = replace(brought(desk), **TOLD, text="\n".join(WORDS))
    return desk.public(replace(TEXT, body=(*TEXT.body, block))), block


def test_it_comes_by_the_writing_page_and_is_described_before_it_is_public(desk: Desk) -> None:
    lan = signed_in(desk, "lan")
    here = bring(lan, "/tin-bai/moi", files(moi_mp3=MP3, an_mp3=MP3 + ZIP), **TYPED)["Location"]
    article = Article.objects.get()
    block = content(article).body[-1]
    assert (block.kind, block.caption, block.text) == ("recording", "moi", "")
    assert WHERE not in open_blob(uuid.UUID(block.file)).read_bytes()
    page = text_of(lan, here)
    assert (
        "an.mp3: Bản ghi âm giấu một gói nén." in page and "[Bản ghi 1] Tên bản ghi: moi Tiếng nói: Người nói:" in page
    )
    assert f'<audio controls preload="none" src="/tep/{block.file}/moi.mp3"' in page
    away = send(lan, f"/tin-bai/{article.pk}/trinh", seen=1).content.decode()
    assert all(words in away for words in ("lời chép", "vì sao được đăng giọng", "nói tiếng gì, ai nói"))
    typed = form_of(lan, here)
    for label, words in (("Tiếng nói:", "tiếng thái"), ("Người nói:", "Lò Thị Mai"), ("Lời chép:", "Xin mời bà con.")):
        typed["body"] = typed["body"].replace(f"{label}\n", f"{label} {words}\n") + (
            f" {words}" if typed["body"].endswith(label) else ""
        )
    typed["body"] = typed["body"].replace("vì: chưa rõ", "vì: người nói đã đồng ý")
    assert send(lan, here, **typed).status_code == 303
    assert send(lan, f"/tin-bai/{article.pk}/trinh", seen=2).status_code == 303
    shown = text_of(lan, here[:-4])
    assert "Tiếng Thái, Lò Thị Mai nói · người nói đã đồng ý · 1 giây · 3,8 KB" in shown
    assert "Lò Thị Mai" in text_of(lan, f"/tin-bai/{article.pk}/so-sanh?den=2")


def test_a_bell_needs_no_speaker_but_words() -> None:
    bell = Block("recording", file=str(uuid.uuid4()), caption="Chuông", consent="none_heard")
    assert obstacles(replace(TEXT, body=(*TEXT.body, bell))) == [
        "Khối 4: bản ghi âm chưa có lời chép cho người không nghe được."
    ]
    assert obstacles(replace(TEXT, body=(*TEXT.body, replace(bell, text="Ba tiếng chuông.")))) == []


def test_the_public_hears_it_and_reads_it(desk: Desk, reader: Client) -> None:
    article, block = heard(desk)
    here = f"/cong/tin/{article.slug}"
    page, file = said(reader, here), f"{here}/tep/{block.file}/moi.mp3"
    assert f'<audio controls preload="none" src="{file}" aria-label="Nghe: Lời mời tiêm phòng"></audio>' in page
    assert f'<a href="{file}" download>Tải về</a> · 1 giây · 3,8 KB · MP3' in page
    assert "Nói <span>tiếng Hmông</span> · Người nói: Giàng A Páo" in page
    assert '<div lang="hmv"><p>Nyob zoo. &lt;b&gt;Ua tsaug&lt;/b&gt;<br>Ngày mai tiêm phòng</p></div>' in page
    told = json.loads(page.split('ld+json">')[1].split("</script>")[0])["audio"][0]
    assert told["contentUrl"] == f"http://localhost:8000{file}" and told["duration"] == "PT1S"
    assert article.slug in said(reader, '/cong/tim?q="ngay mai tiem phong"')
    english = let_out(desk, article, replace(ENGLISH, body=(*ENGLISH.body, replace(block, caption="Invitation"))))
    page = said(reader, f"/cong/tin/{english.slug}")
    assert 'Spoken in <span lang="hmv">Hmoob</span>' in page and "Download</a> · 1 s · " in page and "Nghe" not in page
    assert scanned() == []
    place = open_blob(uuid.UUID(block.file))
    kept = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(OGG)
    changed = scanned()
    place.write_bytes(kept)
    place.chmod(0o400)
    assert any("Nội dung tệp trên đĩa đã bị đổi" in str(one) for one in changed)


def test_its_bytes_come_in_pieces_while_the_row_is_open(desk: Desk, reader: Client) -> None:
    article, block = heard(desk)
    file = f"/cong/tin/{article.slug}/tep/{block.file}/moi.mp3"
    whole = b"".join(reader.get(file).streaming_content)
    kept = open_blob(uuid.UUID(block.file)).read_bytes()
    assert whole == kept and len(kept) > 3000

    def piece(span: str, **more: str) -> Any:
        return reader.get(file, headers={"Range": span, **more})

    for span, first, last in (
        ("bytes=0-", 0, len(kept) - 1),
        ("bytes=100-199", 100, 199),
        ("bytes=-50", len(kept) - 50, len(kept) - 1),
    ):
        answer = piece(span)
        assert answer.status_code == 206 and answer["Content-Range"] == f"bytes {first}-{last}/{len(kept)}"
        assert b"".join(answer.streaming_content) == kept[first : last + 1]
    answer = piece("bytes=100-199", **{"If-Range": answer["ETag"]})
    assert answer.status_code == 206 and answer["Content-Type"] == "audio/mpeg" and answer["Accept-Ranges"] == "bytes"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Security-Policy"].startswith(
        "sandbox"
    )
    assert piece("bytes=100-199", **{"If-Range": '"khac"'}).status_code == 200
    assert piece(f"bytes={len(kept)}-").status_code == 416
    draft = desk.draft(replace(TEXT, title="Bài khác", body=(*TEXT.body, block)))
    assert reader.get(file.replace(article.slug, draft.slug)).status_code == 404
    assert reader.get(f"/tep/{block.file}/moi.mp3").status_code in (302, 404)
    withdraw(actor=desk.who("nga"), at=AT, article=article, reason="Gỡ để thử")
    assert reader.get(file).status_code == 404 and said(reader, f"/cong/tin/{article.slug}", 410)


def test_pages_let_sounds_come_from_here_alone(desk: Desk, reader: Client) -> None:
    desk.public()
    assert "media-src 'self';" in reader.get("/cong")["Content-Security-Policy"] + ";"
    assert installed.CONTENT_SECURITY_POLICY["DIRECTIVES"]["media-src"] == ["'self'"]


@pytest.mark.parametrize("kind", ["recording", "picture"])
def test_a_reason_of_pictures_is_none_of_voices(kind: str) -> None:
    one = replace(TEXT, body=(Block(kind, file=str(uuid.uuid4()), consent="public"),)).tidy().body[0]
    assert one.consent == ("public" if kind == "picture" else "")
