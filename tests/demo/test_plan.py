"""The plan of sixty days: every state occurs, nothing before its cause, nothing outside office hours."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tram.demo.days import after, before, is_office_hour, later, minutes_into, on_hour, on_weekdays
from tram.demo.people import staff
from tram.demo.plan import plan, timeline
from tram.demo.steps import Journey, Path, SecretStub, Step, Verb
from tram.kernel.clock import LOCAL

NOON = datetime(2026, 11, 23, 13, 20, tzinfo=LOCAL)
BEFORE = {
    Verb.PRESENT: Verb.REGISTER,
    Verb.DIRECT: Verb.PRESENT,
    Verb.INFORM: Verb.PRESENT,
    Verb.CONTRIBUTE: Verb.DIRECT,
    Verb.REGISTER: Verb.RECEIVE,
    Verb.MARK_DUPLICATE: Verb.RECEIVE,
    Verb.ASSIGN: Verb.DIRECT,
    Verb.START: Verb.ASSIGN,
    Verb.REPORT_PROGRESS: Verb.START,
    Verb.RETURN: Verb.DIRECT,
    Verb.ASK_EXTENSION: Verb.START,
    Verb.GRANT_EXTENSION: Verb.ASK_EXTENSION,
    Verb.REFUSE_EXTENSION: Verb.ASK_EXTENSION,
    Verb.SUBMIT: Verb.START,
    Verb.CONFIRM: Verb.SUBMIT,
    Verb.CANCEL: Verb.REGISTER,
    Verb.RETURN_TO_SENDER: Verb.RECEIVE,
}


@cache
def journeys() -> list[Journey]:
    return plan(NOON)


def only(path: Path) -> list[Journey]:
    return [journey for journey in journeys() if journey.path is path]


def step(journey: Journey, verb: Verb) -> Step:
    return next(step for step in reversed(journey.steps) if step.verb is verb)


def test_the_same_moment_gives_the_same_plan():
    assert plan(NOON) == journeys() != plan(NOON, seed=1)


def test_four_hundred_letters_end_in_all_states():
    found = Counter(journey.path for journey in journeys())
    assert set(found) == set(Path) and found.total() == 400
    assert found[Path.SECRET] == 3 and found[Path.ARRIVED] == 30
    assert 0.3 < found[Path.CLOSED_ON_TIME] / 400 < 0.5


def test_the_newest_letters_wait_on_the_clerks_desk():
    waiting = only(Path.ARRIVED)
    assert waiting == journeys()[-30:]
    assert all([one.verb for one in journey.steps] == [Verb.RECEIVE] for journey in waiting)


def test_letters_come_in_the_last_sixty_days_and_most_on_mondays():
    days = Counter(journey.arrived_at.date() for journey in journeys())
    assert min(days) >= NOON.date() - timedelta(days=60) and max(days) <= NOON.date()
    weekdays = Counter(journey.arrived_at.weekday() for journey in journeys())
    assert weekdays.most_common(1)[0][0] == 0


def test_nothing_happens_before_its_cause_or_after_now():
    for journey in journeys():
        moments = [journey.arrived_at, *(step.at for step in journey.steps)]
        assert moments == sorted(moments) and moments[-1] <= NOON
        if not isinstance(journey.letter, SecretStub):
            assert journey.letter.issued_on <= journey.arrived_at.date()
        done: set[Verb] = set()
        for one in journey.steps:
            assert one.verb not in BEFORE or BEFORE[one.verb] in done
            assert one.verb is not Verb.READ or done & {Verb.INFORM, Verb.DIRECT}
            done.add(one.verb)


def test_everything_happens_in_office_hours_by_somebody_with_an_account():
    logins = {person.login for person in staff()}
    for journey, one in timeline(journeys()):
        assert is_office_hour(one.at) and is_office_hour(journey.arrived_at)
        assert {one.who, one.args.get("to") if isinstance(one.args.get("to"), str) else one.who} <= logins


def test_only_the_person_to_whom_it_was_given_starts_and_hands_in():
    for journey in journeys():
        given = {one.args["to"] for one in journey.steps if one.verb is Verb.ASSIGN}
        assert {one.who for one in journey.steps if one.verb in {Verb.START, Verb.SUBMIT}} <= given


def test_on_time_late_and_overdue_are_what_they_say():
    for path, late in ((Path.CLOSED_ON_TIME, False), (Path.CLOSED_LATE, True)):
        for journey in only(path):
            handed_in = step(journey, Verb.SUBMIT).at.date()
            assert (handed_in > step(journey, Verb.DIRECT).args["due_on"]) is late
            assert journey.steps[-1].verb is Verb.CONFIRM
    assert all(step(journey, Verb.DIRECT).args["due_on"] < NOON.date() for journey in only(Path.OVERDUE))


@pytest.mark.parametrize(
    "path", [Path.DIRECTED, Path.ASSIGNED, Path.IN_PROGRESS, Path.PROGRESS_REPORTED, Path.RETURNED_ONCE, Path.SUBMITTED]
)
def test_what_is_open_is_not_yet_due(path):
    assert all(step(journey, Verb.DIRECT).args["due_on"] > NOON.date() for journey in only(path))


def test_a_duplicate_is_the_letter_of_an_earlier_journey_and_a_secret_has_no_subject():
    for journey in only(Path.DUPLICATE):
        first = journeys()[step(journey, Verb.MARK_DUPLICATE).args["of"] - 1]
        assert first.letter == journey.letter and step(first, Verb.REGISTER).at < journey.arrived_at
    assert all(isinstance(journey.letter, SecretStub) for journey in only(Path.SECRET))
    assert not hasattr(SecretStub, "subject")


@settings(max_examples=12, deadline=None)
@given(some.datetimes(datetime(2026, 1, 5), datetime(2027, 12, 31)), some.integers(20, 60))
def test_any_moment_has_a_plan(moment, letters):
    now = moment.replace(tzinfo=LOCAL)
    for journey in plan(now, letters):
        assert all(is_office_hour(one.at) and journey.arrived_at <= one.at <= now for one in journey.steps)


@given(some.dates(date(2026, 1, 1), date(2027, 12, 31)), some.integers(0, 449), some.integers(0, 3000))
def test_office_minutes_add_up(day, minute, more):
    start = on_hour(later(day, 1), minute)
    end = after(start, more)
    worked = sum(on_weekdays(start.date() + timedelta(days=turn)) for turn in range((end.date() - start.date()).days))
    assert is_office_hour(end)
    assert more == 0 or before(end, more) == start
    assert worked * 450 + minutes_into(end) - minutes_into(start) == more
