"""Signing: the person first, then number, day and seal in one breath; who may, with what proof, and what stays."""

import shutil
import subprocess
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import AT, PASSWORD
from tests.identity.people import enter, row_of
from tests.signing.papers import ABOUT, Office, content_of, judged
from tram.audit.models import Event
from tram.identity.commands.entering import FreshProof, Shown, prove_for
from tram.identity.models import Proof
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.organisation.commands.posts import end_appointment
from tram.organisation.models import Appointment
from tram.signing.commands.certificates import withdraw_certificate
from tram.signing.commands.sign import sign
from tram.signing.commands.wanted import Capacity, Wanted
from tram.signing.models import Act
from tram.signing.queries import acts_about, acts_behind

YEARS_LATER = AT + timedelta(days=3650)


def test_a_letter_is_signed_numbered_and_sealed_and_both_signatures_hold(office: Office, tmp_path: Path) -> None:
    act = office.issued()
    found = judged(content_of(act), tmp_path)
    person, seal = found.signatures
    assert (found.verdict, person.verdict, seal.verdict) == ("valid", "valid", "valid"), found
    assert (person.signer, person.title, person.organisation) == (
        "Nguyễn Văn Sơn",
        "Giám đốc",
        "Sở Khoa học và Công nghệ",
    )
    assert (person.level, seal.level) == ("B-LTA", "B-LTA")
    assert person.signed_at == AT and seal.signed_at == AT + timedelta(minutes=10)
    assert person.certifies and not person.locks and seal.locks
    assert person.is_allowed_change and "điền ô dành sẵn" in person.changes
    assert seal.is_allowed_change and "chỉ thêm dữ liệu kiểm tra và dấu thời gian" in seal.changes
    assert person.is_test and "không có giá trị pháp lý" in found.summary
    assert [one.holds for one in found.stamps] == [True]


