"""Thirty-two clerks at one book, some of whom fail: no gap, no number twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random

import pytest
from django.db import connection

from tests.cast import AT, build
from tram.audit.commands import together
from tram.kernel.actors import Actor
from tram.organisation.commands.books import take_number
from tram.organisation.models import BookNumber, NumberBook

CLERKS, TURNS = 32, 12


class Broken(Exception):
    """The clerk's command fails after it took a number."""


def register(clerk: int, actor: Actor, agency: int) -> list[int]:
    """One clerk's papers, a third of which fail; the numbers that were kept."""
    chance = Random(clerk)
    kept: list[int] = []
    try:
        for turn in range(TURNS):
            with suppress(Broken), together():
                number = take_number(actor=actor, at=AT, agency=agency, code="incoming", about=f"x/{clerk}-{turn}")
                if chance.random() < 0.33:
                    raise Broken
                kept.append(number)
    finally:
        connection.close()
    return kept


@pytest.mark.django_db(transaction=True)
def test_thirty_two_clerks_leave_no_gap_and_no_number_twice() -> None:
    cast = build()
    agency, actor = cast.units["skhcn"].pk, cast.actor("hoa")
    with ThreadPoolExecutor(CLERKS) as pool:
        rows = list(pool.map(lambda clerk: register(clerk, actor, agency), range(CLERKS)))
    given = sorted(number for row in rows for number in row)
    assert 0 < len(given) < CLERKS * TURNS
    assert given == list(range(1, len(given) + 1))
    book = NumberBook.objects.get(agency=agency, code="incoming", year=2026)
    assert book.next_number == len(given) + 1
    assert sorted(BookNumber.objects.filter(book=book).values_list("number", flat=True)) == given
