"""An office in a hurry: eight people at the same letters for five seconds. Nobody waits for ever, nothing is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction

from tests.cast import AT, Cast, build
from tests.documents.test_settle import SLIP
from tram.audit.queries import Break, verify
from tram.documents.commands.arrive import receive
from tram.documents.commands.direct import Target, direct, recall_direction
from tram.documents.commands.register import register, register_many
from tram.documents.models import Access, Direction, Incoming
from tram.documents.states import BEFORE_THE_BOOK
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.models import BookNumber, NumberBook
from tram.tasks.commands.due import answer_extension, ask_extension
from tram.tasks.commands.give import claim, hand, recall
from tram.tasks.commands.judge import close_unfinished, confirm
from tram.tasks.commands.work import accept, give_back, submit
from tram.tasks.models import Extension, Holding, Task

THREADS, SECONDS, LETTERS = 8, 5, 12
UNITS = ("telecoms", "it", "office")
LATER = AT.date() + timedelta(days=9)


class Person:
    """Somebody who does the next thing that comes to hand, among papers that everybody else has in hand too."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.dice, self.seed, self.done = cast, Random(seed), seed, 0
        self.actors = {login: cast.actor(login) for login in cast.accounts}

    def work(self, until: float) -> int:
        acts = (self.register, self.batch, self.direct, self.direct, self.recall, self.task, self.task, self.task)
        try:
            while time.monotonic() < until:
                try:
                    with transaction.atomic():
                        self.dice.choice(acts)()
                    self.done += 1
                except (Refused, WrongState, Invalid):
                    continue
        finally:
            connection.close()
        return self.done

    def register(self) -> None:
        waiting = self.some(Incoming.objects.filter(state__in=BEFORE_THE_BOOK))
        if waiting is None or self.dice.random() < 0.3:
            receive(actor=self.actors["hoa"], at=AT, agency=self.cast.units["skhcn"], files=[])
        else:
            present_to = self.cast.posts[self.dice.choice(("son", "hung"))]
            by = {"actor": self.actors["hoa"], "at": AT, "agency": self.cast.units["skhcn"]}
            register(slip=self.slip(), document=waiting, present_to=present_to, **by)

    def batch(self) -> None:
        papers = [self.some(Incoming.objects.filter(state__in=BEFORE_THE_BOOK)) for _ in range(3)]
        entries = [(paper, self.slip(), self.cast.posts["son"]) for paper in dict.fromkeys(papers) if paper]
        register_many(actor=self.actors["hoa"], at=AT, agency=self.cast.units["skhcn"], entries=entries)

    def slip(self) -> object:
        return replace(SLIP, code_number=str(self.dice.randrange(10**9)))

    def direct(self) -> None:
        letter = self.some(Incoming.objects.filter(ended_at=None, arrival_number__isnull=False))
        lead, helper = self.dice.sample(UNITS, 2)
        if letter:
            direct(
                actor=self.actors[self.dice.choice(("son", "hung"))], at=AT, document=letter, due_date=AT.date(),
                lead=Target(self.cast.units[lead]), coordinating=[Target(self.cast.units[helper])],
            )  # fmt: skip

    def recall(self) -> None:
        given = self.some(Direction.objects.filter(recalled_at=None).select_related("document"))
        if given:
            recall_direction(actor=self.actors["son"], at=AT, direction=given, reason="Giao lại")

    def task(self) -> None:
        task = self.some(Task.objects.filter(ended_at=None))
        if task is None:
            return
        who, by = self.actors[self.dice.choice(list(self.actors))], {"at": AT, "task": task}
        head = self.actors[{"telecoms": "dung", "it": "phuc", "office": "tam"}[self.dice.choice(UNITS)]]
        self.dice.choice(
            (
                lambda: claim(actor=who, **by),
                lambda: hand(actor=head, to=self.cast.posts[self.dice.choice(("lan", "nga", "tam"))], **by),
                lambda: accept(actor=who, **by),
                lambda: submit(actor=who, result="Đã trả lời bằng công văn 153/SKHCN-BCVT", **by),
                lambda: confirm(actor=self.actors["son"], **by),
                lambda: give_back(actor=head, reason="Không thuộc phòng tôi", **by),
                lambda: recall(actor=self.actors["hung"], reason="Nhầm", **by),
                lambda: close_unfinished(actor=self.actors["son"], reason="Dừng", **by),
                lambda: ask_extension(actor=who, wanted_on=LATER, reason="Chờ số liệu", **by),
                lambda: self.answer(),
            )
        )()

    def answer(self) -> None:
        wish = self.some(Extension.objects.filter(state="waiting"))
        if wish:
            answer_extension(actor=self.actors["son"], at=AT, extension=wish, granted=True, answer="")

    def some(self, rows):  # type: ignore[no-untyped-def]
        found = list(rows.order_by("-pk")[:LETTERS])
        return self.dice.choice(found) if found else None


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_letters_leave_everything_in_order() -> None:
    cast = build()
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(THREADS + 1) as pool:
        people = [pool.submit(Person(cast, seed).work, until) for seed in range(THREADS)]
        watch = pool.submit(watched, until)
        done = sum(person.result() for person in people)
        assert watch.result() == []
    assert done > 20
    in_order(cast)


def watched(until: float) -> list[Break]:
    """The chains walked again and again while they grow."""
    try:
        broken: list[Break] = []
        while time.monotonic() < until:
            broken += [found for found in verify() if isinstance(found, Break)]
        return broken
    finally:
        connection.close()


def in_order(cast: Cast) -> None:
    """Numbers without gap; every chain sound; one lead or an end; each open task with one holder who can read."""
    agency = cast.units["skhcn"].pk
    numbers = sorted(Incoming.objects.exclude(arrival_number=None).values_list("arrival_number", flat=True))
    book = NumberBook.objects.get(agency=agency, code="incoming", year=2026)
    assert numbers == list(range(1, book.next_number)) and BookNumber.objects.count() == len(numbers)
    assert not [found for found in verify() if isinstance(found, Break)]
    for letter in Incoming.objects.exclude(arrival_number=None):
        kinds = list(Task.objects.filter(about=letter.ref, ended_at=None).values_list("kind", flat=True))
        assert (kinds.count("handle") == 1) == (letter.state in ("directed", "assigned", "in_progress")), letter.state
        assert ("direct" in kinds) == (letter.state == "presented"), (letter.state, kinds)
        assert letter.ended_at is None or not {*kinds} - {"inform"}
    for task in Task.objects.filter(ended_at=None):
        assert Holding.objects.filter(task=task, until_at=None).count() == 1
        key = f"post.{task.post_id}" if task.post_id else f"unit.{task.unit_id}"
        letter = task.about.partition("/")[2]
        if task.about.startswith("documents"):
            assert Access.objects.filter(document=letter, key=key).exists(), (task.kind, key)
        else:
            assert Extension.objects.get(request=task).state == "waiting"