def test_it_holds_years_later_when_certificate_and_lists_have_run_out(office: Office, tmp_path: Path) -> None:
    content = content_of(office.issued())
    for file in (tmp_path / "data/signing/test").glob("*.crl"):
        file.unlink()
    found = judged(content, tmp_path, YEARS_LATER)
    assert found.verdict == "valid", [one.reasons for one in found.signatures]


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="Máy chưa có pdfsig: apt install poppler-utils")
def test_poppler_finds_both_signatures_valid(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "van-ban.pdf"
    path.write_bytes(content_of(office.issued()))
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 2, told
    assert told.count("Signature Type: ETSI.CAdES.detached") == 2


def test_the_act_keeps_who_from_which_post_over_which_bytes(office: Office) -> None:
    act = office.issued()
    first, second = acts_about(ABOUT)
    assert (first.signer, first.title, first.unit) == ("Nguyễn Văn Sơn", "Giám đốc", "Sở Khoa học và Công nghệ")
    assert (second.signer, second.title, second.role) == ("Trần Thị Hoa", "Văn thư", "chữ ký số của cơ quan")
    assert first.after == second.before and first.proved_by == "mật khẩu"
    assert second.after == sha256(content_of(act)).hexdigest()
    assert acts_behind([second.after]) == [second]
    assert Event.objects.get(what="signing.signed", detail__after=second.after).about == ABOUT


def test_the_database_refuses_to_change_an_act(office: Office) -> None:
    office.certificate("son")
    office.signed(office.by_son(office.draft()), "son")
    for words in ("UPDATE signing_act SET post_title = 'Chủ tịch'", "DELETE FROM signing_act", "TRUNCATE signing_act"):
        refused = pytest.raises(DatabaseError, match="không được sửa hay xóa")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(words)


def test_it_holds_after_the_signer_has_left_the_post_and_he_signs_no_more(office: Office, tmp_path: Path) -> None:
    act, later = office.issued(), AT + timedelta(days=40)
    seat = Appointment.objects.get(post=office.cast.posts["son"])
    end_appointment(actor=office.cast.actor("quan"), at=AT, appointment=seat, until=(AT + timedelta(days=20)).date())
    assert judged(content_of(act), tmp_path, later).verdict == "valid"
    assert acts_about(ABOUT)[0].title == "Giám đốc"
    with pytest.raises(Refused, match="Chọn tư cách"):
        office.signed(office.by_son(office.draft()), "son", later)


def test_without_a_fresh_proof_nothing_is_signed(office: Office) -> None:
    office.certificate("son")
    wanted, son = office.by_son(office.draft()), office.cast.son
    row = row_of(enter("son", PASSWORD, at=AT))
    elsewhere = prove_for(
        actor=son, at=AT, sign_in=row, purpose="signing.sign:documents.outgoing/13", shown=Shown(PASSWORD)
    )
    for proof in (FreshProof(row), FreshProof(row, "doan-mo"), elsewhere):
        with pytest.raises(Refused, match="Xác nhận lại danh tính"):
            sign(actor=son, at=AT, wanted=wanted, proof=proof)
    assert not Act.objects.exists()


def test_a_proof_is_kept_for_another_try_when_nothing_came_of_it(office: Office) -> None:
    office.certificate("son")
    wanted = office.by_son(office.draft(), field="khong_co")
    proof = office.proof("son", wanted)
    with pytest.raises(Invalid, match="không có ô ký"):
        sign(actor=office.cast.son, at=AT, wanted=wanted, proof=proof)
    assert Proof.objects.get(purpose=wanted.purpose).spent_at is None


def test_nobody_signs_with_what_is_anothers(office: Office) -> None:
    office.certificate("son")
    office.certificate("seal")
    file = office.draft()
    for who, wanted, why in (
        ("hoa", office.by_son(file), "chủ chứng thư"), ("hung", office.by_son(file), "chủ chứng thư"),
        ("tuan", office.by_seal(file), "Chỉ văn thư"), ("son", office.by_seal(file), "Chỉ văn thư"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            office.signed(wanted, who)


def test_who_signs_for_another_says_by_what_right(office: Office) -> None:
    office.certificates["son"] = office.certificate("hung")
    file = office.draft()
    with pytest.raises(Invalid, match="cần căn cứ"):
        office.signed(office.by_son(file, capacity=Capacity("KT.")), "hung")
    with pytest.raises(Invalid, match="Tư cách ký"):
        office.signed(office.by_son(file, capacity=Capacity("KTT.")), "hung")
    ground = Capacity(
        "KT.", "Quyết định phân công số 12/QĐ-SKHCN", ("organisation.post/4", "12/QĐ-SKHCN ngày 02/01/2026")
    )
    office.signed(office.by_son(file, capacity=ground), "hung")
    act = acts_about(ABOUT)[0]
    assert (act.capacity, act.authority, act.evidence) == ("KT.", ground.authority, ground.evidence)


def test_a_field_is_signed_once_and_after_the_seal_nothing_is_added(office: Office) -> None:
    office.certificate("son")
    office.certificate("seal")
    file = office.draft()
    first = office.signed(office.by_son(file), "son")
    with pytest.raises(WrongState, match="đã được ký"):
        office.signed(office.by_son(file), "son")
    sealed = office.signed(office.by_seal(first.result_id), "hoa")
    with pytest.raises(Invalid, match="đã khóa"):
        office.signed(office.by_seal(sealed.result_id, field="khac", corner="15/SKHCN-BCVT", fills=()), "hoa")


def _withdrawn(office: Office, *, is_compromised: bool) -> None:
    withdraw_certificate(
        actor=office.cast.actor("quan"), at=AT, certificate=office.certificates["son"], reason="Mất thiết bị",
        is_compromised=is_compromised,
    )  # fmt: skip


def test_a_certificate_out_of_its_days_or_withdrawn_signs_nothing(office: Office) -> None:
    day = timedelta(days=1)
    for since, until, why in ((AT - 9 * day, AT - day, "hết hạn"), (AT + day, AT + 9 * day, "chưa có hiệu lực")):
        office.certificate("son", since, until)
        with pytest.raises(Invalid, match=why):
            office.signed(office.by_son(office.draft()), "son")
    office.certificate("son")
    _withdrawn(office, is_compromised=False)
    with pytest.raises(Invalid, match="đã ngừng dùng: Mất thiết bị"):
        office.signed(office.by_son(office.draft()), "son")


def test_what_was_signed_before_a_revocation_still_holds_and_a_backdated_one_does_not(
    office: Office, tmp_path: Path
) -> None:
    office.certificate("son")
    before = content_of(office.signed(office.by_son(office.draft(), lasts=True), "son", AT - timedelta(hours=1)))
    _withdrawn(office, is_compromised=True)
    assert judged(before, tmp_path).verdict == "valid"


def test_two_wishes_for_one_seal_differ_in_role(office: Office) -> None:
    office.certificate("son")
    wanted: Wanted = office.by_son(office.draft(), role="seal")
    with pytest.raises(Invalid, match="Chứng thư cá nhân"):
        office.signed(wanted, "son")
