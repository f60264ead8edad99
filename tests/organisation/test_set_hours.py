"""An agency's working time: its hours from a day on, and its own days."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.cast import AT, Cast
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid, Refused
from tram.organisation.commands.hours import Hours, set_hours, set_local_day
from tram.organisation.queries import calendar_of, hours_on
from tram.organisation.states import LocalKind
from tram.vietnamese.calendar import OFFICE_HOURS

MONDAY = date(2026, 11, 16)
WINTER = Hours(time(8), time(12), time(13, 30), time(17))


def test_hours_hold_from_their_day_on_and_the_usual_ones_before(cast: Cast) -> None:
    set_hours(actor=cast.quan, at=AT, agency=cast.skhcn, since=MONDAY, hours=WINTER)
    assert hours_on(cast.skhcn.pk, MONDAY - timedelta(days=3)) == list(OFFICE_HOURS)
    assert hours_on(cast.skhcn.pk, MONDAY + timedelta(days=4)) == [(time(8), time(12)), (time(13, 30), time(17))]
    assert hours_on(cast.stc.pk, MONDAY) == list(OFFICE_HOURS)


def test_one_weekday_may_have_hours_of_its_own(cast: Cast) -> None:
    set_hours(actor=cast.quan, at=AT, agency=cast.skhcn, since=MONDAY, hours=WINTER)
    late = Hours(time(8), time(12), time(13), time(19))
    set_hours(actor=cast.quan, at=AT, agency=cast.skhcn, since=MONDAY, hours=late, weekdays=[4])
    assert hours_on(cast.skhcn.pk, date(2026, 11, 19))[1] == (time(13), time(19))
    assert hours_on(cast.skhcn.pk, date(2026, 11, 20))[1] == (time(13, 30), time(17))


def test_hours_out_of_order_are_sent_back_with_an_example(cast: Cast) -> None:
    with pytest.raises(Invalid, match="13:30"):
        set_hours(actor=cast.quan, at=AT, agency=cast.skhcn, since=MONDAY, hours=WINTER._replace(closes=time(9)))
    with pytest.raises(Invalid, match="thứ hai"):
        set_hours(actor=cast.quan, at=AT, agency=cast.skhcn, since=MONDAY, hours=WINTER, weekdays=[8])


def test_an_agencys_own_day_goes_before_the_national_calendar(cast: Cast) -> None:
    day = date(2026, 11, 18)
    for kind, works in ((LocalKind.OFF, False), (LocalKind.WORKED, True), (LocalKind.MORNING, True)):
        set_local_day(actor=cast.quan, at=AT, agency=cast.skhcn, day=day, kind=kind, source="Thông báo 12/TB-UBND")
        assert calendar_of(cast.skhcn.pk).is_working(day) is works
    assert calendar_of(cast.skhcn.pk).sessions(day) == [OFFICE_HOURS[0]]
    assert calendar_of(cast.stc.pk).sessions(day) == list(OFFICE_HOURS)
    assert not calendar_of(cast.skhcn.pk).is_working(date(2026, 9, 2))


def test_a_deadline_steps_over_the_agencys_own_day_off(cast: Cast) -> None:
    tuesday = MONDAY + timedelta(days=1)
    set_local_day(
        actor=cast.quan, at=AT, agency=cast.skhcn, day=tuesday, kind=LocalKind.OFF, source="Thông báo 12/TB-UBND"
    )
    four = datetime(2026, 11, 16, 16, tzinfo=LOCAL)
    assert calendar_of(cast.skhcn.pk).add_hours(four, 2).date() == tuesday + timedelta(days=1)
    assert calendar_of(cast.stc.pk).add_hours(four, 2).date() == tuesday


def test_a_stranger_sets_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        set_hours(actor=cast.tuan, at=AT, agency=cast.skhcn, since=MONDAY, hours=WINTER)
    with pytest.raises(Refused):
        set_local_day(actor=cast.tuan, at=AT, agency=cast.skhcn, day=MONDAY, kind=LocalKind.OFF, source="TB")
    with pytest.raises(Invalid, match="văn bản quy định"):
        set_local_day(actor=cast.quan, at=AT, agency=cast.skhcn, day=MONDAY, kind=LocalKind.OFF, source="")
