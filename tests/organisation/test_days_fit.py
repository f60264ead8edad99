"""Days that cannot be are told so in a sentence; ended seats carry nothing any more; rights stay in their agency."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import AT, FOUNDED, Cast
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.organisation.commands.posts import appoint, delegate, end_appointment, end_post, grant_role, withdraw_role
from tram.organisation.commands.units import abolish_unit
from tram.organisation.models import Appointment

DAY = AT.date()
BY: dict[str, Any] = {"actor": Actor.system(), "at": AT}
BEFORE = FOUNDED - timedelta(days=1)


def seat(cast: Cast, login: str) -> Appointment:
    return Appointment.objects.get(post=cast.posts[login])


IMPOSSIBLE: dict[str, Callable[[Cast], object]] = {
    "left before they came": lambda cast: end_appointment(appointment=seat(cast, "lan"), until=BEFORE, **BY),
    "a seat that ended before it was": lambda cast: end_post(post=cast.posts["lan"], until=BEFORE, **BY),
    "a unit that ended before it was": lambda cast: abolish_unit(
        unit=cast.units["it"], on=BEFORE, decision="QĐ", reason="Sắp xếp lại", successors=[], **BY
    ),
}


@pytest.mark.parametrize("act", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_end_before_the_beginning_is_told(cast: Cast, act: Callable[[Cast], object]) -> None:
    with pytest.raises(Invalid, match="01/07/2025"):
        act(cast)


LONGER: dict[str, Callable[[Cast, date], object]] = {
    "a seat": lambda cast, day: end_post(post=cast.posts["lan"], until=day, **BY),
    "who sits there": lambda cast, day: end_appointment(appointment=seat(cast, "lan"), until=day, **BY),
    "a role": lambda cast, day: withdraw_role(grant=cast.posts["hoa"].grants.get(), until=day, **BY),
}


@pytest.mark.parametrize("end", LONGER.values(), ids=LONGER)
def test_ending_lengthens_nothing(cast: Cast, end: Callable[[Cast, date], object]) -> None:
    end(cast, DAY)
    end(cast, DAY - timedelta(days=1))
    with pytest.raises(Invalid, match="hết ngày"):
        end(cast, DAY)


def test_a_seat_taken_until_a_day_is_not_given_twice(cast: Cast) -> None:
    end_appointment(appointment=seat(cast, "lan"), until=DAY + timedelta(days=9), **BY)
    with pytest.raises(Invalid, match="Hoàng Thị Lan giữ vị trí này"):
        appoint(post=cast.posts["lan"], account=cast.accounts["nga"], since=DAY, **BY)


def test_an_ended_seat_carries_nothing_also_what_was_given_for_longer(cast: Cast) -> None:
    end_appointment(appointment=seat(cast, "lan"), until=DAY + timedelta(days=99), **BY)
    end_post(post=cast.posts["lan"], until=DAY - timedelta(days=1), **BY)
    assert cast.actor("lan").hats == ()
    with pytest.raises(Invalid, match="đã kết thúc"):
        appoint(post=cast.posts["lan"], account=cast.accounts["nga"], since=DAY, **BY)


def test_an_administrator_gives_no_role_to_a_seat_of_another_agency(cast: Cast) -> None:
    words: dict[str, Any] = {"role": "clerk", "unit": cast.skhcn, "since": DAY, "cause": "kiêm nhiệm", "at": AT}
    with pytest.raises(Invalid, match="quản trị tỉnh"):
        grant_role(actor=cast.actor("quan"), post=cast.posts["tuan"], **words)
    grant_role(actor=cast.actor("tinh"), post=cast.posts["tuan"], **words)


def test_a_role_is_lent_within_the_agency(cast: Cast) -> None:
    with pytest.raises(Invalid, match="cùng cơ quan"):
        delegate(
            actor=cast.actor("son"), at=AT, giver=cast.posts["son"], taker=cast.posts["thu"], role="director",
            unit=cast.units["skhcn"], since=DAY, until=DAY, document="12/GUQ",
        )  # fmt: skip
