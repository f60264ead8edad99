"""Counting: whose visit it is, sums that are bounded and add up, days that become months."""

import threading
from datetime import date, datetime, timedelta
from ipaddress import ip_address

import pytest
from django.db import connection, transaction

from tests.cast import AT, Cast, build
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Refused
from tram.visits.commands import counting
from tram.visits.commands.counting import fold, note, write_all, write_down
from tram.visits.models import AgencyVisits, PageVisits
from tram.visits.queries import Sums, months_of, pages_of, visits_of
from tram.visits.rules import MOST_KEYS, Batch, Counter, Hurry, Seen, back, folds_before, seen_by

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
PEOPLE = [
    CHROME,
    CHROME.replace("Chrome/131", "coc_coc_browser/91.0.146 Chrome/85"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/671",
    "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/443.0;]",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0 Mobile Safari/537.36",
    "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; vi) Presto/2.12.423 Version/12.16",
]
ROBOTS = [
    "", "curl/8.5.0", "python-requests/2.32.3", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
]  # fmt: skip
SYSTEM = Actor.system()


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A process that has counted nothing yet."""
    fresh = Counter()
    monkeypatch.setattr(counting, "counter", fresh)
    monkeypatch.setattr(counting, "hurry", Hurry(60, 60))
    return fresh


def see(page: str, agency: int, at: datetime = AT, agent: str = CHROME, method: str = "GET", address: str = "203.0.113.7", **more: str) -> None:  # fmt: skip
    note(page=page, agency=agency, at=at, method=method, headers={"User-Agent": agent, **more}, address=address)


@pytest.mark.parametrize("agent", PEOPLE)
def test_what_people_of_vietnam_read_with_is_no_robot(agent: str) -> None:
    assert seen_by("GET", {"User-Agent": agent}) is Seen.PERSON


@pytest.mark.parametrize("agent", ROBOTS)
def test_a_robot_is_told_by_its_agent(agent: str) -> None:
    assert seen_by("GET", {"User-Agent": agent}) is Seen.ROBOT


def test_what_nobody_looks_at_is_not_counted() -> None:
    person = {"User-Agent": CHROME}
    assert seen_by("HEAD", person) is None and seen_by("POST", person) is None
    assert seen_by("GET", {**person, "Sec-Purpose": "prefetch"}) is None
    assert seen_by("GET", {**person, "Purpose": "prefetch"}) is None
    assert seen_by("GET", {**person, "Sec-Fetch-Dest": "image"}) is None
    assert seen_by("GET", {**person, "Sec-Fetch-Dest": "document"}) is Seen.PERSON


def test_robots_stand_apart_and_a_month_ends_at_midnight_in_vietnam(cast: Cast, counter: Counter) -> None:
    last = datetime(2026, 10, 31, 23, 59, 59, tzinfo=LOCAL)
    see("news.article/1", cast.skhcn.pk, last)
    see("news.article/1", cast.skhcn.pk, last + timedelta(seconds=1))
    see("news.article/1", cast.skhcn.pk, last, agent="curl/8.5.0")
    see("news.article/2", cast.skhcn.pk, last, method="HEAD")
    write_all(actor=SYSTEM, at=AT)
    assert months_of("news.article/1") == [(date(2026, 11, 1), Sums(1, 0)), (date(2026, 10, 1), Sums(1, 1))]
    assert visits_of(["news.article/1", "news.article/2"]) == {"news.article/1": Sums(2, 1)}
    assert not len(counter) and counter.batch() is None


def test_nothing_of_a_person_is_in_any_table(cast: Cast, counter: Counter) -> None:
    see("news.article/1", cast.skhcn.pk, address="198.51.100.23")
    write_all(actor=SYSTEM, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'visits_%'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")
            told = str(cursor.fetchall())
            assert "198.51.100" not in told and "Chrome" not in told, table
    assert len(tables) == 9


def test_networks_and_pages_without_end_fill_no_memory(cast: Cast) -> None:
    counter, hurry = Counter(), Hurry(60, 60)
    for number in range(200_000):
        hurry.is_too_much(str(number))
        if number % 4 == 0:
            counter.add(f"news.article/{number}", cast.skhcn.pk, AT.date(), Seen.PERSON)
    assert len(hurry) == MOST_KEYS and len(counter) == MOST_KEYS + 1
    batch = counter.batch()
    assert batch and sum(visits for visits, _ in batch.sums.values()) == 50_000, "the page is lost, not the visit"
    assert batch.sums["", cast.skhcn.pk, AT.date()][0] == 50_000 - MOST_KEYS


def test_one_network_in_a_hurry_raises_no_figure(cast: Cast, counter: Counter) -> None:
    for _ in range(100):
        see("news.article/1", cast.skhcn.pk)
    for number in range(100):
        see("news.article/1", cast.skhcn.pk, address=str(ip_address(0xCB007100 + number)))
    write_all(actor=SYSTEM, at=AT)
    assert visits_of(["news.article/1"]) == {"news.article/1": Sums(59 + 1 + 99, 41)}


def test_a_house_of_ipv6_is_one_network_and_its_minute_passes() -> None:
    now = [0.0]
    hurry = Hurry(2, 60, clock=lambda: now[0])
    told = [hurry.is_too_much(address) for address in ("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1")]
    assert told == [False, False, True, False]
    now[0] = 60.0
    assert not hurry.is_too_much("2001:db8::1")


def test_a_batch_that_is_sent_again_is_added_once(cast: Cast) -> None:
    batch = Batch({("news.article/1", cast.skhcn.pk, AT.date()): [3, 1], ("news.article/9", 0, AT.date()): [5, 0]})
    for _ in range(2):
        write_down(actor=SYSTEM, at=AT, batch=batch)
    assert visits_of(["news.article/1", "news.article/9"]) == {"news.article/1": Sums(3, 1)}
    with pytest.raises(Refused):
        write_down(actor=cast.son, at=AT, batch=batch)


def test_what_could_not_be_written_is_written_the_next_time(
    cast: Cast, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    see("news.article/1", cast.skhcn.pk)
    with monkeypatch.context() as away, pytest.raises(ZeroDivisionError):
        away.setattr(counting, "write_down", lambda **_: 1 / 0)
        write_all(actor=SYSTEM, at=AT)
    see("news.article/1", cast.skhcn.pk)
    write_all(actor=SYSTEM, at=AT)
    assert visits_of(["news.article/1"]) == {"news.article/1": Sums(2, 0)}


def test_days_become_months_and_no_sum_changes(cast: Cast, django_assert_num_queries: object) -> None:
    def add(day: date, visits: int) -> None:
        write_down(actor=SYSTEM, at=AT, batch=Batch({("news.article/1", cast.skhcn.pk, day): [visits, 1]}))

    old = [date(2026, 7, 1), date(2026, 7, 31), date(2026, 6, 30)]
    for number, day in enumerate([*old, date(2026, 8, 1), date(2026, 11, 15)], start=1):
        add(day, number)
    before = months_of("news.article/1")
    assert folds_before(AT.date()) == date(2026, 8, 1)
    folded = 0
    while fold(actor=SYSTEM, at=AT):
        folded += 1
    assert folded == 3 and months_of("news.article/1") == before
    assert PageVisits.objects.filter(is_month=True).count() == 2 and PageVisits.objects.count() == 4
    add(old[0], 100)
    assert fold(actor=SYSTEM, at=AT) and not fold(actor=SYSTEM, at=AT)
    assert dict(months_of("news.article/1"))[date(2026, 7, 1)] == Sums(103, 3)
    assert AgencyVisits.objects.filter(agency=cast.skhcn).count() == 5, "days of agencies stay days"
    assert back(date(2026, 1, 31), 1) == date(2025, 12, 1) and back(date(2026, 2, 1), 14) == date(2024, 12, 1)


def test_pages_of_a_month_come_most_read_first_by_pages(cast: Cast) -> None:
    sums = {(f"news.article/{number}", cast.skhcn.pk, AT.date()): [number // 2, 0] for number in range(1, 8)}
    write_down(actor=SYSTEM, at=AT, batch=Batch(sums))
    seen, after = list[int](), None
    while True:
        rows, after = pages_of(cast.skhcn.pk, date(2026, 11, 1), after, limit=3)
        seen += [int(row.page.partition("/")[2]) for row in rows]
        if after is None:
            break
    assert seen == [6, 7, 4, 5, 2, 3, 1]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_write_the_same_pages_at_once_add_up() -> None:
    """They would wait for each other in a circle if they took the rows in different orders."""
    agency = build().units["skhcn"].pk
    days = [date(2026, 11, day) for day in range(1, 11)]
    keys = [(f"news.article/{number}", agency, day) for number in range(30) for day in days]
    faults: list[BaseException] = []

    def write(turned: bool) -> None:
        try:
            for _ in range(8):
                write_down(actor=SYSTEM, at=AT, batch=Batch({key: [2, 1] for key in (keys[::-1] if turned else keys)}))
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(bool(turn % 2),)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with transaction.atomic():
        sums = visits_of([page for page, _, _ in keys])
    assert set(sums.values()) == {Sums(4 * 8 * 10 * 2, 4 * 8 * 10)}
    assert {row.visits for row in AgencyVisits.objects.all()} == {4 * 8 * 30 * 2}
