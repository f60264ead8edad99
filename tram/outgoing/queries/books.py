"""The register of outgoing documents as it is printed (NĐ 30/2020, Phụ lục IV): every number in its order, none left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tram.kernel.clock import local_day
from tram.organisation.models import NumberBook
from tram.organisation.queries import numbers_aside
from tram.outgoing.models import Outgoing, Recipient
from tram.outgoing.rules import BOOK_NAMES, book_for, kinds, number_text
from tram.outgoing.states import NAMES, State

PART = 500
MOST_PLACES = 12
"""Places that a row names; of more it tells how many."""
REMARKED = (State.VOID, State.RECALLED, State.REPLACED, State.CORRECTED)


@dataclass(frozen=True, slots=True)
class BookRow:
    """Dòng của sổ đăng ký văn bản đi: its ten columns. `signed` stays empty, for a hand."""

    code: str
    issued_date: date | None
    title: str
    signer: str
    places: str
    kept_by: str
    amount: int | None
    sent_on: date | None
    signed: str
    remark: str


def book_rows(book: int, agency: int, code: str, year: int, first: int, last: int) -> Iterator[BookRow]:
    """Rows of a book from number `first` to `last`; a number without a letter is a row with its reason.

    Two queries for five hundred numbers, and one more at the beginning.
    """
    aside = {one["number"]: one for one in numbers_aside(book)}
    for start in range(first, last + 1, PART):
        end = min(start + PART - 1, last)
        found = Outgoing.objects.filter(agency=agency, book_code=code, year=year, number__range=(start, end))
        letters = {letter.number: letter for letter in found.select_related("unit")}
        places = _places([letter.pk for letter in letters.values()])
        for number in range(start, end + 1):
            if number in letters:
                yield _row(letters[number], places.get(letters[number].pk, []))
            else:
                yield _aside(number, aside.get(number))


def _places(letters: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Recipient.objects.filter(document__in=letters).order_by("document", "place")
    for document, name in rows.values_list("document", "name"):
        found.setdefault(document, []).append(name)
    return found


def _row(letter: Outgoing, places: list[str]) -> BookRow:
    named = "; ".join(places[:MOST_PLACES])
    more = len(places) - MOST_PLACES
    remark = [NAMES[State(letter.state)]] if letter.state in REMARKED else []
    if remark and letter.outcome:
        remark.append(letter.outcome)
    if letter.is_on_paper:
        remark.append("bản giấy")
    return BookRow(
        letter.code, letter.issued_date, f"{kinds()[letter.kind].name} {letter.subject}",
        f"{letter.authority} {letter.signer_full_name}".strip(), named + (f" và {more} nơi khác" if more > 0 else ""),
        f"Văn thư; {letter.unit.name}", letter.issued_amount,
        local_day(letter.issued_at) if letter.issued_at else None, "", "; ".join(remark),
    )  # fmt: skip


def _aside(number: int, told: dict[str, str] | None) -> BookRow:
    word = {"void": "Số hủy", "reserved": "Số giữ"}.get(told["state"], "") if told else "Số bỏ trống"
    reason = f"{word}: {told['reason']}" if told else word
    return BookRow(number_text(number), None, "", "", "", "", None, None, "", reason)


def book_days(agency: int, code: str, year: int, first: int, last: int) -> tuple[date | None, date | None]:
    """The days of the first and the last letter between two numbers."""
    rows = Outgoing.objects.filter(agency=agency, book_code=code, year=year, number__range=(first, last))
    days = rows.values_list("issued_date", flat=True)
    return days.order_by("number").first(), days.order_by("-number").first()


def next_in_book(document: Outgoing, on: date) -> tuple[str, int] | None:
    """The book in which the letter would get its number that day, and the number; None where it is not open."""
    books = NumberBook.objects.filter(agency=document.agency_id, year=on.year, closed_on=None)
    numbers = dict(books.values_list("code", "next_number"))
    code = book_for(kinds()[document.kind], set(numbers))
    return (BOOK_NAMES[code], numbers[code]) if code in numbers else None
