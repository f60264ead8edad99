"""Before somebody presents a letter: who comes next, and by when its signer will have decided, from real past times."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.outgoing.office import Office
from tram.kernel import clock
from tram.outgoing.commands.check import send_back, take_back
from tram.outgoing.commands.present import approve, present
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.pace import Pace, paces
from tram.outgoing.queries.signers import signers

FRIDAY = AT.replace(day=20, hour=16, minute=30)


def shown(office: Office, day: int) -> tuple[Outgoing, datetime]:
    """A letter before Sơn at eight in the morning."""
    letter, at = office.checked(office.draft()), AT.replace(day=day, hour=8)
    present(actor=office.who("lan", at), at=at, document=letter, seen=letter.version)
    return letter, at


def decided(office: Office, day: int, hours: int) -> None:
    """One that he approved, or with hours that are even returned, so many hours later."""
    letter, at = shown(office, day)
    at += timedelta(hours=hours)
    by = {"actor": office.who("son", at), "at": at, "document": letter}
    _ = approve(**by, seen=letter.version) if hours % 2 else send_back(**by, reason="Nêu số")


def pace(office: Office, letter: Outgoing) -> Pace | None:
    found = signers(letter, FRIDAY.date())
    return paces(letter, found, FRIDAY).get(found[0].post)


def test_the_median_of_what_the_signer_needed_counts_in_working_hours(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = office.checked(office.draft(due_date=FRIDAY.date()))
    for day, hours in ((17, 1), (18, 2)):
        decided(office, day, hours)
    taken, at = shown(office, 19)
    take_back(actor=office.who("lan", at), at=at, document=taken, reason="Nhầm")
    assert pace(office, letter) is None, "two decisions tell nothing, and what was taken back is none"
    decided(office, 19, 3)
    found = pace(office, letter)
    assert found and (found.hours, found.times, found.is_late) == (2.0, 3, True)
    assert found.by == AT.replace(day=23, hour=8, minute=30), "an hour on Friday, and half of Monday's first"
    words = "thường quyết định sau 2 giờ làm việc (trung vị 3 lần gần nhất), dự kiến 08:30 ngày 23/11/2026, muộn hơn hạn trả lời"
    assert found.words == words
    monkeypatch.setattr(clock, "now", lambda: FRIDAY)
    lan = office.cast.signed_in(Client(), "lan")
    page = lan.get(letter.url).content.decode()
    road = page.partition("Đường trình")[2].partition("</section>")[0]
    assert f"Nguyễn Văn Sơn, Giám đốc ký: {words}" in road and road.count("<li>") == 1, "both initials are there"
    asked = lan.get(f"{letter.url}/trinh-ky").content.decode()
    assert words in asked and asked.count("trung vị") == 1, "of the deputies nobody knows yet"
    own = lan.get(office.draft().url).content.decode()
    assert "Dũng, Trưởng phòng ký tắt nội dung" in own and "ký tắt thể thức" in own
    with CaptureQueriesContext(connection) as queries:
        paces(letter, signers(letter, FRIDAY.date()), FRIDAY)
    assert len(queries) <= 12
