"""The week of an agency's leaders: kept in the house, let out in one act, with what changed; never what is inside."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.cast import AT, Cast
from tests.documents.letters import key, post
from tests.portal.readers import asked
from tram.agendas.commands import Told, amend, drop, enter, publish, withdraw
from tram.agendas.models import Item, Publication
from tram.audit.queries import history
from tram.kernel.verdicts import Invalid, Refused, WrongState

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe"
PAGE, WEEK, FEED = f"{SITE}/lich-tuan", f"{SITE}/lich-tuan/2026-11-16", f"{SITE}/lich-tuan.ics"


def told(**more: Any) -> Told:
    """A meeting on Tuesday morning, with other words where asked."""
    whole: dict[str, Any] = {
        "day": date(2026, 11, 17), "begins": time(8), "ends": time(11, 30), "what": "Họp giao ban tháng 11",
        "place": "Phòng họp tầng 2", "chair": "Giám đốc Nguyễn Văn Sơn",
    }  # fmt: skip
    return Told(**(whole | more))


def entered(cast: Cast, **more: Any) -> Item:
    return enter(actor=cast.actor("tam"), at=AT, agency=cast.units["skhcn"], told=told(**more))


def let_out(cast: Cast, minutes: int = 0, monday: date = MONDAY) -> Publication:
    at = AT + timedelta(minutes=minutes)
    return publish(actor=cast.actor("tam"), at=at, agency=cast.units["skhcn"], monday=monday)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def unfolded(text: str) -> list[str]:
    """The lines of a calendar as a program reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_the_office_chief_writes_the_week_and_lets_it_out(cast: Cast, client: Client) -> None:
    tam = cast.signed_in(client, "tam")
    assert "Tuần này chưa công khai" in said(tam.get("/lich-tuan?tuan=2026-11-16"))
    wrong = post(
        tam, "/lich-tuan/them", {"day": "17/11/2026", "begins": "8h30", "ends": "8", "what": "Họp <b>giao ban</b>"}
    )
    assert wrong.status_code == 422 and "sau giờ bắt đầu" in said(wrong) and 'value="8h30"' in said(wrong)
    once = key()
    item = {"day": "17/11/2026", "begins": "8h30", "what": "Họp <b>giao ban</b>", "is_public": "on"}
    assert [tam.post("/lich-tuan/them", item, **once).status_code for _ in range(2)] == [303, 303]
    assert post(tam, "/lich-tuan/them", item | {"what": "Làm việc riêng", "is_public": ""}).status_code == 303
    assert Item.objects.count() == 2
    assert Client().get(PAGE).status_code == 404, "nothing of the agency was ever public"
    assert post(tam, "/lich-tuan/cong-khai", {"tuan": "2026-11-16"}).status_code == 303
    for address in (WEEK, FEED):
        page = said(Client().get(address))
        assert "giao ban" in page and "riêng" not in page and "<b>giao" not in page.replace("SUMMARY:Họp <b>giao", "")
    assert "đã công khai lịch tuần từ 16/11/2026, 1 mục, lần 1" in [
        one.sentence for one in history(cast.units["skhcn"].ref)
    ]


def test_what_changed_is_told_and_what_was_taken_out_is_named_nowhere(cast: Cast, reader: Client) -> None:
    meeting, visit = entered(cast), entered(cast, what="Tiếp đoàn công tác", begins=time(14), ends=None)
    let_out(cast)
    by: dict[str, Any] = {"actor": cast.actor("hung"), "at": AT}
    amend(item=meeting, told=told(begins=time(9), place="Hội trường"), **by)
    amend(item=visit, told=told(what="Tiếp đoàn công tác", begins=time(14), ends=None, is_public=False), **by)
    entered(cast, what="Dự lễ khai giảng", day=date(2026, 11, 21))
    assert "8:00–11:30" in said(reader.get(WEEK)) and "khai giảng" not in said(reader.get(WEEK))
    let_out(cast, 30)
    page = said(reader.get(WEEK))
    assert "09:30" in page and "“Họp giao ban tháng 11”: từ 8:00 Thứ Ba 17/11 sang 9:00–11:30 Thứ Ba 17/11" in page
    assert "Đổi nơi của “Họp giao ban tháng 11”" in page and "Thêm “Dự lễ khai giảng” lúc 8:00 Thứ Bảy 21/11" in page
    assert "Bỏ một mục lúc 14:00 Thứ Ba 17/11" in page and "đoàn công tác" not in page and "Thứ Bảy" in page
    drop(item=meeting, **by)
    let_out(cast, 60)
    page = said(reader.get(WEEK))
    assert "giao ban" not in page and "Hội trường" not in page, "also not among what changed before"
    with pytest.raises(WrongState, match="đúng như vậy"):
        let_out(cast, 90)


