"""The official page: drawn once, signed by who approved it, number and day filled before the agency's seal locks them."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cast import AT
from tests.outgoing.office import Office, open_books, work
from tests.signing.conftest import founded
from tests.signing.papers import Office as Keys
from tests.signing.papers import judged
from tram.files.queries import open_blob
from tram.kernel.verdicts import Refused, WrongState
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import make_paper, seal, sign, sign_on_paper, wanted_from_clerk, wanted_from_signer
from tram.outgoing.states import State, Way
from tram.reading.queries import printed_text
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
