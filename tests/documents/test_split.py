"""Tách văn bản: one scan of several letters becomes several waiting letters, and can be put back."""

import hashlib
import re
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from tests.cast import Cast
from tests.documents.letters import drop, key, letter, pdf_of, post
from tests.documents.scans import blank, drawn, long_letter, saved, scan, separator, together
from tests.documents.test_desk import open_slip, words
from tram.audit.queries import history
from tram.documents.jobs import find_starts
from tram.documents.models import Incoming, Part, SplitProposal
from tram.files.commands import destroy, look
from tram.files.models import File
from tram.files.queries import looks, open_blob
from tram.kernel import clock
from tram.kernel.actors import Actor

DESK = "/van-ban-den/ban-van-thu"


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    return cast.signed_in(client, "hoa")


def dropped(clerk: Client, content: bytes) -> Incoming:
    """A paper of several pages on the desk, looked through."""
    assert drop(clerk, content, "tap-quet.pdf").status_code == 200
    document = Incoming.objects.latest("pk")
    find_starts(document.pk)
    return document


@pytest.fixture
def three(clerk: Client) -> Incoming:
    """Three letters with text, four pages."""
    return dropped(clerk, together(letter(1, "việc một"), long_letter(2), letter(3, "việc ba")))


def split(clerk: Client, document: Incoming, **marks: Any) -> Any:
    return post(clerk, f"{DESK}/{document.pk}/tach", marks)


def waiting() -> list[Incoming]:
    return list(Incoming.objects.filter(state="arrived").order_by("pk"))


def test_heads_of_letters_are_found_in_text_and_the_row_says_how_many(clerk: Client, three: Incoming) -> None:
    proposal = SplitProposal.objects.get()
    assert (proposal.letters, proposal.drops) == (3, {})
    assert proposal.starts == {str(n): f"trang đầu: Số {i}/STC-QLNS" for n, i in ((1, 1), (2, 2), (4, 3))}
    page = words(clerk.get(DESK))
    assert "Có thể gồm 3 văn bản" in page and f"{DESK}/{three.pk}/tach" in page


def test_blank_sheets_separators_and_heads_are_found_in_a_scan(clerk: Client) -> None:
    two = drawn(long_letter(2))
    document = dropped(clerk, scan(drawn(letter(1))[0], separator(), *two, blank(), drawn(pdf_of("Phiếu\n" * 20))[0]))
    proposal = SplitProposal.objects.get(document=document)
    assert proposal.drops == {"2": "tờ ngăn", "5": "trang trắng"}
    assert proposal.starts == {
        "1": "trang đầu: Số 1/STC-QLNS", "3": "sau tờ ngăn · trang đầu: Số 2/STC-QLNS", "6": "sau trang trắng",
    }  # fmt: skip


def test_the_printed_separator_is_read_back_by_its_code(clerk: Client) -> None:
    sheet = clerk.get(f"{DESK}/to-ngan.pdf")
    assert sheet["Content-Type"] == "application/pdf"
    document = dropped(clerk, scan(drawn(letter(1))[0], drawn(sheet.content)[0], drawn(letter(2))[0]))
    assert SplitProposal.objects.get(document=document).drops == {"2": "tờ ngăn"}
    assert looks(document.files.get().file_id)[1].code == "TRAM:TO-NGAN"


def test_each_letter_is_read_and_knows_the_pages_and_the_hash_it_came_from(clerk: Client, three: Incoming) -> None:
    original = three.files.get().file
    before = open_blob(original.pk).read_bytes()
    answer = split(clerk, three, start=["2", "4"])
    made = waiting()
    assert answer.status_code == 303 and answer["Location"].endswith(f"van-ban={made[0].pk}")
    assert [open_slip(clerk, one)["code"] for one in made] == ["1/STC-QLNS", "2/STC-QLNS", "3/STC-QLNS"]
    assert [len(pypdfium2.PdfDocument(open_blob(one.files.get().file_id))) for one in made] == [1, 2, 1]
    assert list(Part.objects.order_by("pk").values_list("pages", "original", "original_sha256")) == [
        (pages, three.pk, original.blob_id) for pages in ("1", "2-3", "4")
    ]
    assert open_blob(original.pk).read_bytes() == before and hashlib.sha256(before).hexdigest() == original.blob_id
    assert [one.files.get().file.name for one in made][1] == "tap-quet (trang 2-3).pdf"
    assert "đã tách thành 3 văn bản" in [line.sentence for line in history(three.ref)]
    page = words(clerk.get(f"{DESK}?van-ban={made[1].pk}"))
    assert "tách từ tap-quet.pdf, trang 2-3" in page
    assert "trang 2-3" in words(clerk.get(f"{made[1].url}?the=thong-tin"))


def test_pages_that_fall_away_are_in_no_letter(clerk: Client, three: Incoming) -> None:
    split(clerk, three, start=["4"], drop=["2"])
    assert list(Part.objects.order_by("pk").values_list("pages", flat=True)) == ["1, 3", "4"]


