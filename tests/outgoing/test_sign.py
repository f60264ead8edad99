"""The official page: drawn once, signed by who approved it, number and day filled before the agency's seal locks them."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import AT
from tests.outgoing.office import Office, open_books, work
from tests.signing.conftest import founded
from tests.signing.papers import Office as Keys
from tests.signing.papers import content_of, judged, kept, picture
from tests.signing.papers import letter as paper
from tram.files.queries import open_blob
from tram.kernel.verdicts import Refused, WrongState
from tram.outgoing.commands.draft import attach
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import make_paper, seal, sign, sign_on_paper, wanted_from_clerk, wanted_from_signer
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import annexes_to_sign, files_to_send
from tram.outgoing.queries.proofs import proved_by_code
from tram.outgoing.states import State, Way
from tram.reading.queries import printed_text
from tram.signing.commands.sign import sign_beside
from tram.signing.commands.wanted import ATTACHMENT, Wanted
from tram.signing.models import Act
from tram.signing.queries import acts_about

__all__ = ["founded"]


@pytest.fixture
def keys(cast: Any, founded: Path, tmp_path: Path, settings: Any) -> Keys:
    """The Sở's certificates: Sơn's own and the seal."""
    settings.TRAM_DATA = tmp_path / "data"
    shutil.copytree(founded, tmp_path / "data" / "signing" / "test")
    open_books(cast)
    held = Keys(cast)
    held.certificate("son")
    held.certificate("seal")
    return held


def test_a_letter_is_drawn_signed_numbered_sealed_and_sent_whole(keys: Keys, tmp_path: Path) -> None:
    office = Office(keys.cast)
    letter = office.approved()
    son, hoa = office.who("son"), office.who("hoa")
    own, agency = keys.certificates["son"].pk, keys.certificates["seal"].pk
    assert letter.paper_id and ("approve", "Giám đốc") in work(letter)
    with pytest.raises(WrongState, match="một lần"):
        make_paper(actor=hoa, at=AT, document=letter)
    proof = keys.proof("son", wanted_from_signer(letter, own))
    with pytest.raises(Refused):
        sign(actor=hoa, at=AT, document=letter, certificate=own, proof=proof)
    letter = sign(actor=son, at=AT, document=letter, certificate=own, proof=proof)
    assert letter.state == State.SIGNED and work(letter) == [("review", "Văn thư")]
    letter = number(actor=hoa, at=AT, document=letter)
    with pytest.raises(WrongState, match="chữ ký số của cơ quan"):
        issue(actor=hoa, at=AT, document=letter)
    proof = keys.proof("hoa", wanted_from_clerk(letter, agency))
    letter = seal(actor=hoa, at=AT, document=letter, certificate=agency, proof=proof)
    letter = issue(actor=hoa, at=AT, document=letter)
    assert letter.recipients.get(place=1).way == Way.EXCHANGE

    found = judged(open_blob(letter.paper_id).read_bytes(), tmp_path)
    person, stamp = found.signatures
    assert (found.verdict, person.signer, stamp.locks) == ("valid", "Nguyễn Văn Sơn", True)
    assert [(act.capacity, act.role) for act in acts_about(letter.ref)] == [
        ("", "chữ ký của người có thẩm quyền"), ("", "chữ ký số của cơ quan"),
    ]  # fmt: skip
    said = printed_text(open_blob(letter.paper_id), "van-ban.pdf")
    assert "SỞ KHOA HỌC VÀ CÔNG NGHỆ" in said and "rà soát dự toán" in said.lower()


def sealed_with_annexes(keys: Keys, annexes: dict[str, bytes]) -> Outgoing:
    """A letter with files of Lan's, signed by Sơn, numbered and sealed by Hoa."""
    office = Office(keys.cast)
    draft = office.draft()
    for name, content in annexes.items():
        attach(actor=office.who("lan"), at=AT, document=draft, file=kept(office.who("lan"), content, name))
    letter = office.approved(draft)
    own, agency = keys.certificates["son"].pk, keys.certificates["seal"].pk
    proof = keys.proof("son", wanted_from_signer(letter, own))
    letter = sign(actor=office.who("son"), at=AT, document=letter, certificate=own, proof=proof)
    letter = number(actor=office.who("hoa"), at=AT, document=letter)
    assert [one.file.name for one in annexes_to_sign(letter)] == ["phu-luc-1.pdf"]
    proof = keys.proof("hoa", wanted_from_clerk(letter, agency))
    return seal(actor=office.who("hoa"), at=AT, document=letter, certificate=agency, proof=proof)


def test_annexes_in_pdf_are_signed_with_the_letter_by_one_proof_and_others_go_as_they_are(
    keys: Keys, tmp_path: Path
) -> None:
    image, theirs = picture((9, 9, 9), is_round=True), content_of(keys.signed(keys.by_son(keys.draft()), "son"))
    letter = sealed_with_annexes(keys, {"phu-luc-1.pdf": paper(), "mau.png": image, "goc.pdf": theirs})
    annex, *others = files_to_send(letter)[1:]
    found = judged(open_blob(annex.pk).read_bytes(), tmp_path)
    assert (found.verdict, [one.organisation for one in found.signatures]) == ("valid", ["Sở Khoa học và Công nghệ"])
    assert [open_blob(one.pk).read_bytes() for one in others] == [image, theirs]
    roles = [act.role for act in acts_about(letter.ref)]
    assert roles[1:] == ["chữ ký số của cơ quan", "chữ ký số của cơ quan trên phụ lục là tệp riêng"]
    proved = proved_by_code(issue(actor=keys.cast.actor("hoa"), at=AT, document=letter).proof_code or "")
    assert proved and [one.how for one in proved.signers] == roles[:2]
    seal_act = Act.objects.get(role="seal")
    wanted = Wanted(letter.ref, annex.pk, seal_act.certificate_id, "co_quan_2", role=ATTACHMENT, corner="x")
    with pytest.raises(Refused, match="một văn bản"):
        sign_beside(actor=keys.cast.actor("hoa"), at=AT + timedelta(seconds=1), wanted=wanted, act=seal_act)


def test_a_letter_on_paper_takes_no_electronic_seal_and_only_a_scan_in_pdf(keys: Keys) -> None:
    office = Office(keys.cast)
    letter = office.approved()
    picture = keys.certificates["son"].picture
    with pytest.raises(Refused):
        sign_on_paper(actor=office.who("lan"), at=AT, document=letter)
    with pytest.raises(Refused):
        sign_on_paper(actor=office.who("hoa"), at=AT, document=letter, scan=picture)
    letter = number(
        actor=office.who("hoa"), at=AT, document=sign_on_paper(actor=office.who("hoa"), at=AT, document=letter)
    )
    agency = keys.certificates["seal"].pk
    with pytest.raises(WrongState, match="bằng tay"):
        seal(actor=office.who("hoa"), at=AT, document=letter, certificate=agency, proof=None)  # type: ignore[arg-type]


def test_without_a_certificate_nothing_is_drawn_until_the_clerk_does(office: Office) -> None:
    letter = office.approved()
    with pytest.raises(WrongState, match="dựng trang"):
        wanted_from_signer(letter, 1)
    letter = make_paper(actor=office.who("hoa"), at=AT, document=letter)
    assert letter.paper_id and ("approve", "Giám đốc") in work(letter)
