"""Rules of letters: register, present, direct, recall, close; books over the year; and who may look at what."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.faults.machine import UNITS, House
from tests.faults.model_things import Book, Letter
from tests.faults.theatre import PEOPLE
from tests.faults.workload import mark

PLACE = st.integers(0, 10**6)
LEADER = st.sampled_from(("son", "hung"))
SOON = st.integers(0, 12)
ANYBODY = st.sampled_from(PEOPLE)


def any_letter(self: Any) -> bool:
    return bool(self.letters)


class Letters(House):
    """A letter's way through the agency."""

    def some(self, place: int) -> Letter:
        letter: Letter = self.pick(list(self.letters.values()), place)
        return letter

    @rule(leader=st.sampled_from(("son", "hung", "")), soon=SOON)
    def register(self, leader: str, soon: int) -> None:
        word, due = mark(), self.days(soon)
        slip = {
            "organ_name": "Sở Tài chính", "code_number": str(len(self.sent) + 1), "code_notation": "STC-QLNS",
            "issued_date": (self.office.day - timedelta(days=2)).isoformat(), "subject": word, "due_date": due,
        }  # fmt: skip
        told = {"slip": slip, "present_to": self.post(leader) if leader else None}
        made: list[Letter] = []
        day = self.office.day if not due else type(self.office.day).fromisoformat(due)
        act = lambda: made.append(self.office.register(word, leader, day if due else None))  # noqa: E731
        answer = self.do("hoa", "/api/documents", told, act)
        if made:
            self.letters[answer["document"]["id"]] = made[0]

    @precondition(any_letter)
    @rule(place=PLACE, to=LEADER, by=st.sampled_from(("hoa", "hoa", "tam", "lan", "tuan")))
    def present(self, place: int, to: str, by: str) -> None:
        letter = self.some(place)
        path = f"/api/documents/{self.key(letter)}/present"
        self.do(by, path, {"to": self.post(to)}, lambda: self.office.present(by, letter, to))

    @precondition(any_letter)
    @rule(
        place=PLACE, by=st.sampled_from(("son", "son", "hung", "tam", "lan", "tuan")),
        lead=st.sampled_from((*UNITS, *UNITS, "")), helpers=st.lists(st.sampled_from(UNITS), max_size=2, unique=True),
        informed=st.lists(st.sampled_from(("lan", "nga", "phuc")), max_size=1), soon=SOON,
    )  # fmt: skip
    def direct(self, place: int, by: str, lead: str, helpers: list[str], informed: list[str], soon: int) -> None:
        letter, due = self.some(place), self.days(soon)
        told = {
            "lead": {"unit": self.unit(lead)} if lead else None,
            "coordinating": [{"unit": self.unit(unit)} for unit in helpers],
            "informed": [{"post": self.post(login)} for login in informed], "note": mark(), "due_date": due,
        }  # fmt: skip
        day = type(self.office.day).fromisoformat(due) if due else None
        act = lambda: self.office.direct(by, letter, lead, helpers, informed, day)  # noqa: E731
        self.do(by, f"/api/documents/{self.key(letter)}/direct", told, act)

    @precondition(lambda self: any(letter.directions for letter in self.letters.values()))
    @rule(
        place=PLACE,
        which=PLACE,
        by=st.sampled_from(("son", "son", "hung", "lan")),
        reason=st.sampled_from(("", "Nhầm")),
    )
    def recall(self, place: int, which: int, by: str, reason: str) -> None:
        """Before anybody read it no reason is asked; after that it is."""
        letter = self.pick([letter for letter in self.letters.values() if letter.directions], place)
        number = which % len(letter.directions)
        pk = self.key(letter)
        found = self._rows("SELECT id FROM documents_direction WHERE document_id = %s ORDER BY id", [pk])
        path = f"/api/documents/{pk}/directions/{found[number][0]}/recall"
        act = lambda: self.office.recall(by, letter, letter.directions[number], reason)  # noqa: E731
        self.do(by, path, {"reason": reason}, act)

    @precondition(any_letter)
    @rule(place=PLACE, by=st.sampled_from(("hoa", "son", "tam", "lan")))
    def close(self, place: int, by: str) -> None:
        letter = self.some(place)
        path = f"/api/documents/{self.key(letter)}/close"
        self.do(by, path, {"outcome": "Lưu hồ sơ"}, lambda: self.office.close(by, letter))

    @precondition(lambda self: bool(self.sent))
    @rule(place=PLACE)
    def send_again(self, place: int) -> None:
        """The same key gets the first answer, to the letter, whatever has happened since."""
        login, path, told, key, answer = self.pick(self.sent, place)
        if self.office.sits(login):
            assert self.theatre.do(login, path, told, key) == (200, answer)

    @rule()
    def reserve(self) -> None:
        year = self.office.day.year
        wanted = 404 if year not in self.office.books else 302
        if wanted == 302:
            wanted = self.expected(lambda: self.office.books[year].take("reserved"), 302)
        assert self.theatre.fill("hoa", f"/so/incoming/{year}/giu", {"reason": "Chờ ký"}) == wanted

    @precondition(lambda self: any(book.numbers for book in self.office.books.values()))
    @rule(place=PLACE)
    def void(self, place: int) -> None:
        year = self.pick([year for year, book in self.office.books.items() if book.numbers], place)
        book: Book = self.office.books[year]
        number = place % len(book.numbers)
        locked = book.is_closed or book.numbers[number] == "void"
        if not locked:
            book.numbers[number] = "void"
        told = {"number": number + 1, "reason": "Nhầm"}
        assert self.theatre.fill("hoa", f"/so/incoming/{year}/huy", told) == (409 if locked else 302)

    @rule()
    def open_next_book(self) -> None:
        year = self.office.day.year
        year += year in self.office.books
        self.office.books.setdefault(year, Book())
        assert self.theatre.fill("hoa", f"/so/incoming/{year}/mo", {}) == 302

    @precondition(lambda self: self.office.day.year - 1 in self.office.books)
    @rule()
    def close_last_years_book(self) -> None:
        year = self.office.day.year - 1
        book = self.office.books[year]
        wanted = 409 if book.is_closed else 302
        book.is_closed = True
        assert self.theatre.fill("son", f"/so/incoming/{year}/dong", {}) == wanted

    # canaries

    @rule(login=ANYBODY)
    def look(self, login: str) -> None:
        """Every mark that a person meets anywhere belongs to a letter that the model lets them read, and none is kept
        from them."""
        mine = {letter.mark for letter in self.letters.values() if self.office.sees(login, letter)}
        if not self.office.sits(login):
            assert self.theatre.ask(login, "/api/documents")[0] == 401
            return
        status, page = self.theatre.ask(login, "/api/documents?limit=100")
        assert status == 200
        assert {item["subject"] for item in page["items"]} == mine, login
        inbox = str(self.theatre.ask(login, "/api/tasks/inbox?limit=100")[1])
        assert not [one.mark for one in self.letters.values() if one.mark in inbox and one.mark not in mine]

    @precondition(any_letter)
    @rule(login=ANYBODY, place=PLACE)
    def open(self, login: str, place: int) -> None:
        letter = self.some(place)
        wanted = 401 if not self.office.sits(login) else 200 if self.office.sees(login, letter) else 404
        status, answer = self.theatre.ask(login, f"/api/documents/{self.key(letter)}")
        assert status == wanted and (status == 200) == (letter.mark in str(answer))

    @precondition(any_letter)
    @rule(login=ANYBODY, place=PLACE)
    def search(self, login: str, place: int) -> None:
        letter = self.some(place)
        if self.office.sits(login):
            found = self.theatre.ask(login, f"/api/search?q={letter.mark}")[1]["items"]
            assert len(found) == self.office.sees(login, letter), (login, found)
