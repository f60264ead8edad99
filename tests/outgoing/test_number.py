"""Numbers of outgoing letters: no gap, none twice, one series for paper and electronic, void and kept ones explained."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.cast import AT, build
from tests.outgoing.office import Office, open_books
from tram.audit.commands import together
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.books import reserve_number
from tram.organisation.models import BookNumber, NumberBook
from tram.outgoing.commands.number import number, void
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import book_page, documents
from tram.outgoing.states import State

ISSUERS, EACH = 32, 6


def test_a_code_is_written_as_the_decree_says(office: Office) -> None:
    assert office.numbered().code == "01/SKHCN-BCVT"
    assert office.numbered(office.draft(kind="decision")).code == "02/QĐ-SKHCN"


def test_the_scheme_is_that_of_the_books_which_the_agency_opened(office: Office) -> None:
    NumberBook.objects.filter(code="outgoing").delete()
    open_books(office.cast, "outgoing-decisions", "outgoing-letters", "outgoing-others")
    codes = [
        office.numbered(office.draft(kind=kind)).code for kind in ("decision", "plan", "official_letter", "report")
    ]
    assert codes == ["01/QĐ-SKHCN", "01/KH-SKHCN", "01/SKHCN-BCVT", "02/BC-SKHCN"]


def test_without_a_book_there_is_no_number_and_a_sentence_says_what_to_do(office: Office) -> None:
    letter = office.signed()
    later = datetime(2027, 1, 4, 8, tzinfo=LOCAL)
    with pytest.raises(Invalid, match="chưa mở sổ này cho năm 2027"):
        number(actor=office.who("hoa", later), at=later, document=letter)
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (State.SIGNED, None)


def test_only_the_clerk_numbers_and_only_what_is_signed(office: Office) -> None:
    letter = office.signed()
    for stranger in ("son", "lan", "tam", "tuan"):
        with pytest.raises(Refused, match="văn thư"):
            number(actor=office.who(stranger), at=AT, document=letter)
    number(actor=office.who("hoa"), at=AT, document=letter)
    with pytest.raises(WrongState, match="Đã cấp số"):
        number(actor=office.who("hoa"), at=AT, document=letter)


def test_a_kept_number_goes_to_the_letter_it_was_kept_for(office: Office) -> None:
    book = NumberBook.objects.get(code="outgoing")
    reserve_number(actor=office.who("hoa"), at=AT, book=book, reason="Chờ ký lại Kế hoạch")
    assert office.numbered().code == "02/SKHCN-BCVT"
    letter = number(actor=office.who("hoa"), at=AT, document=office.signed(), kept_number=1)
    assert letter.code == "01/SKHCN-BCVT"
    with pytest.raises(WrongState, match="đã dùng"):
        number(actor=office.who("hoa"), at=AT, document=office.signed(), kept_number=1)


def test_a_void_number_stays_in_the_book_with_its_reason(office: Office) -> None:
    letter = office.numbered()
    with pytest.raises(Invalid, match="lý do"):
        void(actor=office.who("hoa"), at=AT, document=letter, reason=" ")
    void(actor=office.who("hoa"), at=AT, document=letter, reason="Rút văn bản sau khi cấp số")
    assert list(BookNumber.objects.values_list("number", "state", "reason")) == [
        (1, "void", "Rút văn bản sau khi cấp số")
    ]
    assert office.numbered().code == "02/SKHCN-BCVT"
    rows, following = book_page(office.cast.units["skhcn"].pk, "outgoing", 2026)
    assert [(row.code, row.state) for row in rows] == [("02/SKHCN-BCVT", "numbered"), ("01/SKHCN-BCVT", "void")]
    assert following == 0 and book_page(office.cast.units["skhcn"].pk, "outgoing", 2026, limit=1)[1] == 2


def test_an_urgent_letter_is_numbered_the_same_day_others_the_next_working_day(office: Office) -> None:
    friday = datetime(2026, 11, 20, 16, tzinfo=LOCAL)
    for urgency in (0, 1):
        letter = office.signed(office.draft(urgency=urgency))
        Outgoing.objects.filter(pk=letter.pk).update(signed_at=friday)
    urgent, plain = documents(office.who("hoa"), AT.date())[0]
    assert (urgent.number_by, plain.number_by) == (friday.date(), friday.date() + timedelta(days=3))


@pytest.mark.django_db(transaction=True)
def test_thirty_two_issuers_at_one_book_leave_no_gap_and_nothing_twice() -> None:
    """One letter in three is refused after it took its number, so the number comes back; none is lost by that."""
    cast = build()
    open_books(cast)
    office = Office(cast)
    first = office.signed()
    twins = [copy_of(first) for _ in range(ISSUERS * EACH)]
    hoa = office.who("hoa")

    def issuer(place: int) -> list[str]:
        taken = []
        try:
            for letter in twins[place::ISSUERS]:
                if letter.pk % 3 == 0:
                    with pytest.raises(ZeroDivisionError):
                        broken(hoa, letter)
                taken.append(number(actor=hoa, at=AT, document=letter).code)
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(ISSUERS) as pool:
        codes = [code for taken in pool.map(issuer, range(ISSUERS)) for code in taken]
    count = ISSUERS * EACH
    assert sorted(codes) == sorted(f"{n:02d}/SKHCN-BCVT" for n in range(1, count + 1))
    assert sorted(Outgoing.objects.exclude(number=None).values_list("number", flat=True)) == list(range(1, count + 1))
    assert NumberBook.objects.get(code="outgoing").next_number == count + 1 == BookNumber.objects.count() + 1


def broken(actor, letter: Outgoing) -> None:  # type: ignore[no-untyped-def]
    """A number taken by a command that fails afterwards."""
    with together():
        number(actor=actor, at=AT, document=letter)
        raise ZeroDivisionError


def copy_of(letter: Outgoing) -> Outgoing:
    """Another signed letter of the same kind, laid down without the whole way: the way has its own tests."""
    version = letter.versions.get()
    twin = Outgoing.objects.get(pk=letter.pk)
    twin.pk, twin.proof_code = None, None
    twin._state.adding = True
    twin.save()
    version.pk, version.document = None, twin
    version._state.adding = True
    version.save()
    return twin
