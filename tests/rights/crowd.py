"""The people of people.csv: more units and seats, and who lends, came, left or will come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import cast as people_of_the_cast
from tests.cast import AT, FOUNDED, Cast
from tests.rights.table import crowd
from tram.identity.commands.accounts import open_account
from tram.kernel.actors import Actor
from tram.organisation.commands.books import open_book
from tram.organisation.commands.posts import appoint, create_post, delegate, end_appointment, withdraw_role
from tram.organisation.commands.units import create_unit
from tram.organisation.models import Appointment, RoleGrant

BEFORE = AT - timedelta(hours=2)
MORE_UNITS = [
    ("quality", "division", "Phòng Quản lý Chất lượng", "QLCL", "skhcn", False),
    ("price", "division", "Phòng Giá", "G", "stc", False),
    ("cabinet", "office", "Văn phòng Ủy ban", "VPUB", "province", False),
    ("economy", "division", "Phòng Kinh tế", "KT", "province", False),
    ("metrology", "sub_department", "Chi cục Tiêu chuẩn Đo lường", "TCĐL", "skhcn", True),
    ("quality_sub", "division", "Phòng Đo lường", "ĐL", "metrology", False),
]


def settle(cast: Cast, seat: Callable[..., None]) -> None:
    """Everybody of people.csv, in the state that it tells; `seat` gives somebody an account and a post."""
    by: dict[str, Any] = {"actor": Actor.system(), "at": BEFORE.replace(year=2025, month=7, day=1)}
    for order, (key, kind, name, abbr, parent, is_agency) in enumerate(MORE_UNITS, start=50):
        cast.units[key] = create_unit(
            kind=kind, name=name, abbr=abbr, since=FOUNDED, is_agency=is_agency, order=order,
            parent=cast.units[parent], **by,
        )  # fmt: skip
    for code, name, is_secret in people_of_the_cast.BOOKS:
        open_book(agency=cast.units["metrology"], code=code, name=name, year=2026, is_secret=is_secret, **by)
    for key in ("province", "xa", "metrology"):
        open_book(agency=cast.units[key], code="outgoing", name="Văn bản đi", year=2026, **by)
    for login, row in crowd().items():
        if row["unit"]:
            unit = cast.units[row["unit"]]
            seat(cast, login, row["name"], unit, row["title"], int(row["rank"]), row["roles"].split())
    cast.accounts["mai"] = open_account(
        login="mai", name=crowd()["mai"]["name"], agency=None, password_hash=people_of_the_cast._HASHED, **by
    )
    _changes_of_state(cast)


def _changes_of_state(cast: Cast) -> None:
    """Who lends to whom, who came, left or will come."""
    day, by = AT.date(), {"actor": Actor.system(), "at": BEFORE}
    yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
    seats = {login: Appointment.objects.get(post=cast.posts[login]) for login in ("roi", "sap", "dinh")}
    end_appointment(appointment=seats["roi"], until=yesterday, **by)
    end_appointment(appointment=seats["sap"], until=FOUNDED, **by)
    appoint(post=cast.posts["sap"], account=cast.accounts["sap"], since=tomorrow, **by)
    old = create_post(unit=cast.units["budget"], title="Chuyên viên cũ", since=FOUNDED, roles=["specialist"], **by)
    end_appointment(appointment=seats["dinh"], until=FOUNDED, **by)
    before = appoint(post=old, account=cast.accounts["dinh"], since=FOUNDED + timedelta(days=1), **by)
    end_appointment(appointment=before, until=yesterday, **by)
    appoint(post=cast.posts["dinh"], account=cast.accounts["dinh"], since=day, **by)
    withdraw_role(grant=RoleGrant.objects.get(post=cast.posts["cuat"], role="clerk"), until=yesterday, **by)
    for login, since, until in (("oanh", day, tomorrow), ("het", FOUNDED, yesterday)):
        delegate(
            actor=cast.actor("hiep"), at=BEFORE, giver=cast.posts["hiep"], taker=cast.posts[login],
            role="deputy_director", unit=cast.units["skhcn"], since=since, until=until, document="7/GUQ-SKHCN",
        )  # fmt: skip