def test_the_scan_leaves_the_lane_and_comes_back_whole(clerk: Client, three: Incoming) -> None:
    split(clerk, three, start=["2", "4"])
    page = words(clerk.get(DESK))
    assert "tap-quet.pdf<" not in page and f"{DESK}/{three.pk}/gop-lai" in page
    assert "Trang 2-3" in words(clerk.get(f"{DESK}/{three.pk}/tach"))
    assert post(clerk, f"{DESK}/{three.pk}/gop-lai").status_code == 303
    assert waiting() == [three]
    assert Incoming.objects.filter(state="rejoined", ended_at__isnull=False).count() == 3
    assert f'"{Incoming.objects.latest("pk").url}"' not in words(clerk.get("/van-ban-den"))
    assert split(clerk, three, start=["2"]).status_code == 303
    assert len(waiting()) == 2 and File.objects.count() == 6


def test_what_is_in_the_book_is_not_put_back(clerk: Client, three: Incoming) -> None:
    split(clerk, three, start=["2", "4"])
    first = waiting()[0]
    post(clerk, f"/van-ban-den/{first.pk}/vao-so", open_slip(clerk, first))
    answer = post(clerk, f"{DESK}/{three.pk}/gop-lai")
    assert answer.status_code == 409 and "phần trang 1 đã" in words(answer)
    three.refresh_from_db()
    assert three.state == "split" and len(waiting()) == 2


def test_a_part_is_split_further_and_put_back_from_the_inside(clerk: Client, three: Incoming) -> None:
    split(clerk, three, start=["2"])
    second = waiting()[1]
    split(clerk, second, start=["3"])
    assert post(clerk, f"{DESK}/{three.pk}/gop-lai").status_code == 409
    for one in (second, three):
        assert post(clerk, f"{DESK}/{one.pk}/gop-lai").status_code == 303
    assert waiting() == [three]


def test_one_key_splits_once(clerk: Client, three: Incoming) -> None:
    once = key()
    for _ in range(2):
        clerk.post(f"{DESK}/{three.pk}/tach", {"start": ["2"]}, **once)
    assert Part.objects.count() == 2
    assert split(clerk, three, start=["2"]).status_code == 409


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ({"start": ["9"]}, "Tệp không có trang 9. Chọn trang từ 1 đến 4."),
        ({"start": ["2"], "drop": ["0"]}, "Tệp không có trang 0."),
        ({"start": ["-1"]}, "Số trang phải là số"),
        ({"start": ["2", "٣"]}, "Số trang phải là số"),
        ({}, "Đánh dấu ít nhất một trang"),
        ({"start": ["2"], "drop": ["1", "2", "3", "4"]}, "Đánh dấu ít nhất một trang"),
    ],
)
def test_wrong_marks_are_told_and_what_was_marked_stays(
    clerk: Client, three: Incoming, marks: dict[str, Any], sentence: str
) -> None:
    answer = split(clerk, three, **marks)
    assert answer.status_code == 422 and sentence in words(answer)
    assert waiting() == [three] and File.objects.count() == 1
    if "drop" in marks and "2" in marks["drop"]:
        assert len(re.findall(r'name="drop" value="\d" checked', words(answer))) == 4


def test_a_scan_on_which_a_stamp_is_seen_is_not_split(clerk: Client, three: Incoming) -> None:
    look(actor=Actor.system(), at=clock.now(), file=three.files.get().file_id, level="secret")
    answer = split(clerk, three, start=["2"])
    assert answer.status_code == 409 and "dấu mật" in words(answer) and not Part.objects.exists()


def test_a_letter_destroyed_as_secret_takes_the_scan_with_it(clerk: Client, cast: Cast, three: Incoming) -> None:
    split(clerk, three, start=["2", "4"])
    letter, scanned = waiting()[1].files.get().file_id, three.files.get().file_id
    place = open_blob(scanned)
    look(actor=Actor.system(), at=clock.now(), file=letter, level="secret")
    destroy(actor=cast.hoa, at=clock.now(), file=letter, level="secret")
    three.refresh_from_db()
    assert three.state == "purged" and not place.exists()
    assert not File.objects.filter(pk__in=(letter, scanned)).exists()
    assert [one.secrecy for one in waiting()] == [0, 1, 0] and Incoming.objects.count() == 4


def test_five_hundred_pages_are_shown_and_more_are_refused(clerk: Client) -> None:
    one, many = pypdfium2.PdfDocument(letter()), pypdfium2.PdfDocument.new()
    many.import_pages(one, [0] * 500)
    assert drop(clerk, saved(many), "500.pdf").status_code == 200
    document = Incoming.objects.get()
    page = clerk.get(f"{DESK}/{document.pk}/tach")
    assert words(page).count("data-sheet") == 500
    many = split(clerk, document, start=[str(page) for page in range(2, 501)])
    assert many.status_code == 422 and "đến 100 văn bản" in words(many)


def test_what_is_no_pdf_of_several_pages_is_not_split(clerk: Client) -> None:
    drop(clerk, letter())
    answer = clerk.get(f"{DESK}/{Incoming.objects.get().pk}/tach")
    assert answer.status_code == 409 and "từ 2 trang trở lên" in words(answer)
    assert "/tach" not in words(clerk.get(DESK))


def test_a_stranger_and_nobody_get_the_same_answer(clerk: Client, cast: Cast, three: Incoming) -> None:
    foreign = cast.signed_in(Client(), "tuan")
    for verb in ("tach", "gop-lai"):
        found = [post(foreign, f"{DESK}/{pk}/{verb}", {"start": ["2"]}).status_code for pk in (three.pk, 99_999_999)]
        assert found == [404, 404]
    assert post(cast.signed_in(Client(), "son"), f"{DESK}/{three.pk}/tach", {"start": ["2"]}).status_code == 403
    assert waiting() == [three]