def test_a_week_taken_back_is_gone_everywhere_and_begins_anew(cast: Cast, reader: Client) -> None:
    item = entered(cast)
    let_out(cast)
    amend(actor=cast.actor("tam"), at=AT, item=item, told=told(place="Hội trường"))
    let_out(cast, 10)
    assert "Đã thay đổi" in said(reader.get(WEEK))
    by: dict[str, Any] = {
        "actor": cast.actor("son"),
        "at": AT + timedelta(minutes=20),
        "agency": cast.units["skhcn"],
        "monday": MONDAY,
    }
    withdraw(reason="Có việc chưa được công khai", **by)
    gone = reader.get(WEEK)
    assert gone.status_code == 410 and "giao ban" not in said(gone) and "chưa được công khai" not in said(gone)
    assert "Chưa có lịch tuần" in said(reader.get(PAGE)) and "VEVENT" not in said(reader.get(FEED))
    with pytest.raises(WrongState, match="không ở trên cổng"):
        withdraw(reason="Lần nữa", **by)
    assert let_out(cast, 30).edition == 3
    assert "Đã thay đổi" not in said(reader.get(WEEK))


def test_the_calendar_is_one_that_programs_read(cast: Cast, reader: Client) -> None:
    long = entered(
        cast, what="Hội nghị; tổng kết, khen thưởng \\ năm 2026 " + "và nhiều việc khác nữa " * 5, begins=time(7, 30)
    )
    let_out(cast)
    answer = reader.get(FEED)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and not answer.cookies
    text = said(answer)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", "")
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    parts = dict(line.split(":", 1) for line in lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")])
    assert parts["DTSTART"] == "20261117T003000Z" and parts["DTEND"] == "20261117T043000Z" and parts["SEQUENCE"] == "0"
    assert parts["SUMMARY"].startswith("Hội nghị\\; tổng kết\\, khen thưởng \\\\ năm 2026")
    assert parts["LOCATION"] == "Phòng họp tầng 2" and parts["URL"].endswith(WEEK)
    amend(actor=cast.actor("tam"), at=AT, item=long, told=told(begins=time(13), ends=time(14)))
    let_out(cast, 5)
    again = unfolded(said(reader.get(FEED)))
    assert f"UID:{parts['UID']}" in again and "SEQUENCE:1" in again and "DTSTART:20261117T060000Z" in again


def test_others_neither_write_nor_let_out_nor_see(cast: Cast, client: Client) -> None:
    item = entered(cast)
    for who in ("lan", "hoa", "thu", "quan", "tinh"):
        with pytest.raises(Refused):
            enter(actor=cast.actor(who), at=AT, agency=cast.units["skhcn"], told=told())
        with pytest.raises(Refused):
            publish(actor=cast.actor(who), at=AT, agency=cast.units["skhcn"], monday=MONDAY)
    with pytest.raises(Invalid, match="Ghi việc gì"):
        entered(cast, what="")
    thu = cast.signed_in(client, "thu")
    assert "giao ban" not in said(thu.get("/lich-tuan?tuan=2026-11-16"))
    assert {thu.get(f"/lich-tuan/muc/{pk}").status_code for pk in (item.pk, 99999)} == {404}
    drop(actor=cast.actor("tam"), at=AT, item=item)
    with pytest.raises(WrongState, match="đã được bỏ"):
        drop(actor=cast.actor("tam"), at=AT, item=item)
    with pytest.raises(WrongState, match="chưa có mục nào"):
        let_out(cast)


def test_the_log_is_kept_by_the_database(cast: Cast) -> None:
    entered(cast)
    row = let_out(cast)
    for change in ({"items": []}, {"monday": date(2026, 11, 23)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.all().delete()


def test_readers_go_from_week_to_week_at_one_cost(cast: Cast, reader: Client) -> None:
    for weeks in (-2, 1):
        entered(cast, day=date(2026, 11, 17) + timedelta(weeks=weeks))
        let_out(cast, monday=MONDAY + timedelta(weeks=weeks))
    page = said(reader.get(PAGE))
    assert "23/11/2026" in page and re.findall(r'rel="(\w+)"', page)[-1:] == ["prev"], (
        "this week is not public; the next one is"
    )
    entered(cast)
    let_out(cast)
    few = {address: len(asked(reader, address, "giao ban")) for address in (PAGE, WEEK, FEED)}
    for number in range(30):
        entered(cast, what=f"Việc {number}")
    let_out(cast, 10)
    many = {address: len(asked(reader, address, "giao ban")) for address in (PAGE, WEEK, FEED)}
    assert many == few and max(few.values()) <= 9, few
    assert {
        reader.get(f"{SITE}/lich-tuan/{day}").status_code for day in ("2026-11-17", "2026-11-30", "x", "2026-1-5")
    } == {404}
    assert f'href="{PAGE}"' in said(reader.get("/cong/lich-tuan")) and PAGE in said(reader.get("/cong/so-do/trang.xml"))
