"""Copies (Điều 25–27): begun from the letter that is copied, on paper with their block, electronic with the agency's signature."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.cast import AT
from tests.documents.letters import letter as pdf_letter
from tests.documents.letters import post
from tests.outgoing.office import Office
from tests.outgoing.test_pages import TYPED, Browsers, browsers, said
from tests.outgoing.test_sign import keys
from tests.signing.conftest import founded
from tests.signing.papers import Office as Keys
from tests.signing.papers import judged
from tram.documents.commands.arrive import bring
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import Slip, register
from tram.documents.models import Incoming
from tram.files.queries import open_blob
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.outgoing.commands.check import submit
from tram.outgoing.commands.draft import draft, save_version
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import make_paper, seal, sign_on_paper, wanted_from_clerk
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.copies import beginning_of_copy, page_of
from tram.outgoing.queries.proofs import proved_by_code
from tram.outgoing.rules import Place, pages_named
from tram.outgoing.states import State
from tram.reading.queries import printed_text
from tram.tasks.commands.give import hand
from tram.tasks.models import Task

__all__ = ["browsers", "founded", "keys"]


def letter_of(office: Office, content: bytes = b"") -> Incoming:
    """A letter of the Sở Tài chính in the book, in Lan's hands; with its PDF where there is one."""
    cast, hoa = office.cast, office.who("hoa")
    told = Slip(
        organ_name="Sở Tài chính",
        code_number="482" if content else "483",
        code_notation="STC-QLNS",
        type_name="Công văn",
        subject="rà soát dự toán",
    )
    agency, waiting = cast.units["skhcn"], None
    if content:
        waiting = bring(actor=hoa, at=AT, agency=agency, stream=BytesIO(content), name="cong-van.pdf")
    paper = register(actor=hoa, at=AT, agency=agency, slip=told, document=waiting, present_to=cast.posts["son"])
    direct(actor=office.who("son"), at=AT, document=paper, lead=Target(cast.telecoms))
    task = Task.objects.get(about=paper.ref, kind="handle")
    hand(actor=office.who("dung"), at=AT, task=task, to=cast.posts["lan"])
    return paper


def copy_of(office: Office, copied: Incoming | Outgoing, kind: str = "true_copy", body: str = "") -> Outgoing:
    """A draft of Lan's for the Sở Tài chính and one outside."""
    places = (Place("Sở Tài chính", unit=office.cast.units["stc"].pk), Place("Bưu điện tỉnh Lào Cai"))
    content = replace(beginning_of_copy(kind, copied), places=places, body=body)
    return draft(actor=office.who("lan"), at=AT, content=content, copied=copied)


def test_on_paper_a_copy_is_the_original_with_its_block_under_the_last_words(office: Office) -> None:
    copy = copy_of(office, letter_of(office, pdf_letter()))
    assert copy.subject == "Công văn số 482/STC-QLNS của Sở Tài chính về việc rà soát dự toán"
    letter = office.issued(copy)
    assert letter.code == "01/SY-SKHCN"
    words = printed_text(page_of(letter, AT.date()))
    assert "\f" not in words, "the block stands on the letter's own page"
    assert "SỞ TÀI CHÍNH" in words and words.index("Đinh Thị Thu") < words.index("SAO Y")


def test_an_electronic_copy_is_the_scan_signed_by_the_agency_in_its_corner(keys: Keys, tmp_path: Path) -> None:
    office, scan = Office(keys.cast), pdf_letter()
    hoa, agency = office.who("hoa"), keys.certificates["seal"].pk
    letter = office.approved(copy_of(office, letter_of(office, scan)))
    assert letter.state == State.APPROVED and letter.paper_id is None
    letter = make_paper(actor=hoa, at=AT, document=letter)
    letter = number(actor=hoa, at=AT, document=letter)
    assert (letter.code, open_blob(letter.paper_id).read_bytes()) == ("01/SY-SKHCN", scan)
    proof = keys.proof("hoa", wanted_from_clerk(letter, agency))
    letter = issue(actor=hoa, at=AT, document=seal(actor=hoa, at=AT, document=letter, certificate=agency, proof=proof))
    found = judged(open_blob(letter.paper_id).read_bytes(), tmp_path)
    assert (found.verdict, [one.organisation for one in found.signatures]) == ("valid", ["Sở Khoa học và Công nghệ"])
    proved = proved_by_code(letter.proof_code or "")
    assert proved and [(one.who, one.how) for one in proved.signers] == [
        ("Sở Khoa học và Công nghệ", "chữ ký số của cơ quan trên bản sao")
    ]
    again = office.approved(copy_of(office, letter))
    with pytest.raises(WrongState, match="sao sang giấy"):
        make_paper(actor=hoa, at=AT, document=again)
    assert sign_on_paper(actor=hoa, at=AT, document=again).state == State.SIGNED


def test_an_extract_takes_the_pages_that_it_names(office: Office) -> None:
    assert pages_named("Trang 1, 3-5 và 9") == [1, 3, 4, 5, 9]
    paper = letter_of(office, pdf_letter())
    draft = copy_of(office, paper, "extract_copy")
    with pytest.raises(Invalid, match="các trang cần trích"):
        submit(actor=office.who("lan"), at=AT, document=draft, seen=1)
    assert "TRÍCH SAO" in printed_text(page_of(copy_of(office, paper, "extract_copy", "Trang 1"), AT.date()))
    with pytest.raises(Invalid, match="có 1 trang"):
        page_of(copy_of(office, paper, "extract_copy", "Trang 2-3"), AT.date())


def test_a_copy_stays_one_and_needs_something_to_copy(office: Office) -> None:
    lan, paper = office.who("lan"), letter_of(office, pdf_letter())
    with pytest.raises(Invalid, match="Lập bản sao"):
        office.draft(kind="true_copy")
    with pytest.raises(Invalid, match="hình thức sao"):
        draft(actor=lan, at=AT, content=office.content(), copied=paper)
    copy = copy_of(office, paper)
    with pytest.raises(Invalid, match="hình thức sao"):
        save_version(actor=lan, at=AT, document=copy, content=office.content(), seen=1)
    with pytest.raises(WrongState, match="không có tệp PDF"):
        copy_of(office, letter_of(office))
    with pytest.raises(Hidden):
        draft(actor=office.who("thu"), at=AT, content=office.content(kind="true_copy"), copied=paper)


def test_a_copy_is_begun_from_the_letters_page(office: Office, browsers: Browsers) -> None:
    paper, lan = letter_of(office, pdf_letter()), browsers["lan"]
    begin = f"/van-ban-di/soan?sao-den={paper.pk}"
    assert begin in said(lan.get(paper.url)) and begin not in said(browsers["son"].get(paper.url))
    page = said(lan.get(begin))
    assert (
        "Hình thức sao" in page
        and "Sao lục" in page
        and "Quyết định</option>" not in page
        and "Bắt đầu từ mẫu" not in page
    )
    assert "Sao lục" not in said(lan.get("/van-ban-di/soan"))
    answer = post(lan, begin, {**TYPED, "kind": "true_copy", "body": "", "addressed": ""})
    copy = Outgoing.objects.get()
    assert answer.status_code == 303 and copy.original_id and "Hình thức sao" in said(lan.get(f"{copy.url}/sua"))
    shown = said(lan.get(copy.url))
    assert "Bản sao để in" in shown and "cong-van.pdf" in shown
    assert lan.get(f"{copy.url}/trang.pdf").content.startswith(b"%PDF")
    assert lan.get(f"/van-ban-di/soan?sao-den={letter_of(office).pk}").status_code == 409
