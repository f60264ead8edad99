"""What administrators do on the screen; everybody else sees the same answer as for nothing at all."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tram.kernel.clock import local_day, now
from tram.organisation.models import Appointment, Post, RoleGrant, Unit, UnitVersion
from tram.organisation.queries import seat

DAY = "01/12/2026"


def send(client: Client, path: str, status: int = 302, **fields: Any) -> str:
    page = client.post(path, {**fields, "idempotency_key": str(uuid4())})
    assert page.status_code == status, page.content.decode()[:3000]
    return page.content.decode()


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "quan")


def test_a_unit_is_created_below_and_renamed_by_decision(admin: Client, cast: Cast) -> None:
    send(
        admin,
        f"/to-chuc/{cast.skhcn.pk}/don-vi-moi",
        name="Phòng Sở hữu trí tuệ",
        abbr="SHTT",
        kind="division",
        since=DAY,
    )
    made = Unit.objects.get(abbr="SHTT")
    assert made.agency == cast.skhcn and made.founded_on == date(2026, 12, 1)
    send(
        admin,
        f"/to-chuc/{made.pk}/doi-ten",
        name="Phòng Sáng chế",
        abbr="SC",
        since="01/01/2027",
        decision="1/QĐ-SKHCN",
    )
    assert UnitVersion.objects.filter(unit=made).count() == 2


def test_what_was_typed_stays_when_something_is_wrong(admin: Client, cast: Cast) -> None:
    path = f"/to-chuc/{cast.it.pk}/doi-ten"
    page = send(admin, path, 422, name="Phòng Công nghệ số", abbr="CNS", since="31/02/2026", decision="")
    assert 'value="Phòng Công nghệ số"' in page and 'value="31/02/2026"' in page
    assert "không có trong lịch" in page and "Ghi số quyết định" in page
    page = send(admin, path, 422, name="Phòng Công nghệ số", abbr="CNS", since="01/07/2025", decision="1/QĐ")
    assert "Ngày có hiệu lực phải sau 01/07/2025" in page and 'value="1/QĐ"' in page


def test_a_seat_is_made_filled_empowered_and_ended(admin: Client, cast: Cast) -> None:
    send(
        admin,
        f"/to-chuc/{cast.it.pk}/vi-tri-moi",
        title="Phó Trưởng phòng",
        rank="45",
        roles=["unit_head"],
        since="01/10/2026",
    )
    post = Post.objects.get(title="Phó Trưởng phòng")
    send(
        admin,
        f"/to-chuc/vi-tri/{post.pk}/phan-cong",
        account=cast.accounts["nga"].pk,
        since="02/10/2026",
        decision="3/QĐ",
    )
    assert seat(post.pk, date(2026, 11, 16)).account == cast.accounts["nga"].pk
    send(
        admin, f"/to-chuc/vi-tri/{post.pk}/giao-quyen", role="archivist", unit=cast.skhcn.pk, since="02/10/2026",
        cause="Quyết định 4",
    )  # fmt: skip
    grant = RoleGrant.objects.get(post=post, role="archivist")
    send(admin, f"/to-chuc/quyen/{grant.pk}/thu", until="31/12/2026")
    seated = Appointment.objects.get(post=post)
    send(admin, f"/to-chuc/phan-cong/{seated.pk}/ket-thuc", until="30/11/2026")
    send(admin, f"/to-chuc/vi-tri/{post.pk}/ket-thuc", until="31/12/2026")
    post.refresh_from_db()
    grant.refresh_from_db()
    assert (post.until, grant.until) == (date(2026, 12, 31), date(2026, 12, 31))
    page = admin.get(f"/to-chuc/vi-tri/{post.pk}").content.decode()
    assert "Bùi Thúy Nga" in page and "30/11/2026" in page


def test_an_agencys_administrator_does_not_make_administrators_of_the_province(admin: Client, cast: Cast) -> None:
    path = f"/to-chuc/vi-tri/{cast.posts['quan'].pk}/giao-quyen"
    told = {"role": "admin_province", "unit": cast.skhcn.pk, "since": "01/10/2026", "cause": "tự giao"}
    assert "quản trị tỉnh" in send(admin, path, 403, **told)
    send(admin, f"/to-chuc/{cast.it.pk}/vi-tri-moi", 403, title="Ai đó", rank="9", roles=["admin_province"], since=DAY)
    assert not Post.objects.filter(title="Ai đó").exists()
    send(cast.signed_in(Client(), "tinh"), path, **told)


VERBS = ("don-vi-moi", "doi-ten", "ma-dinh-danh", "vi-tri-moi", "chuyen", "cham-dut")


def addresses(cast: Cast) -> list[str]:
    unit, post = cast.it.pk, cast.posts["nga"].pk
    grant, seated = RoleGrant.objects.get(post=post).pk, Appointment.objects.get(post=post).pk
    units = [f"/to-chuc/{unit}/{verb}" for verb in VERBS]
    posts = [f"/to-chuc/vi-tri/{post}/{verb}" for verb in ("phan-cong", "giao-quyen", "ket-thuc")]
    return [*units, *posts, f"/to-chuc/quyen/{grant}/thu", f"/to-chuc/phan-cong/{seated}/ket-thuc"]


@pytest.mark.parametrize("name", ["nga", "son", "tuan", "thu"])
def test_strangers_and_colleagues_see_nothing_of_it(client: Client, cast: Cast, name: str) -> None:
    cast.signed_in(client, name)
    nothing = client.get("/to-chuc/987654/doi-ten")
    assert nothing.status_code == 404
    for address in addresses(cast):
        page = client.get(address)
        assert (page.status_code, _bare(page.content)) == (404, _bare(nothing.content)), address
        send(client, address, 404, name="X", title="X", until=DAY, since=DAY)


def _bare(content: bytes) -> str:
    """A page without what differs from request to request."""
    return "\n".join(
        line
        for line in content.decode().splitlines()
        if not any(word in line for word in ("csrf", "idempotency", "data-print-at", "data-clock", 'name="next"'))
    )


def test_administrators_see_every_form(admin: Client, cast: Cast) -> None:
    for address in addresses(cast):
        page = admin.get(address)
        assert page.status_code == 200 and b"idempotency_key" in page.content, address
        assert send(admin, address, 422).count("Có ") >= 1, address


def test_working_time_is_set_by_the_administrator_and_seen_by_all(admin: Client, cast: Cast) -> None:
    told = {"weekdays": ["1", "2"], "opens": "8:00", "lunch": "12:00", "returns": "13h30", "closes": "17:00"}
    send(admin, "/to-chuc/gio-lam-viec", since=local_day(now()).isoformat(), **told)
    send(admin, "/to-chuc/gio-lam-viec/ngay-rieng", **{"rieng-day": DAY, "rieng-kind": "off", "rieng-source": "TB 12"})
    wrong = send(admin, "/to-chuc/gio-lam-viec", 422, since=DAY, **{**told, "closes": "9:00"})
    assert "Giờ phải theo thứ tự" in wrong and 'value="9:00"' in wrong
    wrong = send(admin, "/to-chuc/gio-lam-viec/ngay-rieng", 422, **{"rieng-day": DAY, "rieng-kind": "off"})
    assert "Ghi văn bản quy định" in wrong
    clerk = cast.signed_in(Client(), "hoa")
    page = clerk.get("/to-chuc/gio-lam-viec").content.decode()
    assert "08:00–12:00; 13:30–17:00" in page and "TB 12" in page and "Đặt giờ" not in page
    assert "quản trị cơ quan" in send(clerk, "/to-chuc/gio-lam-viec", 403, since=DAY, **told)


MOVE = {"parent": "bcvt", "since": "01/12/2026", "decision": "12/QĐ-SKHCN ngày 20/11/2026", "reason": "Sắp xếp lại"}


def test_a_move_is_shown_first_amended_and_then_done(admin: Client, cast: Cast) -> None:
    path = f"/to-chuc/{cast.it.pk}/chuyen"
    seen = send(admin, path, 200, **MOVE)
    assert "Từ 01/12/2026, Phòng Chuyển đổi số thuộc Phòng Bưu chính, Viễn thông" in seen
    assert "2 vị trí, 2 đang có người giữ" in seen and UnitVersion.objects.filter(unit=cast.it).count() == 1
    assert 'value="Sắp xếp lại"' in send(admin, path, 200, **MOVE, sua="1")
    send(admin, path, **MOVE, ghi="1")
    moved = UnitVersion.objects.get(unit=cast.it, until=None)
    assert (moved.parent, moved.decision) == (cast.telecoms, MOVE["decision"])
    page = admin.get(f"/to-chuc/{cast.it.pk}").content.decode()
    assert "sang Phòng Bưu chính, Viễn thông từ 01/12/2026, 12/QĐ-SKHCN ngày 20/11/2026: Sắp xếp lại" in page


WRONG = {
    # what is typed -> what is said
    "không có": "Không có đơn vị nào chọn được ở đây tên “không có”",
    "phòng": "Gõ tên đầy đủ.",
    "bcvt; vp": "Ghi nhiều nhất 1 đơn vị",
    "stc": "Không có đơn vị nào chọn được ở đây",
    "": "Nhập đơn vị cấp trên mới.",
}


@pytest.mark.parametrize(("typed", "said"), WRONG.items())
def test_a_place_that_is_none_is_told_and_what_was_typed_stays(
    admin: Client, cast: Cast, typed: str, said: str
) -> None:
    page = send(admin, f"/to-chuc/{cast.it.pk}/chuyen", 422, **{**MOVE, "parent": typed})
    assert said in page and 'value="Sắp xếp lại"' in page and f'value="{typed}"' in page or not typed


def test_an_end_says_what_becomes_of_everything_before_it_is_written(admin: Client, cast: Cast) -> None:
    told = {"on": "31/12/2026", "successors": "vp; bcvt", "decision": "12/QĐ", "reason": "Nhập phòng"}
    path = f"/to-chuc/{cast.it.pk}/cham-dut"
    seen = send(admin, path, 200, **told)
    assert "Sau ngày 31/12/2026, Phòng Chuyển đổi số không còn hoạt động" in seen
    assert "Nhận nhiệm vụ: Văn phòng Sở; Phòng Bưu chính, Viễn thông." in seen
    assert "Vũ Đình Phúc, Trưởng phòng" in seen and "Kết thúc cùng ngày" in seen
    assert Unit.objects.get(pk=cast.it.pk).abolished_on is None
    assert admin.get(path).content.decode().count("(không bắt buộc)") == 1
    send(admin, path, **told, ghi="1")
    assert Unit.objects.get(pk=cast.it.pk).abolished_on == date(2026, 12, 31)
    assert "đã chấm dứt hoạt động" in send(admin, path, 409, **told)


def test_an_agency_is_placed_by_the_province(admin: Client, cast: Cast) -> None:
    for verb in ("chuyen", "cham-dut"):
        page = admin.get(f"/to-chuc/{cast.skhcn.pk}/{verb}")
        assert page.status_code == 403 and "quản trị tỉnh" in page.content.decode()
    assert "Chấm dứt hoạt động" not in admin.get(f"/to-chuc/{cast.skhcn.pk}").content.decode()
    assert "Chấm dứt hoạt động" in admin.get(f"/to-chuc/{cast.it.pk}").content.decode()
