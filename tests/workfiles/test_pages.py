"""The doors: planned, opened, filled by keyboard, closed, handed over, printed; a stranger finds nothing."""

from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdfium2 import PdfDocument

from tests.cast import AT
from tests.documents.letters import post
from tests.workfiles.shelf import Shelf
from tram.kernel import clock
from tram.outputs.models import Output
from tram.outputs.sockets import makers
from tram.tasks.models import Task
from tram.web import middleware
from tram.workfiles.commands.plan import add_lines
from tram.workfiles.models import Disposal, HandOver, Paper, Plan, WorkFile
from tram.workfiles.states import Decision, PlanState, State


class Browsers(dict[str, Client]):
    """Signed in when first used."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf

    def __missing__(self, who: str) -> Client:
        self[who] = self.shelf.office.cast.signed_in(Client(), who)
        return self[who]


@pytest.fixture
def browsers(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Browsers:
    """A browser for each person of the story, at the hour of the cast."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(middleware, "hour_of_database", lambda: AT)
    monkeypatch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("clock_timestamp()", f"timestamptz '{AT}'"))
    return Browsers(shelf)


def said(answer: Any) -> str:
    return answer.content.decode()


def words(answer: Any) -> str:
    """The text of a PDF."""
    document = PdfDocument(BytesIO(answer.content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_a_plan_is_drawn_up_approved_and_opened_by_a_first_paper(shelf: Shelf, browsers: Browsers) -> None:
    here, lan_post = "/ho-so/danh-muc/2026", shelf.office.cast.posts["lan"].pk
    assert "chưa có dòng nào" in said(browsers["lan"].get(here))
    told = {"titles": "Dự toán năm 2027\n\nĐiểm bưu điện 2026", "retention": "expertise", "post": lan_post}
    answer = post(browsers["lan"], f"{here}/them", {**told, "retention": ""})
    assert answer.status_code == 422 and "Chọn thời hạn" in said(answer) and "Điểm bưu điện 2026" in said(answer)
    assert post(browsers["lan"], f"{here}/them", told).status_code == 303
    assert post(browsers["lan"], f"{here}/trinh").status_code == 403
    assert post(browsers["hoa"], f"{here}/trinh").status_code == 303
    assert post(browsers["lan"], f"{here}/them", told).status_code == 409
    assert here in said(browsers["son"].get("/")), "it waits in the director's inbox"
    assert post(browsers["son"], f"{here}/duyet", {"ground": ""}).status_code == 422
    assert post(browsers["son"], f"{here}/duyet", {"ground": "Quyết định 02/QĐ-SKHCN"}).status_code == 303
    assert Plan.objects.get().state == PlanState.APPROVED and not Task.objects.filter(ended_at=None).exists()
    printed = words(post(browsers["nga"], f"{here}/danh-muc.pdf"))
    assert "01.BCVT" in printed and "Quyết định 02/QĐ-SKHCN" in printed and "có 2 hồ sơ" in printed
    assert post(browsers["nga"], f"{here}/danh-muc.xlsx").content.startswith(b"PK")
    letter, file = shelf.letter(), WorkFile.objects.get(number=1)
    page = said(browsers["lan"].get(f"/ho-so/xep?den={letter.pk}"))
    assert "Dự kiến mở" in page and 'data-key="alt+1"' in page
    answer = post(browsers["lan"], "/ho-so/xep", {"den": letter.pk, "file": file.pk, "next": "/van-ban-den"})
    assert (answer.status_code, answer["Location"]) == (303, "/van-ban-den")
    file.refresh_from_db()
    assert file.state == State.OPEN and file.papers.count() == 1
    assert f'href="{file.url}"' in said(browsers["lan"].get(letter.url)), "the letter's page shows its file"
    told = {"title": "Việc kín", "retention": "policy", "rights": "restricted"}
    assert post(browsers["lan"], f"{file.url}/sua", told).status_code == 303
    page = said(browsers["nga"].get(here))
    assert "Dự toán năm 2027" in page and "Việc kín" not in page, "the plan stays as it was approved"


def test_last_years_lines_are_copied_once(shelf: Shelf, browsers: Browsers) -> None:
    cast = shelf.office.cast
    before = AT.replace(year=2025)
    add_lines(
        actor=shelf.who("lan", before), at=before, unit=cast.units["telecoms"], year=2025,
        titles=["Kế hoạch năm 2025"], retention="plan-year", post=cast.posts["lan"],
    )  # fmt: skip
    for _ in range(2):
        assert post(browsers["hoa"], "/ho-so/danh-muc/2026/bat-dau").status_code == 303
    line = WorkFile.objects.get(year=2026)
    assert (line.title, line.state, line.retention_years) == ("Kế hoạch năm 2026", State.PLANNED, None)
    assert post(browsers["hoa"], f"/ho-so/danh-muc/2026/bo/{line.pk}").status_code == 303
    assert not WorkFile.objects.filter(year=2026).exists()


def test_a_selection_goes_into_a_file_from_the_list(shelf: Shelf, browsers: Browsers) -> None:
    lan, file = browsers["lan"], shelf.file()
    letters = [shelf.letter() for _ in range(6)]
    page = said(lan.get("/van-ban-den"))
    assert 'formaction="/ho-so/xep"' in page and f'name="den" value="{letters[0].pk}"' in page
    assert 'formaction="/ho-so/xep"' not in said(browsers["quan"].get("/van-ban-den"))
    keys = "&".join(f"den={letter.pk}" for letter in letters)
    page = said(lan.get(f"/ho-so/xep?{keys}&next=/van-ban-den"))
    assert "6 văn bản" in page and "và 1 văn bản nữa" in page
    assert "Dự toán năm 2027" in said(lan.get(f"/ho-so/xep?{keys}&q=du toan"))
    assert "khớp với chữ tìm" in said(lan.get(f"/ho-so/xep?{keys}&q=nhan su"))
    data = {"den": [letter.pk for letter in letters], "file": file.pk}
    assert post(lan, "/ho-so/xep", data).status_code == 303
    assert Paper.objects.filter(file=file).count() == 6
    assert browsers["nga"].get(f"/ho-so/xep?{keys}").status_code == 404
    answer = post(lan, "/ho-so/mo", {"den": letters[0].pk, "title": "", "retention": "exchange", "rights": "open"})
    assert answer.status_code == 422 and f'name="den" value="{letters[0].pk}"' in said(answer)


def test_a_file_is_closed_handed_over_and_received_through_the_pages(shelf: Shelf, browsers: Browsers) -> None:
    lan, hoa = browsers["lan"], browsers["hoa"]
    waiting, file = shelf.letter(settled=False), shelf.file()
    post(lan, "/ho-so/xep", {"den": [waiting.pk, shelf.letter().pk], "file": file.pk})
    page = said(lan.get(f"{file.url}/ket-thuc"))
    assert (
        "Chưa kết thúc được" in page
        and f'href="{waiting.url}"' in page
        and "<form method" not in page.split("<main")[1]
    )
    line = Paper.objects.get(incoming=waiting)
    assert post(lan, f"{file.url}/van-ban/{line.pk}/bo", {"reason": ""}).status_code == 422
    assert post(lan, f"{file.url}/van-ban/{line.pk}/bo", {"reason": "Đưa nhầm"}).status_code == 303
    assert post(lan, f"{file.url}/ket-thuc", {"end_date": "31/02/2026"}).status_code == 422
    answer = post(lan, f"{file.url}/ket-thuc", {"end_date": "15/11/2026"})
    assert answer.status_code == 422 and "văn bản đầu tiên (16/11/2026)" in said(answer)
    assert post(lan, f"{file.url}/ket-thuc").status_code == 303
    assert post(lan, f"{file.url}/ket-thuc").status_code == 409
    assert "46/STC-NS" in words(post(lan, f"{file.url}/muc-luc.pdf"))
    answer = post(lan, "/ho-so/nop-luu", {"file": []})
    assert answer.status_code == 422 and "Chọn từ 1" in said(answer)
    assert post(lan, "/ho-so/nop-luu", {"file": file.pk, "note": "Hộp 1"}).status_code == 303
    told = HandOver.objects.get()
    assert told.url in said(hoa.get("/"))
    assert post(lan, f"{told.url}/nhan").status_code == 403
    assert post(hoa, f"{told.url}/nhan").status_code == 303
    record = words(lan.get(f"{told.url}/bien-ban.pdf"))
    assert (
        "01.BCVT" in record
        and "01 văn bản" not in record
        and "gồm 1 văn bản, 2 trang" in record
        and "Trần Thị Hoa" in record
    )
    assert lan.get(f"{told.url}/bien-ban.xlsx").content.startswith(b"PK")
    for tab in ("van-ban", "viec", "nhat-ky", "thong-tin"):
        assert lan.get(f"{file.url}?the={tab}").status_code == 200
    assert "không đổi được nữa" in said(lan.get(f"{file.url}?the=nhat-ky"))


def test_a_long_list_comes_in_parts_and_names_what_one_may_not_read(
    shelf: Shelf, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tram.outputs.sockets.AT_ONCE", 1)
    monkeypatch.setattr("tram.web.binding.PART", 1)
    file = shelf.file(papers=[shelf.letter() for _ in range(2)])
    for login, told in (("lan", "gồm 2 văn bản."), ("dung", "gồm 0 văn bản; 2 văn bản người in không được xem.")):
        page = post(browsers[login], f"{file.url}/muc-luc.pdf")["Location"]
        assert "mục lục văn bản, hồ sơ 01.BCVT" in said(browsers[login].get(page))
        kept = Output.objects.get(account=shelf.office.cast.accounts[login])
        with TemporaryFile() as out:
            makers[kept.maker].make(kept.keys, actor=shelf.who(login), at=AT, out=out, tell=lambda _done: None)
            out.seek(0)
            pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(out.read())]
        whole = " ".join(" ".join(pages).split())
        assert told in whole and ("46/STC-NS" in whole) is (login == "lan")
        assert len(pages) == (2 if login == "lan" else 1), "a part begins on a page of its own"
        assert "Trang 1" in pages[0] and f"Trang {len(pages)}" in pages[-1] and whole.count("CỘNG HÒA") == 1


def test_a_disposal_goes_through_two_people(shelf: Shelf, browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    file = shelf.archived()
    late = AT.replace(year=2037)
    monkeypatch.setattr(clock, "now", lambda: late)
    monkeypatch.setattr(middleware, "hour_of_database", lambda: late)
    monkeypatch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("2026-", "2037-"))
    hoa, son = browsers["hoa"], browsers["son"]
    assert browsers["lan"].get("/ho-so/huy").status_code == 403
    assert post(hoa, "/ho-so/huy", {"file": file.pk}).status_code == 303
    told = Disposal.objects.get()
    assert post(hoa, f"{told.url}/dong-y", {"ground": "QĐ 1"}).status_code == 403
    assert "01.BCVT" in words(son.get(f"{told.url}/danh-muc.pdf"))
    assert post(son, f"{told.url}/khong", {"reason": "Giữ thêm"}).status_code == 303
    told.refresh_from_db()
    assert told.state == Decision.REFUSED and "Giữ thêm" in said(son.get(told.url))
    post(hoa, "/ho-so/huy", {"file": file.pk})
    again = Disposal.objects.latest("pk")
    assert post(son, f"{again.url}/dong-y", {"ground": "Quyết định 31/QĐ-SKHCN"}).status_code == 303
    assert "Đã hủy" in said(son.get(file.url))


def test_a_stranger_finds_nothing(shelf: Shelf, browsers: Browsers) -> None:
    file, letter = shelf.archived(), shelf.letter()
    own, told = shelf.file(), HandOver.objects.get()
    thu = browsers["thu"]
    assert post(thu, f"{file.url}/muc-luc.pdf").status_code == 404
    for path in (file.url, f"{own.url}/sua", told.url, f"{told.url}/bien-ban.pdf"):
        answer = thu.get(path)
        assert answer.status_code == 404 and file.title not in said(answer)
    assert post(thu, "/ho-so/xep", {"den": letter.pk, "file": own.pk}).status_code == 404
    assert file.title not in said(thu.get("/ho-so?muc=tat-ca"))
    assert "1 văn bản bạn không được xem" in said(browsers["dung"].get(file.url))
    assert "Hỏi dự toán" not in said(browsers["dung"].get(file.url))
    assert "01.BCVT" not in said(thu.get("/tim?q=du toan nam 2027"))
    assert "01.BCVT" in said(browsers["lan"].get("/tim?q=du toan nam 2027"))


def test_the_pages_take_as_many_queries_for_one_row_as_for_many(shelf: Shelf, browsers: Browsers) -> None:
    lan = browsers["lan"]
    small = shelf.file(papers=[shelf.letter()])
    paths = ["/ho-so", small.url, "/ho-so/nop-luu"]
    for path in paths:
        lan.get(path)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert lan.get(path).status_code == 200
        return len(found)

    few = [count(path) for path in paths]
    large = shelf.file(papers=[shelf.letter() for _ in range(12)])
    for _ in range(6):
        shelf.file()
    assert [count(path) for path in ("/ho-so", large.url, "/ho-so/nop-luu")] == few
