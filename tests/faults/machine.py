"""The model machine: one office lived through real doors, and after every step the database held against the model.

A room adds its part by a class with `@rule`s (and `@invariant`s) over `House`, named in ROOMS. A rule asks the model
first: `self.must(status, expected)` compares what the door said with what the model says.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, ClassVar
from uuid import uuid4

from django.db import connection
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from tests.faults.checker import HALF_DONE
from tests.faults.model import Office, working_day
from tests.faults.model_things import Letter, No, Seat, Task
from tests.faults.theatre import FIRST_DAY, PEOPLE, Theatre
from tram.audit.queries import Break, verify
from tram.organisation.queries import calendar_of

SEATS = [
    ("hoa", "skhcn", {"clerk"}), ("son", "skhcn", {"director"}), ("hung", "skhcn", {"deputy_director"}),
    ("tam", "office", {"office_chief", "unit_head"}), ("dung", "telecoms", {"unit_head"}),
    ("lan", "telecoms", {"specialist"}), ("phuc", "it", {"unit_head"}), ("nga", "it", {"specialist"}),
]  # fmt: skip
UNITS = ("telecoms", "it", "office")
TASKS = """SELECT t.about, t.kind, t.unit_id, t.post_id, t.state, t.due_on, t.id FROM tasks_task t
    WHERE t.ended_at IS NULL ORDER BY t.id"""
LETTERS = "SELECT id, state, arrival_number, year, due_date, subject FROM documents_incoming ORDER BY id"
OPEN_TO = "SELECT document_id, key FROM documents_access"
NUMBERS = """SELECT b.year, n.number, n.state FROM organisation_booknumber n JOIN organisation_numberbook b
    ON b.id = n.book_id WHERE b.agency_id = %s AND b.code = 'incoming' ORDER BY 1, 2"""


class House(RuleBasedStateMachine):
    """What every room's rules stand on: the doors, the model, and how the two are held against each other."""

    theatre: ClassVar[Theatre]

    @initialize()
    def open_the_house(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(self.theatre.play())
        self.office = Office(FIRST_DAY, [Seat(login, unit, roles) for login, unit, roles in SEATS])
        self.letters: dict[int, Letter] = {}
        self.tasks: dict[int, int] = {}
        self.sent: list[tuple[str, str, Any, str, Any]] = []
        cast = self.theatre.cast
        self.unit_of = {unit.pk: key for key, unit in cast.units.items()}
        self.post_of = {post.pk: login for login, post in cast.posts.items()}
        self.people = [login for login in PEOPLE if login != "tuan"]

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    # for rules

    def key(self, letter: Letter) -> int:
        """The letter's key in the database."""
        return next(pk for pk, one in self.letters.items() if one is letter)

    def key_of(self, task: Task) -> int:
        """The task's key in the database."""
        return self.tasks[task.number]

    def pick(self, things: list[Any], place: int) -> Any:
        return things[place % len(things)]

    def post(self, login: str) -> int:
        return int(self.theatre.cast.posts[login].pk)

    def unit(self, key: str) -> int:
        return int(self.theatre.cast.units[key].pk)

    def expected(self, act: Callable[[], object], done: int = 200) -> int:
        """What the model says to an act, and the act done in the model unless it is refused."""
        try:
            act()
        except No as no:
            return no.status
        return done

    def do(self, login: str, path: str, told: Any, act: Callable[[], object]) -> Any:
        """An act through the API; the door must say what the model says. The answer when it was done."""
        key = str(uuid4())
        wanted = self.expected(act)
        status, answer = self.theatre.do(login, path, told, key)
        assert status == wanted, f"{login} {path} {told}: the door says {status} {answer}, the model {wanted}"
        if status == 200:
            self.sent.append((login, path, told, key, answer))
        return answer

    def days(self, count: int) -> str | None:
        """The day that many working days from today, by the model's arithmetic; none for 0."""
        return working_day(self.office.day, count).isoformat() if count else None

    # what must hold after every step

    @invariant()
    def the_letters_are_as_the_model_says(self) -> None:
        if not hasattr(self, "office"):
            return
        rows = {pk: row for pk, *row in self._rows(LETTERS)}
        assert set(rows) == set(self.letters), "a letter that nobody acknowledged, or one that is lost"
        for pk, letter in self.letters.items():
            told = [letter.state, letter.number, letter.year, letter.due, letter.mark]
            assert rows[pk] == told, f"letter {pk}: {rows[pk]}, the model says {told}"

    @invariant()
    def the_work_lies_where_the_model_says(self) -> None:
        """Every open task, with holder, state and day; and each new one gets to know its key."""
        if not hasattr(self, "office"):
            return
        rows = self._rows(TASKS)
        about = {f"documents.incoming/{pk}": letter for pk, letter in self.letters.items()}
        found: dict[str, list[tuple[Any, ...]]] = {}
        for ref, kind, unit, post, state, due, pk in rows:
            told = (kind, self.unit_of[unit], self.post_of.get(post, ""), state, due)
            found.setdefault(ref, []).append((*told, pk))
        for ref, letter in about.items():
            self._same_work(ref, letter.open(), found.pop(ref, []))
        for letter in self.letters.values():
            for task in letter.tasks:
                if task.wished:
                    ref = f"tasks.task/{self.tasks[task.number]}"
                    self._same_work(ref, [task.wished] if task.wished.is_open else [], found.pop(ref, []))
        assert not found, f"work that the model does not know: {found}"

    def _same_work(self, ref: str, wanted: list[Task], found: list[tuple[Any, ...]]) -> None:
        told = [(task.kind, task.unit, task.post, task.state, task.due) for task in wanted]
        assert [row[:-1] for row in found] == told, f"{ref}: {found}, the model says {told}"
        for task, row in zip(wanted, found, strict=True):
            assert self.tasks.setdefault(task.number, row[-1]) == row[-1], f"{ref}: another task in its place"

    @invariant()
    def letters_are_open_to_whom_the_model_says(self) -> None:
        if not hasattr(self, "office"):
            return
        found: dict[int, set[str]] = {pk: set() for pk in self.letters}
        for pk, key in self._rows(OPEN_TO):
            word, _, number = key.partition(".")
            name = self.post_of[int(number)] if word == "post" else self.unit_of[int(number)]
            found[pk].add(f"{word}.{name}")
        for pk, letter in self.letters.items():
            assert found[pk] == set(letter.keys), f"letter {pk} is open to {found[pk]}, the model says {letter.keys}"

    @invariant()
    def books_have_no_gap(self) -> None:
        if not hasattr(self, "office"):
            return
        told = [
            (year, place, state)
            for year, book in sorted(self.office.books.items())
            for place, state in enumerate(book.numbers, start=1)
        ]
        found = self._rows(NUMBERS, [self.unit("skhcn")])
        assert found == told, f"the books hold {found}, the model says {told}"

    @invariant()
    def nothing_is_half_done_and_the_chains_verify(self) -> None:
        if not hasattr(self, "office"):
            return
        for sentence, query in HALF_DONE.items():
            assert not (rows := self._rows(query)), f"{sentence}: {rows}"
        assert not [found for found in verify() if isinstance(found, Break)]

    @invariant()
    def working_days_are_the_models_own(self) -> None:
        if not hasattr(self, "office"):
            return
        calendar, day = calendar_of(self.unit("skhcn")), self.office.day
        assert [calendar.add(day, n) for n in (1, 3, 7)] == [working_day(day, n) for n in (1, 3, 7)]

    @staticmethod
    def _rows(query: str, values: list[Any] | None = None) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())


def house(*rooms: type) -> type[RuleBasedStateMachine]:
    """The machine with the rules of these rooms."""
    return type("Office", (*rooms, House), {})
