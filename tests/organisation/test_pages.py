"""The tree, a unit and a seat on the screen, for everybody who signed in."""

from datetime import date

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import AT, Cast
from tram.kernel.actors import Actor
from tram.organisation.commands.posts import create_post
from tram.organisation.commands.units import create_unit, give_code, rename_unit

RENAMED = date(2026, 10, 1)


def words(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


def test_a_visitor_is_sent_to_the_first_door_and_back(client: Client, cast: Cast) -> None:
    page = client.get("/to-chuc?ngay=5/3")
    assert page.status_code == 302 and page.headers["Location"] == "/dang-nhap?next=%2Fto-chuc%3Fngay%3D5%2F3"


def test_the_tree_shows_the_agency_with_its_parts_and_heads(client: Client, cast: Cast) -> None:
    page = words(cast.signed_in(client, "lan"), "/to-chuc")
    assert "Phòng Bưu chính, Viễn thông" in page and "Lê Tiến Dũng, Trưởng phòng" in page
    assert "Sở Tài chính" not in page and "Phòng Ngân sách" not in page


def test_the_province_shows_the_agencies_below_it(client: Client, cast: Cast) -> None:
    page = words(cast.signed_in(client, "lan"), f"/to-chuc?goc={cast.province.pk}")
    assert "Sở Tài chính" in page and "Phòng Ngân sách" not in page


def test_a_day_before_the_renaming_shows_the_old_name(client: Client, cast: Cast) -> None:
    rename_unit(
        actor=cast.quan, at=AT, unit=cast.it, name="Phòng Công nghệ số", abbr="CNS", since=RENAMED,
        decision="12/QĐ-SKHCN",
    )  # fmt: skip
    cast.signed_in(client, "lan")
    assert "Phòng Công nghệ số" in words(client, "/to-chuc")
    before = words(client, "/to-chuc?ngay=30/09/2026")
    assert "Phòng Chuyển đổi số" in before and "Phòng Công nghệ số" not in before
    unit = words(client, f"/to-chuc/{cast.it.pk}")
    assert "Phòng Chuyển đổi số" in unit and "12/QĐ-SKHCN" in unit and "30/09/2026" in unit
    assert "thành Phòng Công nghệ số từ 01/10/2026" in unit


def test_both_names_find_the_unit_with_and_without_marks(client: Client, cast: Cast) -> None:
    rename_unit(
        actor=cast.quan, at=AT, unit=cast.it, name="Phòng Công nghệ số", abbr="CNS", since=RENAMED,
        decision="12/QĐ-SKHCN",
    )  # fmt: skip
    cast.signed_in(client, "lan")
    for text in ("cong nghe so", "Chuyển đổi số", "cns"):
        assert f"/to-chuc/{cast.it.pk}" in words(client, f"/to-chuc?q={text}")
    assert "Không có đơn vị nào khớp" in words(client, "/to-chuc?q=%22%00zz")


def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(client: Client, cast: Cast) -> None:
    page = words(cast.signed_in(client, "lan"), "/to-chuc?ngay=31/02/2026")
    assert "không có trong lịch" in page and "Phòng Chuyển đổi số" in page


def test_a_unit_shows_codes_seats_roles_and_its_story(client: Client, cast: Cast) -> None:
    give_code(actor=cast.quan, at=AT, unit=cast.skhcn, scheme="qd20", code="H38.14", since=date(2026, 1, 1))
    page = words(cast.signed_in(client, "lan"), f"/to-chuc/{cast.skhcn.pk}")
    assert "H38.14" in page and "thủ trưởng cơ quan" in page and "đã ghi mã định danh" in page
    stranger = Client()
    page = words(cast.signed_in(stranger, "tuan"), f"/to-chuc/{cast.skhcn.pk}")
    assert "H38.14" in page and "Nhật ký" not in page


def test_a_seat_shows_who_held_it(client: Client, cast: Cast) -> None:
    page = words(cast.signed_in(client, "lan"), f"/to-chuc/vi-tri/{cast.posts['son'].pk}")
    assert "Nguyễn Văn Sơn" in page and "thủ trưởng cơ quan" in page and "Thôi giữ" not in page
    words(client, "/to-chuc/vi-tri/99999999999999999999", 404)
    words(client, "/to-chuc/99999999999999999999", 404)


def fill(cast: Cast, rows: int) -> None:
    system, since = Actor.system(), date(2026, 1, 1)
    for n in range(rows):
        create_unit(
            actor=system, at=AT, kind="department", name=f"Sở {n}", abbr=f"S{n}", parent=cast.xa, since=since,
            is_agency=True,
        )  # fmt: skip
        create_post(actor=system, at=AT, unit=cast.budget, title=f"Chuyên viên {n}", since=since, roles=["specialist"])


def test_lists_cost_the_same_for_one_row_and_for_fifty(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The shell asks 7 or so; the tree 10 (card 4, parts 3, agencies below 3), a search 3, a unit 8."""
    addresses = (f"/to-chuc?goc={cast.xa.pk}", "/to-chuc?q=so", f"/to-chuc/{cast.budget.pk}")
    cast.signed_in(client, "lan")
    counts: dict[int, list[int]] = {}
    for rows in (1, 51):
        fill(cast, rows)
        for address in addresses:
            with django_assert_max_num_queries(22) as asked:
                page = words(client, address)
            assert ("Trang sau" in page) is (rows > 50)
            counts.setdefault(rows, []).append(len(asked))
    assert counts[1] == counts[51]
