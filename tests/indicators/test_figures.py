"""One enters, another approves; what was public stays to be read; what is withdrawn is nowhere any more."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.documents.letters import key, post
from tests.indicators.keeping import PRESS, Keeping, entry
from tram.audit.models import Event
from tram.audit.queries import history
from tram.indicators.commands.figures import approve, drop, enter, send_back, submit, withdraw, write
from tram.indicators.models import Figure, Publication, Series
from tram.indicators.queries.figures import Shown, digest, rows, shown_at
from tram.kernel.verdicts import Hidden, Invalid, Refused, WrongState
from tram.tasks.commands.work import give_back
from tram.tasks.models import Task

TYPED = {"period": "30/9/2008", "value": "32", "publisher": "Sở TT&TT", "document": PRESS, "trinh": "1"}
BEGIN = "/chi-tieu/moi?code=phone_density&about={}"


def shown(slug: str = "mat-do-dien-thoai") -> Shown:
    found = shown_at(slug)
    assert isinstance(found, Shown)
    return found


def test_entered_on_the_screen_it_lies_with_the_head_of_the_division_who_makes_it_public(
    house: Keeping, client: Client
) -> None:
    lan = house.cast.signed_in(client, "lan")
    address = BEGIN.format(house.cast.units["province"].pk)
    assert "Mật độ điện thoại" in lan.get(address).content.decode()
    wrong = post(lan, address, TYPED | {"value": "32.5", "document": "", "link": "http://x.vn"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "dấu phẩy" in page and 'value="32.5"' in page
    assert "gov.vn" in post(lan, address, TYPED | {"link": "https://gov.vn.x.com/a"}).content.decode()
    once = key()
    assert [lan.post(address, TYPED, **once).status_code for _ in range(2)] == [303, 303]
    figure = Figure.objects.get()
    place = f"/chi-tieu/so-lieu/{figure.pk}"
    assert "Chỉ trưởng phòng" in lan.get(place).content.decode()
    assert Task.objects.get(about=figure.ref).turn_post_id == house.cast.posts["dung"].pk
    dung = house.cast.signed_in(Client(), "dung")
    assert "Duyệt số liệu: Mật độ điện thoại" in dung.get("/").content.decode()
    assert post(dung, f"{place}/duyet", {"seen": "1"}).status_code == 303
    assert shown().last.amount.text == "32" and Task.objects.get(about=figure.ref).ended_at is not None
    (record,) = Event.objects.filter(what="indicators.approved")
    assert record.detail["digest"] == digest(Publication.objects.get())
    assert any("32 máy/100 dân" in line.sentence for line in history(figure.ref))


def test_who_entered_never_approves_and_strangers_meet_nothing(house: Keeping, client: Client) -> None:
    own = enter(
        **house.by("dung"), agency=house.cast.units["skhcn"], code="phone_density", about=house.cast.units["province"],
        entry=entry("30/9/2008", "32"), submits=True,
    )  # fmt: skip
    with pytest.raises(Refused, match="Người nhập không tự duyệt"):
        approve(**house.by("dung"), figure=own, seen=1)
    for name in ("lan", "hoa", "thu", "quan"):
        with pytest.raises(Refused):
            approve(**house.by(name), figure=own, seen=1)
    thu = house.cast.signed_in(client, "thu")
    for address in (f"/chi-tieu/so-lieu/{own.pk}", f"/chi-tieu/{own.series_id}", f"/chi-tieu/so-lieu/{own.pk}/duyet"):
        assert thu.get(address).status_code == 404 == thu.get(address.replace(str(own.pk), "99999")).status_code
    with pytest.raises(Invalid, match="đang giữ chỉ tiêu này"):
        enter(
            **house.by("thu"), agency=house.cast.units["stc"], code="phone_density", about=house.cast.units["province"],
            entry=entry("31/12/2008", "33"),
        )  # fmt: skip
    same = write(**house.by("lan"), figure=own, entry=entry("30/9/2008", "32"), seen=1, submits=True)
    with pytest.raises(Refused, match="Người nhập không tự duyệt"):
        approve(**house.by("dung"), figure=same, seen=2)
    approve(**house.by("son"), figure=own, seen=2)


def test_a_correction_keeps_what_stood_there_with_its_reason(house: Keeping) -> None:
    out = house.public(value="31,5")
    figure = Figure.objects.get()
    with pytest.raises(Invalid, match="lý do"):
        write(**house.by("lan"), figure=figure, entry=entry("30/9/2008", "32"), seen=1)
    with pytest.raises(Invalid, match="không đổi"):
        write(**house.by("lan"), figure=figure, entry=entry("1/9/2008", "32", reason="Nhầm"), seen=1)
    told = entry("30/9/2008", "32", reason="Doanh nghiệp báo cáo lại")
    write(**house.by("lan"), figure=figure, entry=told, seen=1, submits=True)
    assert shown().last.amount.text == "31,5", "until another approves"
    with pytest.raises(WrongState, match="bản 2"):
        approve(**house.by("dung"), figure=figure, seen=1)
    approve(**house.by("dung"), figure=figure, seen=2)
    point = shown().last
    assert point.amount.text == "32"
    assert [(one.amount.text, one.reason) for one in point.corrections] == [("31,5", "Doanh nghiệp báo cáo lại")]
    for change in ({"value": 1}, {"until_at": None}):
        with pytest.raises(DatabaseError, match="không được sửa"), transaction.atomic():
            Publication.objects.filter(pk=out.pk).update(**change)
    with pytest.raises(DatabaseError, match="không được sửa"), transaction.atomic():
        Publication.objects.filter(pk=out.pk).delete()


def test_a_figure_is_sent_back_withdrawn_entered_again_and_a_draft_dropped(house: Keeping) -> None:
    figure = house.entered(value="31")
    write(**house.by("lan"), figure=figure, entry=entry("30/9/2008", "32"), seen=1, submits=True)
    send_back(**house.by("dung"), figure=figure, reason="Lệch báo cáo")
    assert Task.objects.get(about=figure.ref, ended_at=None).turn_post_id == house.cast.posts["lan"].pk
    submit(**house.by("lan"), figure=figure, seen=2)
    task = Task.objects.get(about=figure.ref, ended_at=None)
    give_back(**house.by("dung"), task=task, reason="Không phải việc của phòng")
    figure.refresh_from_db()
    assert figure.state == "draft"
    submit(**house.by("lan"), figure=figure, seen=2)
    approve(**house.by("dung"), figure=figure, seen=2)
    write(**house.by("lan"), figure=figure, entry=entry("30/9/2008", "33", reason="Thử"), seen=2)
    assert drop(**house.by("lan"), figure=figure).value == 32 and shown().last.amount.text == "32"
    with pytest.raises(Refused):
        withdraw(**house.by("lan"), figure=figure, reason="Sai nguồn")
    withdraw(**house.by("dung"), figure=figure, reason="Sai nguồn")
    assert not isinstance(shown_at("mat-do-dien-thoai"), Shown)
    figure.refresh_from_db()
    write(
        **house.by("lan"), figure=figure, entry=entry("30/9/2008", "32", reason="Đã có nguồn"), seen=figure.version,
        submits=True,
    )  # fmt: skip
    approve(**house.by("dung"), figure=figure, seen=figure.version + 1)
    assert shown().last.corrections[0].reason == "Đã có nguồn"
    other = house.entered("31/12/2008", "33")
    send_back(**house.by("dung"), figure=other, reason="Chưa hết năm")
    assert drop(**house.by("lan"), figure=other).state == "withdrawn"
    with pytest.raises(Hidden):
        shown_at("khong-co")


def test_a_jump_wants_a_tick_and_a_period_has_one_figure(house: Keeping) -> None:
    house.public()
    with pytest.raises(Invalid, match="Tăng 10 lần"):
        house.entered("31/12/2008", "320")
    house.entered("31/12/2008", "320", is_sure=True)
    with pytest.raises(Invalid, match="đã có số liệu"):
        house.entered("31/12/2008", "33")
    with pytest.raises(Invalid, match="Chọn phạm vi"):
        house.entered(about="stc")
    house.entered(about="skhcn")
    assert Series.objects.filter(code="phone_density").count() == 2
    with pytest.raises(Invalid, match="Chọn phạm vi"):
        enter(
            **house.by("binh"), agency=house.cast.units["xa"], code="ict_budget", about=house.cast.units["province"],
            entry=entry("2008", "1", "ict_budget"),
        )  # fmt: skip


def test_an_address_that_another_indicator_had_is_not_taken_from_it(house: Keeping) -> None:
    house.public()
    Series.objects.update(code="postal_service_points")
    other = house.entered().series
    assert (
        other.slug.startswith("mat-do-dien-thoai-")
        and other.slug != Series.objects.get(code="postal_service_points").slug
    )


def test_the_list_asks_as_often_for_many_as_for_one(house: Keeping) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            rows(house.cast.actor("lan"), AT.date())
        return len(found)

    house.public()
    house.entered("31/12/2008", "33")
    few = asked()
    for code, value in (
        ("agencies_with_lan", "42"),
        ("internet_subscribers", "≥ 11.900"),
        ("portal_visit_rank", "5/56"),
    ):
        house.public("30/9/2008", value, code=code)
    lines, following = rows(house.cast.actor("lan"), AT.date())
    assert asked() == few and len(lines) == 4 and not following
    assert lines[0].waits_for.startswith("Lê Tiến Dũng") and lines[0].last and lines[0].last.text == "32"
    assert rows(house.cast.actor("thu"), AT.date())[0] == []
