"""Documents that were not drafted here: read from a PDF, looked through by the clerk, public with what they say of each other."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import AT, Cast
from tests.documents.letters import letter as came
from tests.documents.letters import pdf_of, post
from tests.gazette.public import Publishing
from tests.portal.test_lists import replaced
from tests.rights.scene import paper as blank
from tram.documents.commands.arrive import bring as bring_in
from tram.documents.commands.register import register
from tram.documents.rules import Slip as Arrival
from tram.files.commands import look
from tram.gazette.commands.letters import withdraw_paper
from tram.gazette.commands.papers import bring, publish_paper, take
from tram.gazette.models import Link, Paper, Publication
from tram.gazette.queries.public import Narrow, facets
from tram.gazette.queries.public import public as listed
from tram.gazette.rules import Slip, days_of, holds_from, mentions, paragraphs_of, read_relations
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.portal.rules.kept import KEPT
from tram.search.commands import rebuild
from tram.search.models import Card
from tram.visits.sockets import shown

DECISION = """SỞ KHOA HỌC VÀ CÔNG NGHỆ

Số: {number}/2026/QĐ-SKHCN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lào Cai, ngày 05 tháng 3 năm 2026

QUYẾT ĐỊNH
Quy định quản lý điểm truy nhập Internet công cộng

Căn cứ Luật Công nghệ thông tin số 67/2006/QH11 ngày 29 tháng 6 năm 2006;

Điều 1. Ban hành quy định về quản lý điểm truy nhập Internet công cộng.
Điều 2. Quyết định này có hiệu lực kể từ ngày 20 tháng 3 năm 2026 và thay thế Quyết định số 8/2019/QĐ-SKHCN
ngày 12 tháng 4 năm 2019.

GIÁM ĐỐC


