"""Nothing of an agency or a person is public without an act of whoever answers for it; who leaves is gone at once."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import AT, FOUNDED, Cast
from tests.contacts.public import PAGE, SITE, SPOKEN, listed, public, told
from tests.documents.letters import key, post
from tests.portal.readers import asked
from tram.audit.queries import history
from tram.contacts.commands import publish_agency, publish_person, withdraw_agency, withdraw_person
from tram.contacts.models import Publication
from tram.contacts.queries import office_hours
from tram.contacts.rules import Told, dialled
from tram.identity.commands.accounts import close_account
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.hours import Hours, set_hours
from tram.organisation.commands.posts import appoint, create_post, end_appointment
from tram.organisation.models import Appointment
from tram.portal.rules.kept import KEPT

pytestmark = pytest.mark.django_db


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_office_chief_tells_on_the_screen_and_everybody_reads(cast: Cast, client: Client) -> None:
    tam = cast.signed_in(client, "tam")
    assert "Cổng chưa cho xem địa chỉ" in said(tam.get("/danh-ba-cong"))
    assert 'href="/danh-ba-cong"' in said(tam.get("/viec"))
    wrong = post(tam, "/danh-ba-cong/co-quan", {"words": "Quản lý khoa học.", "phone": "gọi cô Hoa"})
    assert wrong.status_code == 422 and "chỉ có chữ số" in said(wrong) and 'value="gọi cô Hoa"' in said(wrong)
    assert "Nhập địa chỉ trụ sở" in said(wrong)
    body, once = told()._asdict() | {"speaks": ""}, key()
    assert [tam.post("/danh-ba-cong/co-quan", body, **once).status_code for _ in range(2)] == [303, 303]
    son, place = (
        f"/danh-ba-cong/vi-tri/{cast.posts['son'].pk}",
        {"words": "Phụ trách chung", "phone": "0214.3840.789 máy lẻ 12"},
    )
    assert post(tam, son, place).status_code == 303
    page = said(Client().get(PAGE))
    for words in (
        "Quản lý bưu chính",
        "Trần Phú",
        "Nguyễn Văn Sơn",
        "Phụ trách chung",
        "tel:02143840789",
        "Thứ Hai đến Thứ Sáu",
        "Phòng Chuyển đổi số",
    ):
        assert words in page, words
    assert "Vũ Đình Phúc" not in page, "nobody agreed to him"
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])
    assert data["@type"] == "GovernmentOrganization" and data["telephone"] == "0214 3840 123"
    assert f'href="{PAGE}"' in said(Client().get("/cong/to-chuc")) and PAGE in said(
        Client().get("/cong/so-do/trang.xml")
    )
    assert "đã công bố Nguyễn Văn Sơn, Giám đốc, trên cổng" in [one.sentence for one in history(cast.posts["son"].ref)]


def test_who_leaves_a_post_is_gone_at_once_and_a_successor_is_not_told_of(cast: Cast, reader: Client) -> None:
    public(cast)
    listed(cast, "son")
    listed(cast, "hung")
    assert "Nguyễn Văn Sơn" in said(reader.get(PAGE))
    seat = Appointment.objects.get(post=cast.posts["son"])
    end_appointment(actor=cast.actor("quan"), at=AT, appointment=seat, until=AT.date() - timedelta(days=1))
    assert "Nguyễn Văn Sơn" not in said(reader.get(PAGE)), "not only when the page grows old"
    appoint(actor=cast.actor("quan"), at=AT, post=cast.posts["son"], account=cast.accounts["lan"], since=AT.date())
    assert "Hoàng Thị Lan" not in said(reader.get(PAGE)) and "Phần việc của son" not in said(reader.get(PAGE))
    listed(cast, "son")
    assert "Hoàng Thị Lan" in said(reader.get(PAGE)), "once an act says so"
    close_account(actor=Actor.system(), at=AT, account=cast.accounts["hung"])
    KEPT.forget()
    assert "Phạm Quốc Hùng" not in said(reader.get(PAGE))


def test_a_spokesperson_has_telephone_and_mail_and_stands_in_the_press_room(cast: Cast, reader: Client) -> None:
    public(cast)
    with pytest.raises(Invalid) as wrong:
        listed(cast, "tam", speaks=True, phone="")
    assert set(wrong.value.errors) == {"phone", "email"}
    assert "Chưa có người phát ngôn" in said(reader.get("/cong/bao-chi"))
    listed(cast, "tam", **SPOKEN)
    listed(cast, "son")
    for address in ("/cong/bao-chi", f"{SITE}/bao-chi"):
        page = said(reader.get(address))
        assert "Đỗ Minh Tâm" in page and "mailto:tamdm@laocai.gov.vn" in page and "8:00–11:00" in page
        assert (
            "Nguyễn Văn Sơn" not in page
            and "/muc/thong-cao-bao-chi/moi/atom.xml" in page
            and "/cong/thu-tuc/hop-bao" in page
        )
    assert "Sở Khoa học và Công nghệ" in said(reader.get("/cong/bao-chi"))
    for address in (PAGE, "/cong/to-chuc", "/cong/bao-chi", "/cong/lich-tuan"):
        assert said(reader.get(address)).count('name="description"') == 1, address


def test_what_is_taken_back_is_nowhere_and_leaves_its_reason_in_the_house(
    cast: Cast, reader: Client, client: Client
) -> None:
    public(cast)
    listed(cast, "son")
    listed(cast, "tam", **SPOKEN)
    by: dict[str, Any] = {"actor": cast.actor("hung"), "at": AT}
    with pytest.raises(Invalid, match="Nhập lý do"):
        withdraw_person(post=cast.posts["tam"], reason=" ", **by)
    withdraw_person(post=cast.posts["tam"], reason="Đang điều động", **by)
    assert "Đỗ Minh Tâm" not in said(reader.get(PAGE)) + said(reader.get("/cong/bao-chi"))
    withdraw_agency(agency=cast.units["skhcn"], reason="Chuyển trụ sở", **by)
    page = said(reader.get(PAGE))
    assert "chưa công bố" in page and "Nguyễn Văn Sơn" not in page and "Chuyển trụ sở" not in page
    assert PAGE not in said(reader.get("/cong/to-chuc")) and not Publication.objects.filter(until_at=None).exists()
    assert "Sơn" not in said(reader.get("/cong/tim/to-chuc?ten=son"))
    with pytest.raises(WrongState, match="không còn ở trên cổng"):
        withdraw_agency(agency=cast.units["skhcn"], reason="Lần nữa", **by)
    log = said(cast.signed_in(client, "quan").get("/danh-ba-cong/co-quan"))
    assert "Chuyển trụ sở" in log and "Đỗ Minh Tâm" in log


def test_others_may_not_and_only_leading_posts_are_told_of(cast: Cast, client: Client) -> None:
    for who in ("hoa", "lan", "thu", "tinh", "dung"):
        with pytest.raises(Refused):
            publish_agency(actor=cast.actor(who), at=AT, agency=cast.units["skhcn"], told=told())
    with pytest.raises(WrongState, match="của cơ quan trước"):
        listed(cast, "son")
    public(cast)
    with pytest.raises(Refused, match="lãnh đạo"):
        listed(cast, "lan")
    with pytest.raises(WrongState, match="đúng như vậy"):
        public(cast)
    empty = create_post(
        actor=Actor.system(), at=AT, unit=cast.units["it"], title="Phó Trưởng phòng", rank=45, since=FOUNDED
    )
    with pytest.raises(WrongState, match="khuyết"):
        publish_person(actor=cast.actor("tam"), at=AT, post=empty, told=Told())
    thu = cast.signed_in(client, "thu")
    assert thu.get(f"/danh-ba-cong/vi-tri/{cast.posts['son'].pk}").status_code == 404
    assert thu.get("/danh-ba-cong/vi-tri/999999").status_code == 404


def test_the_log_is_kept_by_the_database(cast: Cast) -> None:
    first = public(cast)
    second = public(cast, phone="0214 3840 999")
    first.refresh_from_db()
    assert first.until_at == AT and second.until_at is None
    for change in ({"phone": "1"}, {"until_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.all().delete()


def test_lists_and_pages_cost_the_same_for_one_and_for_many(cast: Cast, reader: Client) -> None:
    public(cast)
    listed(cast, "son", **SPOKEN)
    addresses = ("/cong/to-chuc", PAGE, "/cong/bao-chi", "/cong/tim/to-chuc?ten=s")
    few = {address: len(asked(reader, address, "Sở Khoa học")) for address in addresses}
    listed(cast, "hung", **SPOKEN)
    listed(cast, "dung", **SPOKEN)
    for who, unit in (("binh", "xa"), ("thu", "stc")):
        publish_agency(actor=cast.actor(who), at=AT, agency=cast.units[unit], told=told())
    many = {address: len(asked(reader, address, "Sở Khoa học")) for address in addresses}
    assert many == few and max(few.values()) <= 9, few


def test_names_are_found_with_and_without_marks_and_text_of_others_does_nothing(cast: Cast, reader: Client) -> None:
    public(cast, words="<script>alert(1)</script> Quản lý")
    listed(cast, "dung", words='"><img src=x onerror=alert(1)>')
    for text in ("tien dung", "Tiến Dũng", "truong phong"):
        assert "Lê Tiến Dũng" in said(reader.get(f"/cong/tim/to-chuc?ten={text}")), text
        assert PAGE in said(reader.get(f"/cong/tim?q={text}")), text
    assert PAGE in said(reader.get("/cong/tim/to-chuc?ten=SKHCN")) and PAGE in said(reader.get("/cong/tim?q=skhcn"))
    assert PAGE in said(reader.get("/cong/tim?q=Số điện thoại skhcn")) and PAGE not in said(
        reader.get("/cong/tim?q=điện thoại")
    )
    assert PAGE not in said(reader.get("/cong/tim?q=tien dun")), "whole words"
    for address in (PAGE, "/cong/tim/to-chuc?ten=dung", "/cong/to-chuc"):
        page = said(reader.get(address))
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "Không có cơ quan nào" in said(reader.get("/cong/tim/to-chuc?ten=khinh khí cầu"))
    assert reader.get("/cong/tim/to-chuc?ten=")["Location"] == "/cong/to-chuc"


def test_numbers_are_dialled_and_hours_are_told_in_runs(cast: Cast) -> None:
    assert dialled("+84 (214) 3840.123 máy lẻ 12") == "+842143840123" and dialled("0214 3840 123 - 5") == "02143840123"
    morning = Hours(*(AT.time().replace(hour=hour, minute=0) for hour in (7, 11, 11, 12)))
    set_hours(
        actor=cast.actor("quan"),
        at=AT,
        agency=cast.units["skhcn"],
        since=date(2026, 11, 1),
        hours=morning,
        weekdays=(5, 6),
    )
    told_hours = dict(office_hours(cast.units["skhcn"].pk, AT.date()))
    assert (
        list(told_hours) == ["Thứ Hai đến Thứ Năm", "Thứ Sáu đến Thứ Bảy"]
        and told_hours["Thứ Sáu đến Thứ Bảy"] == "7:00–12:00"
    )
