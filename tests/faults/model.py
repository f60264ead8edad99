"""The model: what an office must look like after each act, in plain Python and without a line of the product.

Places and people bear the cast's short names ("telecoms", "lan"). An act that must be refused raises No with the
status that the door answers; all others change the model as the house must change.
"""

from datetime import date, timedelta

from tests.faults.model_things import Book, Direction, Letter, No, Seat, Task

AGENCY = "skhcn"
LEADERS = {"director", "deputy_director"}
SEES_ALL = {*LEADERS, "clerk", "office_chief"}
OFF = {date(2027, 1, 1)}
RUNNING = {"registered", "presented", "directed", "assigned", "in_progress"}
SETTLING = {"directed", "assigned", "in_progress"}


def working_day(start: date, days: int) -> date:
    """The day that many working days later: Monday to Friday, New Year off."""
    while days:
        start += timedelta(days=1)
        days -= start.weekday() < 5 and start not in OFF
    return start


class Office:
    """The whole agency on its day."""

    def __init__(self, day: date, seats: list[Seat]) -> None:
        self.day = day
        self.seats = {seat.login: seat for seat in seats}
        self.letters: list[Letter] = []
        self.books = {day.year: Book()}
        self.abolished: dict[str, date] = {}
        self.lent: list[tuple[str, str, date, date]] = []
        self._count = 0

    # who may what

    def sits(self, login: str) -> bool:
        """Whether a person has a seat today; people of other agencies have theirs elsewhere."""
        seat = self.seats.get(login)
        return seat is None or seat.until is None or self.day <= seat.until

    def roles(self, login: str) -> set[str]:
        if login not in self.seats:
            return set()
        lent = {role for taker, role, since, until in self.lent if taker == login and since <= self.day <= until}
        return self.seats[login].roles | lent

    def leads(self, login: str) -> bool:
        return bool(self.roles(login) & LEADERS)

    def heads(self, login: str, unit: str) -> bool:
        return "unit_head" in self.roles(login) and self.seats[login].unit == unit

    def sees(self, login: str, letter: Letter) -> bool:
        """Whether a person may read the letter today."""
        if login not in self.seats or not self.sits(login):
            return False
        unit = self.seats[login].unit
        keys = {f"post.{login}", f"unit.{unit}"} | ({f"unit_head.{unit}"} if self.heads(login, unit) else set())
        return bool(self.roles(login) & SEES_ALL or keys & set(letter.keys))

    def sees_task(self, login: str, task: Task) -> bool:
        if login not in self.seats or not self.sits(login):
            return False
        seat = self.seats[login]
        own = login in (task.post, task.giver, task.handed_by) or (not task.post and seat.unit == task.unit)
        above = bool(self.roles(login) & (LEADERS | {"office_chief"})) or self.heads(login, task.unit)
        return own or above or (task.state == "submitted" and login == task.judge)

    def holds(self, login: str, task: Task) -> bool:
        if task.post or login not in self.seats:
            return task.post == login
        return self.seats[login].unit == task.unit

    def _at_task(self, login: str, task: Task, may: bool) -> None:
        if not self.sits(login):
            raise No(401)
        if not self.sees_task(login, task):
            raise No(404)
        if not may:
            raise No(403)

    def _at_letter(self, login: str, letter: Letter, may: bool) -> None:
        if not self.sits(login):
            raise No(401)
        if not self.sees(login, letter):
            raise No(404)
        if not may:
            raise No(403)

    def abolish(self, unit: str) -> None:
        """A unit ends with today, and its seats with it."""
        self.abolished[unit] = self.day
        for seat in self.seats.values():
            if seat.unit == unit:
                seat.ended = self.day
                seat.until = min(seat.until or self.day, self.day)

    # letters

    def give(self, letter: Letter, kind: str, unit: str, post: str, due: date | None, giver: str) -> Task:
        self._count += 1
        task = Task(self._count, kind, unit, post, due, giver)
        letter.tasks.append(task)
        letter.open_to(f"post.{post}" if post else f"unit.{unit}", task)
        if post and unit != AGENCY:
            letter.open_to(f"unit_head.{unit}", task)
        return task

    def register(self, mark: str, leader: str, due: date | None) -> Letter:
        book = self.books.get(self.day.year)
        if book is None:
            raise No(422)
        letter = Letter(book.take("used"), self.day.year, mark, "presented" if leader else "registered", due)
        if leader:
            self.give(letter, "direct", AGENCY, leader, due, "hoa")
        self.letters.append(letter)
        return letter

    def present(self, by: str, letter: Letter, to: str) -> None:
        self._at_letter(by, letter, bool(self.roles(by) & {"clerk", "office_chief"}))
        if any(task.post == to for task in letter.open("direct")):
            raise No(422)
        if letter.state not in ("registered", "presented"):
            raise No(409)
        for task in letter.open("review"):
            task.state = "completed" if task.post == by else "recalled"
        letter.state = "presented"
        self.give(letter, "direct", AGENCY, to, letter.due, by)

    def direct(
        self, by: str, letter: Letter, lead: str, helpers: list[str], informed: list[str], due: date | None
    ) -> None:
        self._at_letter(by, letter, self.leads(by))
        running = letter.lead()
        gone = any(self.abolished.get(unit, self.day) < self.day for unit in [lead, *helpers] if unit)
        gone = gone or any((self.seats[login].ended or self.day) < self.day for login in informed)
        if not (lead or helpers or informed) or (lead and running) or (helpers and not (lead or running)):
            raise No(422)
        if gone or len({lead, *helpers}) < 1 + len(helpers) or (due and due < self.day):
            raise No(422)
        if not running:
            if letter.state not in (RUNNING if lead else {"registered", "presented"}):
                raise No(409)
            letter.state = "directed" if lead else "for_information"
            letter.due = due or letter.due
        day = due or letter.due
        tasks = [self.give(letter, "handle", lead, "", day, by)] if lead else []
        tasks += [self.give(letter, "coordinate", unit, "", day, by) for unit in helpers]
        tasks += [self.give(letter, "inform", self.seats[login].unit, login, None, by) for login in informed]
        for task in letter.open("direct", "review"):
            task.state = "completed" if task.post == by else "recalled"
        letter.directions.append(Direction(by, tasks))

    def recall(self, by: str, letter: Letter, direction: Direction, reason: str) -> None:
        self._at_letter(by, letter, by == direction.by or "director" in self.roles(by))
        if direction.is_recalled:
            return
        if letter.state not in {*SETTLING, "for_information", "presented", "registered"}:
            raise No(409)
        if any(task.was_read for task in direction.tasks) and not reason:
            raise No(422)
        direction.is_recalled = True
        taken = [task for task in direction.tasks if task.is_open]
        for task in taken:
            self.end(letter, task, "recalled")
        letter.close_to(taken)
        if letter.state in {*SETTLING, "for_information"} and letter.lead() is None:
            letter.state = "presented"
            self.give(letter, "direct", AGENCY, direction.by, letter.due, "")

    def close(self, by: str, letter: Letter) -> None:
        self._at_letter(by, letter, bool(self.roles(by) & SEES_ALL))
        if letter.lead() or (letter.open("direct") and not self.leads(by)):
            raise No(409)
        self.settle(letter)

    def settle(self, letter: Letter) -> None:
        if letter.state not in {*RUNNING, "for_information"}:
            raise No(409)
        letter.state = "closed"
        for task in letter.open():
            if task.kind != "inform":
                self.end(letter, task, "recalled")

    # work

    def end(self, letter: Letter, task: Task, state: str) -> None:
        """The task is over, and a wish about it with it."""
        task.state = state
        if task.wished and task.wished.is_open:
            task.wished.state = "recalled"

    def _passed_on(self, letter: Letter, task: Task) -> None:
        letter.open_to(f"post.{task.post}" if task.post else f"unit.{task.unit}", task)
        unit, post, was_read = task.laid[-2]
        if not was_read:
            letter.close_to([task], only=f"post.{post}" if post else f"unit.{unit}")
        if task.kind == "handle" and letter.state in ("directed", "assigned"):
            letter.state = "assigned"

    def _begun(self, letter: Letter, task: Task) -> None:
        if task.kind == "handle" and letter.state in ("directed", "assigned"):
            letter.state = "in_progress"

    def hand(self, by: str, letter: Letter, task: Task, to: str, due: date | None) -> None:
        inside = self.heads(by, task.unit) and self.seats[to].unit == task.unit
        self._at_task(by, task, inside or self.leads(by))
        task.running()
        if (self.seats[to].ended or self.day) < self.day:
            raise No(422)
        if to == task.post:
            raise No(409)
        if due and task.given_due and due > task.given_due:
            raise No(422)
        if self.holds(by, task):
            task.read()
        task.due = due or task.due
        task.handed_by = by
        task.put(self.seats[to].unit, to)
        self._passed_on(letter, task)

    def claim(self, by: str, letter: Letter, task: Task) -> None:
        self._at_task(by, task, not task.post and self.holds(by, task))
        self._accept(task)
        task.put(task.unit, by)
        task.read()
        self._passed_on(letter, task)
        self._begun(letter, task)

    @staticmethod
    def _accept(task: Task) -> None:
        if task.kind == "inform" or task.state not in ("assigned", "in_progress"):
            raise No(409)
        task.state = "in_progress"

    def accept(self, by: str, letter: Letter, task: Task) -> None:
        self._at_task(by, task, self.holds(by, task))
        self._accept(task)
        task.read()
        self._begun(letter, task)

    def report(self, by: str, letter: Letter, task: Task) -> None:
        self._at_task(by, task, self.holds(by, task))
        if task.kind != "handle" or task.state not in ("assigned", "in_progress"):
            raise No(409)
        task.state = "in_progress"
        task.read()
        self._begun(letter, task)

    def submit(self, by: str, letter: Letter, task: Task) -> None:
        self._at_task(by, task, self.holds(by, task))
        if task.kind != "handle" or task.state not in ("assigned", "in_progress"):
            raise No(409)
        task.state = "submitted"
        task.read()

    def confirm(self, by: str, letter: Letter, task: Task) -> None:
        turn = task.state == "submitted" and by == task.judge
        self._at_task(by, task, turn or self.leads(by))
        if task.kind != "handle" or task.state != "submitted":
            raise No(409)
        self.end(letter, task, "completed")
        if letter.state in RUNNING:
            self.settle(letter)

    def give_back(self, by: str, letter: Letter, task: Task) -> None:
        may = task.post == by if task.post else self.heads(by, task.unit) or self.leads(by)
        self._at_task(by, task, may)
        if task.kind == "inform" or task.state not in ("assigned", "in_progress"):
            raise No(409)
        task.read()
        self.end(letter, task, "returned")
        if task.kind == "handle" and letter.state in RUNNING:
            letter.state = "presented"
            self.give(letter, "direct", AGENCY, task.giver, letter.due, "")

    def transfer(self, by: str, letter: Letter, task: Task, to: str) -> None:
        may = self.heads(by, task.unit) or self.leads(by) or "office_chief" in self.roles(by)
        self._at_task(by, task, may and to not in self.abolished)
        task.running()
        if self.holds(by, task):
            task.read()
        task.put(to, "")
        task.handed_by = ""
        self._passed_on(letter, task)

    def wish(self, by: str, letter: Letter, task: Task, until: date) -> None:
        self._at_task(by, task, self.holds(by, task))
        task.running()
        if task.due is None or until <= max(task.due, self.day) or (task.wished and task.wished.is_open):
            raise No(422)
        within = task.handed_by and task.given_due and until <= task.given_due
        asked = [task.handed_by, task.giver] if within else [task.giver, task.handed_by]
        judge = next((post for post in asked if post and post != task.post and self.sits(post)), "")
        if not judge:
            raise No(422)
        self._count += 1
        task.wished = Task(self._count, "approve", self.seats[judge].unit, judge, max(task.due, self.day), "")
        task.wish_until = until

    def grant(self, by: str, letter: Letter, task: Task) -> None:
        assert task.wished and task.wish_until
        self._at_task(by, task.wished, by == task.wished.post or self.leads(by))
        if not task.wished.is_open:
            raise No(409)
        task.wished.state = "completed"
        if task.is_open:
            if task.given_due and task.wish_until > task.given_due:
                task.given_due = task.wish_until
            task.due = task.wish_until