Nguyễn Văn Sơn
"""
OLD = Slip(
    kind="legal_decision", code="8/2019/QĐ-SKHCN", issued_date=date(2019, 4, 12), issuer="Sở Khoa học và Công nghệ",
    subject="Quản lý đại lý Internet", signer_position="Giám đốc", signer_full_name="Lê Văn Cũ",
    topic="technology", effective_on=date(2019, 5, 1),
)  # fmt: skip
NEW = Slip(
    kind="legal_decision", code="3/2026/QĐ-SKHCN", issued_date=date(2026, 3, 5), issuer="Sở Khoa học và Công nghệ",
    subject="Quy định quản lý điểm truy nhập Internet công cộng", topic="technology", effective_on=date(2026, 3, 20),
    relations="Thay thế 8/2019/QĐ-SKHCN ngày 12/4/2019",
)  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode())


def brought(cast: Cast, content: bytes = b"", name: str = "van-ban.pdf", who: str = "hoa") -> Paper:
    """A document that somebody brings for their agency."""
    actor = cast.actor(who)
    agency = cast.units["skhcn" if who in ("hoa", "tam", "lan") else "stc"]
    return bring(actor=actor, at=AT, agency=agency, files=[(name, io.BytesIO(content or blank(name)))])


def public(cast: Cast, slip: Slip, who: str = "hoa", paper: Paper | None = None) -> Publication:
    """On the portal."""
    made = paper or brought(cast, who=who)
    return publish_paper(actor=cast.actor(who), at=AT, paper=made, slip=slip, reviewed=True)


def test_the_clerk_brings_a_pdf_looks_it_through_and_publishes(cast: Cast, client: Client) -> None:
    hoa = cast.signed_in(client, "hoa")
    upload = SimpleUploadedFile("qd-3.pdf", pdf_of(DECISION.format(number=3)))
    answer = post(hoa, "/cong-khai/ngoai", {"files": [upload]})
    assert answer.status_code == 303, said(answer)
    made = Paper.objects.get()
    assert (made.kind, made.code, made.issued_date) == ("legal_decision", "3/2026/QĐ-SKHCN", date(2026, 3, 5))
    assert made.signer_full_name == "Nguyễn Văn Sơn" and made.effective_on == date(2026, 3, 20)
    assert made.relations.splitlines() == [
        "Căn cứ 67/2006/QH11 ngày 29/06/2006", "Thay thế 8/2019/QĐ-SKHCN ngày 12/04/2019",
    ]  # fmt: skip
    place = answer["Location"]
    page = said(hoa.get(place))
    assert "Tôi đã đọc lại" in page and "trang/1.jpg" in page and "3/2026/QĐ-SKHCN" in page
    told: dict[str, Any] = {
        "kind": "legal_decision", "code": "3/2026/QĐ-SKHCN", "issued_date": "5/3/2026", "issuer": made.issuer,
        "subject": made.subject, "relations": made.relations, "effective_on": "20/3/2026", "viec": "cong-khai",
    }  # fmt: skip
    unread = post(hoa, place, told)
    assert unread.status_code == 422 and "người đánh dấu chịu trách nhiệm" in said(unread)
    bad = post(hoa, place, told | {"relations": "Thay cái cũ", "reviewed": "on"})
    assert bad.status_code == 422 and "Thay cái cũ" in said(bad) and not Publication.objects.exists()
    assert post(hoa, place, told | {"reviewed": "on"}).status_code == 303
    out = Publication.objects.get()
    assert out.slug == f"quyet-dinh-3-2026-qd-skhcn-2026-v{made.pk}" and "đang công khai" in said(hoa.get(place))
    for words in ("diem truy nhap", "3/2026/QĐ-SKHCN", "có hiệu lực kể từ ngày"):
        assert out.slug in said(client.get("/cong/tim", {"q": words, "muc": "van-ban"})), words
    page = said(client.get(f"/cong/van-ban/{out.slug}"))
    assert "Hiệu lực từ ngày 20/03/2026." in page and "8/2019/QĐ-SKHCN ngày 12/04/2019" in page
    assert "Điều 2. Quyết định này" in page and "Văn bản này có ích" in page
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert (
        data["@type"] == "Legislation" and data["legislationRepeals"][0]["legislationIdentifier"] == "8/2019/QĐ-SKHCN"
    )


def test_what_a_later_document_does_stands_on_the_earlier_in_both_orders(cast: Cast, client: Client) -> None:
    new = public(cast, NEW)
    old = public(cast, OLD)
    old.refresh_from_db()
    assert old.lapses_on == date(2026, 3, 20), "found by number and day, though it was brought later"
    page = said(client.get(f"/cong/van-ban/{old.slug}"))
    assert "Hết hiệu lực toàn bộ từ ngày 20/03/2026." in page
    assert "Được thay thế bằng" in page and f"/cong/van-ban/{new.slug}" in page
    assert f"/cong/van-ban/{old.slug}" in said(client.get(f"/cong/van-ban/{new.slug}")), "and the other way"
    assert facets(AT, Narrow(topic="technology"))["status"] == ["in_force", "ended"]
    ended = said(client.get("/cong/van-ban/loc/tat-ca/tat-ca/khoa-hoc-cong-nghe-chuyen-doi-so/het-hieu-luc"))
    assert old.slug in ended and f'<h2><a href="/cong/van-ban/{new.slug}' not in ended
    assert client.get("/cong/van-ban/loc/tat-ca/2019/tat-ca/con-hieu-luc").status_code == 404
    assert client.get("/cong/van-ban/loc/tat-ca/tat-ca/y-te-an-sinh-xa-hoi/tat-ca").status_code == 404
    withdraw_paper(actor=cast.actor("son"), at=AT, paper=new.paper, reason="Sai tệp")
    old.refresh_from_db()
    assert old.lapses_on is None and "Hiệu lực từ ngày 01/05/2019." in said(client.get(f"/cong/van-ban/{old.slug}"))
    assert client.get(f"/cong/van-ban/{new.slug}").status_code == 410
    for row in (Link.objects.all(), Publication.objects.filter(pk=new.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(code="khác")


def test_only_whoever_stands_above_says_that_a_document_ended(cast: Cast) -> None:
    old = public(cast, OLD)
    mine = Slip(**{**_told(NEW), "code": "9/2026/QĐ-STC", "issuer": "Sở Tài chính"})
    for line in (f"Thay thế http://localhost:8000/cong/van-ban/{old.slug}", NEW.relations):
        with pytest.raises(Invalid, match="cơ quan khác công khai"):
            public(cast, Slip(**{**_told(mine), "relations": line}), who="tuan")
    public(cast, Slip(**{**_told(mine), "relations": f"Căn cứ /cong/van-ban/{old.slug}"}), who="tuan")
    old.refresh_from_db()
    assert old.lapses_on is None
    with pytest.raises(Invalid, match="Không có văn bản"):
        public(cast, Slip(**{**_told(NEW), "relations": "Thay thế /cong/van-ban/khong-co"}))


def _told(slip: Slip) -> dict[str, Any]:
    return {name: getattr(slip, name) for name in slip.__slots__}


def test_others_neither_see_nor_publish_and_the_same_is_public_once(cast: Cast, client: Client) -> None:
    made = brought(cast)
    for who in ("lan", "tuan"):
        with pytest.raises(Refused):
            public(cast, OLD, who=who, paper=made)
        stranger = cast.signed_in(Client(), who)
        assert stranger.get(f"/cong-khai/ngoai/{made.pk}").status_code == 404, who
        assert stranger.get(made.files.get().file.pk and f"/tep/{made.files.get().file.pk}/x.pdf").status_code == 404, (
            who
        )
    for wrong, field in ((Slip(), "kind"), (Slip(**{**_told(OLD), "kind": "x"}), "kind")):
        with pytest.raises(Invalid) as told:
            public(cast, wrong, paper=made)
        assert field in told.value.errors
    public(cast, OLD, paper=made)
    with pytest.raises(WrongState, match="đúng như vậy"):
        public(cast, OLD, paper=made)
    with pytest.raises(Invalid, match="đã công khai tại"):
        public(cast, OLD)
    again = public(cast, Slip(**{**_told(OLD), "subject": "Quản lý đại lý Internet công cộng"}), paper=made)
    assert Publication.objects.filter(paper=made).count() == 2 and again.until_at is None
    ref = again.ref
    assert shown["gazette.paper"].public([ref])[ref].title == "Quyết định 8/2019/QĐ-SKHCN"
    rebuild(actor=Actor.system(), at=AT, kind="portal.paper")
    assert Card.objects.get(kind="portal.paper").key == made.pk
    look(actor=Actor.system(), at=AT, file=made.files.get().file_id, level="secret")
    again.refresh_from_db()
    assert again.until_at and not Card.objects.filter(kind="portal.paper").exists()
    with pytest.raises(WrongState, match="đang khóa"):
        public(cast, OLD, paper=made)


def test_a_letter_that_came_is_brought_once_from_the_book(house: Publishing, client: Client) -> None:
    cast = house.office.cast
    hoa = cast.actor("hoa")
    arrived = bring_in(actor=hoa, at=AT, agency=cast.units["skhcn"], stream=io.BytesIO(came()), name="cv.pdf")
    with pytest.raises(Refused, match="đã vào sổ"):
        take(actor=hoa, at=AT, document=arrived)
    slip = Arrival(
        organ_name="Sở Tài chính", code_number="482", code_notation="STC-QLNS", issued_date=date(2026, 11, 16),
        type_name="Công văn", subject="Rà soát dự toán",
    )  # fmt: skip
    document = register(actor=hoa, at=AT, agency=cast.units["skhcn"], document=arrived, slip=slip)
    page = said(cast.signed_in(client, "hoa").get(document.url))
    assert f"/cong-khai/ngoai?den={document.pk}" in page
    assert "Lập phiếu từ văn bản này" in said(client.get(f"/cong-khai/ngoai?den={document.pk}"))
    assert post(client, "/cong-khai/ngoai", {"den": str(document.pk)}).status_code == 303
    made = Paper.objects.get()
    assert (made.kind, made.code, made.issuer) == ("official_letter", "482/STC-QLNS", "Sở Tài chính")
    assert "rà soát" in made.files.get().words
    with pytest.raises(WrongState, match="đã được đưa vào"):
        take(actor=hoa, at=AT, document=document)
    with pytest.raises((Hidden, Refused)):
        take(actor=cast.actor("tuan"), at=AT, document=document)


def test_a_scan_without_words_says_so_and_lists_cost_the_same(cast: Cast, client: Client) -> None:
    first = public(cast, OLD)
    first.paper.files.update(words="")  # type: ignore[union-attr]
    KEPT.forget()
    assert "không có lớp chữ" in said(client.get(f"/cong/van-ban/{first.slug}"))
    Paper.objects.bulk_create([replaced(first.paper, pk=None) for _ in range(30)])
    hoa = cast.signed_in(client, "hoa")
    page = said(hoa.get("/cong-khai/ngoai"))
    assert page.count("<tr") == 26 and "?sau=" in page
    assert [one.slug for one in listed(AT, Narrow(status="in_force"))[0]] == [first.slug]


def test_relations_and_days_are_read() -> None:
    told = read_relations(
        "Sửa đổi, bổ sung 12/2019/QĐ-UBND ngày 5 tháng 3 năm 2019\nBãi bỏ một phần: 1/2018/NQ-HĐND ngày 1/2/2018\n"
    )
    assert [(one.how, one.code) for one in told] == [
        ("amends", "12/2019/QĐ-UBND"),
        ("abolishes_part", "1/2018/NQ-HĐND"),
    ]
    for wrong in (
        "12/2019/QĐ-UBND ngày 5/3/2019",
        "Thay thế 12/2019/QĐ-UBND",
        "Thay thế 12/2019/QĐ-UBND ngày 31/2/2019",
    ):
        with pytest.raises(ValueError, match="chưa đọc được"):
            read_relations(wrong)
    assert mentions("Bãi bỏ khoản 2 Điều 3 Quyết định số 5/2020/QĐ-UBND ngày 1/4/2020 của") == [
        "Bãi bỏ một phần 5/2020/QĐ-UBND ngày 01/04/2020"
    ]
    assert holds_from("Quyết định này có hiệu lực thi hành từ ngày ký", date(2020, 1, 2)) == date(2020, 1, 2)
    assert days_of(date(2020, 1, 1), date.max, []).lapses is None, "to the end of days"
    days = days_of(date(2020, 1, 1), None, [("amends", date(2021, 1, 1)), ("replaces", date(2022, 1, 1))])
    assert [days.status(date(year, 6, 1)) for year in (2019, 2020, 2021, 2022)] == [
        "not_yet", "in_force", "partly", "ended",
    ]  # fmt: skip
    assert paragraphs_of("Điều 1. Ban hành\nquy định\nĐiều 2. Hết.\nSau") == [
        "Điều 1. Ban hành quy định",
        "Điều 2. Hết.",
        "Sau",
    ]
