"""Rights follow the seat on its dates: appointments, delegation, "A thay B"."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from tests.cast import AT, FOUNDED, Cast
from tram.kernel.actors import ANONYMOUS
from tram.kernel.verdicts import Invalid, Refused
from tram.organisation.commands.posts import (
    appoint,
    create_post,
    delegate,
    end_absence,
    end_appointment,
    end_delegation,
    end_post,
    grant_role,
    set_absence,
    withdraw_role,
)
from tram.organisation.models import Absence, Appointment, Delegation
from tram.organisation.queries import actor_of, seat, seats_with_role

TODAY = AT.date()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def away(cast: Cast) -> Absence:
    return set_absence(
        actor=cast.son, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"], since=TODAY, until=NEXT_WEEK,
        reason="Đi công tác Hà Nội",
    )  # fmt: skip


@pytest.fixture
def lent(cast: Cast) -> Delegation:
    return delegate(
        actor=cast.son, at=AT, giver=cast.posts["son"], taker=cast.posts["tam"], role="director", unit=cast.skhcn,
        since=TODAY, until=NEXT_WEEK, document="12/GUQ-SKHCN",
    )  # fmt: skip


def test_a_substitute_wears_the_absent_ones_hat_on_those_days_only(cast: Cast, away: Absence) -> None:
    own, lent = cast.actor("hung").hats
    assert (lent.post, lent.principal, lent.principal_name) == (
        cast.posts["son"].pk, cast.accounts["son"].pk, "Nguyễn Văn Sơn"
    )  # fmt: skip
    assert lent.holds("director", cast.skhcn.pk, TODAY) and not own.holds("director", cast.skhcn.pk, TODAY)
    assert cast.actor("hung").wearing(lent.post).acting == lent
    assert len(actor_of(cast.accounts["hung"].pk, NEXT_WEEK + timedelta(days=1)).hats) == 1


def test_the_hat_ends_when_the_absent_one_is_back(cast: Cast, away: Absence) -> None:
    end_absence(actor=cast.son, at=AT, absence=away, until=TODAY - timedelta(days=1))
    assert len(cast.actor("hung").hats) == 1


def test_who_somebody_is_costs_one_query_whatever_their_hats(
    cast: Cast, away: Absence, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The person, every hat and its grants in one."""
    for name, hats in (("lan", 1), ("hung", 2)):
        with django_assert_num_queries(1):
            assert len(cast.actor(name).hats) == hats


def test_a_lent_role_holds_for_its_time_and_cannot_be_lent_on(cast: Cast, lent: Delegation) -> None:
    assert cast.actor("tam").holds("director", cast.skhcn.pk, TODAY)
    assert not actor_of(cast.accounts["tam"].pk, NEXT_WEEK + timedelta(days=1)).leads(cast.skhcn.pk, NEXT_WEEK)
    with pytest.raises(Refused, match="không ủy quyền tiếp"):
        delegate(
            actor=cast.tam, at=AT, giver=cast.posts["tam"], taker=cast.posts["lan"], role="director", unit=cast.skhcn,
            since=TODAY, until=NEXT_WEEK, document="1/GUQ",
        )  # fmt: skip
    end_delegation(actor=cast.son, at=AT, delegation=lent, until=TODAY - timedelta(days=1))
    assert not cast.actor("tam").holds("director", cast.skhcn.pk, TODAY)


def test_a_substitute_lends_nothing_that_is_not_their_own(cast: Cast, away: Absence) -> None:
    with pytest.raises(Refused):
        delegate(
            actor=cast.actor("hung").wearing(cast.posts["son"].pk), at=AT, giver=cast.posts["son"],
            taker=cast.posts["lan"], role="director", unit=cast.skhcn, since=TODAY, until=NEXT_WEEK, document="1/GUQ",
        )  # fmt: skip


def test_absence_needs_a_colleague_of_the_same_house_and_right_days(cast: Cast) -> None:
    wrong = [(cast.posts["thu"], NEXT_WEEK, "cùng cơ quan"), (cast.posts["son"], NEXT_WEEK, "vị trí khác"),
             (cast.posts["hung"], FOUNDED, "Ngày trở lại")]  # fmt: skip
    for substitute, until, sentence in wrong:
        with pytest.raises(Invalid, match=sentence):
            set_absence(
                actor=cast.son,
                at=AT,
                post=cast.posts["son"],
                substitute=substitute,
                since=TODAY,
                until=until,
                reason="",
            )
    with pytest.raises(Refused, match="vắng mặt"):
        set_absence(
            actor=cast.tuan, at=AT, post=cast.posts["son"], substitute=cast.posts["hung"], since=TODAY,
            until=NEXT_WEEK, reason="",
        )  # fmt: skip


def test_a_seat_has_one_holder_a_day(cast: Cast) -> None:
    appoint(actor=cast.quan, at=AT, post=cast.posts["son"], account=cast.accounts["hung"], since=NEXT_WEEK)
    assert seat(cast.posts["son"].pk, TODAY).account == cast.accounts["son"].pk
    assert seat(cast.posts["son"].pk, NEXT_WEEK).account == cast.accounts["hung"].pk
    with pytest.raises(IntegrityError, match="one_holder_a_day"), transaction.atomic():
        Appointment.objects.create(post=cast.posts["son"], account=cast.accounts["lan"], since=TODAY)
    with pytest.raises(Invalid, match="Phạm Quốc Hùng"):
        appoint(actor=cast.quan, at=AT, post=cast.posts["son"], account=cast.accounts["lan"], since=TODAY)


def test_rights_end_with_the_seat(cast: Cast) -> None:
    yesterday = TODAY - timedelta(days=1)
    end_appointment(actor=cast.quan, at=AT, appointment=cast.accounts["lan"].appointments.get(), until=yesterday)
    end_post(actor=cast.quan, at=AT, post=cast.posts["nga"], until=yesterday)
    withdraw_role(actor=cast.quan, at=AT, grant=cast.posts["hoa"].grants.get(), until=yesterday)
    assert cast.actor("lan").hats == cast.actor("nga").hats == ()
    assert not cast.actor("hoa").holds("clerk", cast.skhcn.pk, TODAY)
    assert [seat.name for seat in seats_with_role("clerk", cast.skhcn.pk, date(2026, 1, 5))] == ["Trần Thị Hoa"]


def test_a_closed_or_unknown_account_is_the_visitor(cast: Cast) -> None:
    assert actor_of(0, TODAY) == ANONYMOUS


def test_a_stranger_fills_no_seat_and_grants_nothing(cast: Cast) -> None:
    post = cast.posts["lan"]
    with pytest.raises(Refused):
        create_post(actor=cast.tuan, at=AT, unit=cast.telecoms, title="Chuyên viên", since=TODAY)
    with pytest.raises(Refused):
        appoint(actor=cast.tuan, at=AT, post=post, account=cast.accounts["tuan"], since=NEXT_WEEK)
    with pytest.raises(Refused):
        grant_role(actor=cast.tuan, at=AT, post=post, role="director", unit=cast.skhcn, since=TODAY, cause="tự ý")
    with pytest.raises(Invalid, match="Không có quyền tên"):
        grant_role(actor=cast.quan, at=AT, post=post, role="king", unit=cast.skhcn, since=TODAY, cause="tự ý")
