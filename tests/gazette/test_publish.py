"""Who issues makes public, by one act and never what must stay inside; what is taken back is nowhere any more."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import AT
from tests.documents.letters import key, post
from tests.gazette.public import Publishing
from tram.audit.queries import history
from tram.files.commands import look, release
from tram.gazette.commands.letters import publish, withdraw
from tram.gazette.models import Publication
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.outgoing.commands.after import recall
from tram.outgoing.models import Outgoing
from tram.search.models import Card


def pages(out: Publication) -> list[str]:
    """Every address where a document may stand."""
    kind = "/cong/van-ban/loc/cong-van/2026"
    return ["/cong", "/cong/van-ban", kind, "/cong/van-ban/moi/rss.xml", "/cong/so-do/van-ban-2026-11.xml",
            "/cong/co-quan/so-khoa-hoc-va-cong-nghe/van-ban", "/cong/tim?q=ra soat du toan"]  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_clerk_publishes_by_the_button_on_the_letters_page(house: Publishing, client: Client) -> None:
    letter = house.issued(annex="phu-luc")
    hoa = house.office.cast.signed_in(client, "hoa")
    assert f'href="/cong-khai/{letter.pk}"' in said(hoa.get(letter.url))
    address = f"/cong-khai/{letter.pk}"
    asked = said(hoa.get(address))
    assert "phu-luc.pdf" in asked and "Tôi đã đọc lại" in asked
    unread = post(hoa, address, {"effective_on": "1/12/2026", "annexes": []})
    assert unread.status_code == 422 and "người đánh dấu chịu trách nhiệm" in said(unread)
    assert 'value="1/12/2026"' in said(unread)
    told, once = {"effective_on": "1/12/2026", "reviewed": "on"}, key()
    assert [hoa.post(address, told, **once).status_code for _ in range(2)] == [303, 303]
    out = Publication.objects.get()
    assert out.effective_on == date(2026, 12, 1) and len(out.files) == 1, "the annex was not ticked"
    assert out.code == letter.code and "Nguyễn Văn Sơn" in out.signer
    assert "Đang công khai" in said(hoa.get(letter.url)) and out.slug in said(hoa.get(address))
    (last,) = [one.sentence for one in history(letter.ref) if "công khai" in one.sentence]
    assert letter.code in last


def test_published_again_it_is_a_new_row_at_the_same_address(house: Publishing) -> None:
    first = house.public()
    with pytest.raises(WrongState, match="đúng như vậy"):
        house.public(first.letter)
    second = house.public(first.letter, effective_on=date(2026, 11, 16))
    first.refresh_from_db()
    assert first.until_at and second.slug == first.slug and second.first_at == first.since_at
    for change in ({"subject": "Khác"}, {"until_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.all().delete()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda house: house.office.numbered(), "đã phát hành"),
        (lambda house: house.issued(scan=False), "chưa có bản quét"),
        (lambda house: house.issued(field="personnel"), "không công khai cho người ngoài"),
    ],
    ids=["not issued", "without a page", "restricted"],
)
def test_what_must_stay_inside_never_becomes_public(
    house: Publishing, client: Client, make: Callable[[Publishing], Outgoing], why: str
) -> None:
    letter = make(house)
    with pytest.raises(Refused, match=why):
        house.public(letter)
    hoa = house.office.cast.signed_in(client, "hoa")
    assert f"/cong-khai/{letter.pk}" not in said(hoa.get(letter.url))
    assert why in said(hoa.get(f"/cong-khai/{letter.pk}"))
    assert not Publication.objects.exists() and not Card.objects.filter(kind="portal.document").exists()


def test_days_must_fit_and_others_may_not(house: Publishing) -> None:
    letter = house.issued()
    for told, field in (
        ({"effective_until": date(2027, 1, 1)}, "effective_on"),
        ({"effective_on": date(2027, 1, 2), "effective_until": date(2027, 1, 1)}, "effective_until"),
        ({"reviewed": False}, "reviewed"),
    ):
        with pytest.raises(Invalid) as wrong:
            house.public(letter, **told)
        assert set(wrong.value.errors) == {field}
    for who in ("lan", "son", "tuan"):
        with pytest.raises(Refused, match="văn thư hoặc chánh văn phòng"):
            publish(actor=house.office.who(who), at=AT, letter=letter, reviewed=True)
    assert publish(actor=house.office.who("tam"), at=AT, letter=letter, reviewed=True).publisher_name
    for who in ("lan", "tuan"):
        with pytest.raises(Refused):
            withdraw(actor=house.office.who(who), at=AT, letter=letter, reason="Thử")


def test_what_is_taken_back_is_nowhere_any_more(house: Publishing, client: Client) -> None:
    letter = house.issued(annex="phu-luc")
    out = house.public(letter)
    place = f"/cong/van-ban/{out.slug}"
    page = said(client.get(place))
    files = [line.split('"')[0] for line in page.split('href="') if "/tep/" in line.split('"')[0]]
    assert len(files) == 2
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200 and b"".join(answer).startswith(b"%PDF")  # type: ignore[arg-type]
        assert answer["Content-Disposition"].startswith("attachment") and "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Robots-Tag"] == "noindex" and answer["X-Content-Type-Options"] == "nosniff"
    for address in pages(out):
        assert out.slug in said(client.get(address)), address
    with pytest.raises(Invalid, match="lý do"):
        withdraw(actor=house.office.who("son"), at=AT, letter=letter, reason=" ")
    withdraw(actor=house.office.who("son"), at=AT, letter=letter, reason="Phụ lục có số điện thoại riêng")
    for address in pages(out):
        assert out.slug not in said(client.get(address)), address
    gone = client.get(place)
    assert gone.status_code == 410 and "Phụ lục" not in said(gone) and "dự toán" not in said(gone)
    assert [client.get(address).status_code for address in files] == [404, 404]
    assert not Card.objects.filter(kind="portal.document").exists()


def test_a_stamp_of_secrecy_takes_it_from_the_portal_and_only_a_person_brings_it_back(house: Publishing) -> None:
    letter = house.issued()
    out = house.public(letter)
    look(actor=Actor.system(), at=AT, file=letter.paper_id, level="secret")
    out.refresh_from_db()
    assert out.until_at == AT and not Card.objects.filter(kind="portal.document").exists()
    with pytest.raises(WrongState, match="đang khóa"):
        house.public(letter)
    release(actor=house.office.who("hoa"), at=AT, file=letter.paper_id)
    assert not Publication.objects.filter(until_at=None).exists()
    assert house.public(letter).slug == out.slug


def test_recalled_it_says_so_at_once(house: Publishing, client: Client) -> None:
    letter = house.issued()
    place = f"/cong/van-ban/{house.public(letter).slug}"
    assert "Còn hiệu lực: chưa bị thu hồi" in said(client.get(place))
    recall(actor=house.office.who("hoa"), at=AT, document=letter, reason="Thông báo 2/TB-SKHCN: sai số liệu")
    assert "Đã bị thu hồi ngày 16/11/2026" in said(client.get(place)) and "sai số liệu" not in said(client.get(place))
    assert "không còn hiệu lực" in said(client.get("/cong/van-ban"))
