"""What the rows of the book, the record and the index may hold, whoever calls and from whatever zone."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from tests.cast import AT, Cast
from tests.documents.test_settle import SLIP
from tram.audit.models import Event
from tram.documents.commands.arrive import add_file, mark_duplicate, receive, return_to_sender
from tram.documents.commands.register import correct, register
from tram.documents.models import Incoming
from tram.documents.queries import find_duplicate
from tram.files.commands import store
from tram.kernel.verdicts import Hidden, WrongState
from tram.notifications.models import Notice
from tram.organisation.commands.books import open_book
from tram.search.models import Card
from tram.tasks.models import Task

SECRET = replace(
    SLIP, secrecy=1, keeping_place="Tủ mật số 2", subject="V/v bố phòng tuyến Y", code_number="", code_notation="",
    organ_name="Bộ Chỉ huy quân sự", description="Kèm bản đồ", signer_full_name="Vàng A Pao",
)  # fmt: skip


def test_nothing_of_a_secret_paper_leaves_the_secret_book(cast: Cast) -> None:
    paper = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SECRET, present_to=cast.posts["son"])
    told = [*Notice.objects.values_list("sentence", flat=True)]
    told += [" ".join(map(str, row)) for row in Task.objects.values_list("title", "line", "note")]
    told += [" ".join(map(str, row)) for row in Card.objects.values_list("title", "line", "sender", "terms")]
    told += map(str, Event.objects.filter(about=paper.ref).values_list("detail", flat=True))
    assert len(told) >= 4
    for word in ("bố phòng", "phong", "quân sự", "quan", "bản đồ", "Pao", "pao"):
        assert not [text for text in told if word in text], word


def test_the_year_of_the_book_is_the_local_one_for_a_caller_in_any_zone(cast: Cast) -> None:
    eve = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)
    open_book(actor=cast.hoa, at=eve, agency=cast.skhcn, code="incoming", name="Sổ đến", year=2027)
    paper = register(actor=cast.hoa, at=eve, agency=cast.skhcn, slip=SLIP)
    assert (paper.year, paper.arrival_number, f"{paper.arrival_date:%d/%m/%Y}") == (2027, 1, "01/01/2027")


def test_a_moment_without_a_zone_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="zone"):
        register(actor=cast.hoa, at=datetime(2026, 11, 16, 9), agency=cast.skhcn, slip=SLIP)


def test_a_paper_takes_no_file_that_somebody_else_brought(cast: Cast) -> None:
    file = store(actor=cast.tuan, at=AT, stream=BytesIO("dự toán".encode()), name="a.txt", agency=cast.stc.pk)
    paper = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP)
    for act in (
        lambda: add_file(actor=cast.hoa, at=AT, document=paper, file=file),
        lambda: receive(actor=cast.hoa, at=AT, agency=cast.skhcn, files=[file]),
        lambda: register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=replace(SLIP, code_number="9"), files=[file]),
    ):
        with pytest.raises(Hidden):
            act()


def test_a_duplicate_is_one_of_a_paper_in_the_book(cast: Cast) -> None:
    sent_back, paper = (receive(actor=cast.hoa, at=AT, agency=cast.skhcn, files=[]) for _ in range(2))
    return_to_sender(actor=cast.hoa, at=AT, document=sent_back, reason="Nhầm")
    sent_back.refresh_from_db()
    with pytest.raises(WrongState, match="chưa có trong sổ"):
        mark_duplicate(actor=cast.hoa, at=AT, document=paper, of=sent_back)


def test_a_corrected_sender_is_no_longer_tied_to_the_unit_of_the_wrong_one(cast: Cast) -> None:
    paper = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=replace(SLIP, organ_unit=cast.xa.pk))
    changes = {"organ_name": "Sở Tài chính"}
    assert correct(actor=cast.hoa, at=AT, document=paper, changes=changes, reason="Gõ nhầm").organ_unit is None


def test_a_twin_is_found_among_many_with_the_same_number(cast: Cast) -> None:
    first = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP)
    Incoming.objects.bulk_create(
        Incoming(
            agency=cast.skhcn, arrived_at=AT, number_key=first.number_key, organ_name=f"Xã {n}", state="registered",
            code_number="45", issued_date=SLIP.issued_date, arrival_number=n, year=2026, arrival_date=AT.date(),
            book_code="incoming",
        )
        for n in range(2, 202)
    )  # fmt: skip
    assert find_duplicate(cast.skhcn.pk, SLIP) == first
