"""Verifying: what is broken is said to be broken, with how; what nobody here can prove is not taken as proved."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import AT
from tests.signing.papers import Office, content_of, judged, letter
from tests.signing.tampering import ATTACKS, unsealed, wrapped
from tram.kernel.verdicts import Invalid
from tram.signing.commands.certificates import withdraw_certificate
from tram.signing.queries import trusted
from tram.signing.rules import authority


def test_whatever_is_done_to_a_sealed_letter_is_found_and_said(office: Office, tmp_path: Path) -> None:
    content = content_of(office.issued())
    wrong = []
    for name, (attack, words) in ATTACKS.items():
        found = judged(attack(content), tmp_path)
        said = [" ".join(one.reasons) for one in found.signatures]
        if found.verdict != "invalid" or not any(words in one for one in said):
            wrong.append(f"{name}: {found.verdict} {said}")
    assert not wrong, "\n".join(wrong)


def test_a_signature_taken_away_shows_in_the_other_one(office: Office, tmp_path: Path) -> None:
    found = judged(unsealed(content_of(office.issued())), tmp_path)
    assert found.verdict == "invalid"
    assert [one.field for one in found.signatures] == ["nguoi_ky"]
    assert "bớt chữ ký" in found.signatures[0].reasons[0]


def test_a_wrapped_signature_is_not_valid(office: Office, tmp_path: Path) -> None:
    found = judged(wrapped(content_of(office.issued())), tmp_path)
    assert found.verdict == "invalid", found


def test_every_single_byte_of_the_signed_range_counts(office: Office, tmp_path: Path) -> None:
    office.certificate("son")
    content = content_of(office.signed(office.by_son(office.draft()), "son"))
    for at in (12, len(letter()) // 3, len(letter()) - 40):
        bad = content[:at] + bytes([content[at] ^ 0x20]) + content[at + 1 :]
        try:
            verdict = judged(bad, tmp_path).verdict
        except Invalid:
            verdict = "invalid"
        assert verdict in ("invalid", "unsigned"), (at, verdict)


def test_a_signature_of_an_authority_that_we_do_not_trust_is_doubted(office: Office, tmp_path: Path) -> None:
    office.certificate("son")
    content = content_of(office.signed(office.by_son(office.draft()), "son"))
    folder = tmp_path / "data/signing/test"
    folder.rename(tmp_path / "xa-la")
    found = judged(content, tmp_path)
    assert (found.verdict, trusted()) == ("unsure", [])
    assert "không có trong danh sách tin cậy" in found.signatures[0].reasons[0]
    (tmp_path / "data/signing/authorities").mkdir(parents=True)
    for name in ("root", "issuer"):
        (tmp_path / f"xa-la/{name}.pem").rename(tmp_path / f"data/signing/authorities/{name}.crt")
    assert judged(content, tmp_path).verdict == "valid"


def test_an_authority_is_trusted_only_in_its_time(office: Office, tmp_path: Path) -> None:
    office.certificate("son")
    content = content_of(office.signed(office.by_son(office.draft()), "son"))
    root = next(one for one in trusted() if one.is_root)
    told = tmp_path / "data/signing/test/authorities.yaml"
    told.write_text(f"{root.fingerprint}: {{name: Gốc thử, until: 2026-01-01}}\n")
    found = judged(content, tmp_path)
    assert found.verdict == "invalid" and "không còn được tin cậy vào lúc ký" in found.signatures[0].reasons[0]


def test_a_revoked_certificate_is_told_with_its_day(office: Office, tmp_path: Path) -> None:
    office.certificate("son")
    act = office.signed(office.by_son(office.draft()), "son")
    withdraw_certificate(
        actor=office.cast.actor("quan"), at=AT - timedelta(days=2), certificate=office.certificates["son"],
        reason="Lộ khóa", is_compromised=True,
    )  # fmt: skip
    found = judged(content_of(act), tmp_path)
    assert found.verdict == "invalid"
    assert "thu hồi từ 14/11/2026 09:00" in " ".join(found.signatures[0].reasons), found.signatures


def test_a_clock_that_runs_wrong_is_told(office: Office, tmp_path: Path) -> None:
    office.certificate("son")
    content = content_of(office.signed(office.by_son(office.draft()), "son"))
    found = judged(content, tmp_path, AT - timedelta(days=3))
    assert found.verdict != "valid"
    assert found.signatures[0].reasons, found


def test_a_paper_without_signatures_and_what_is_no_paper(office: Office, tmp_path: Path) -> None:
    found = judged(letter(), tmp_path)
    assert (found.verdict, found.signatures) == ("unsigned", [])
    with pytest.raises(Invalid, match="không đọc được như một PDF"):
        judged(b"%PDF-1.7 nothing", tmp_path)
    with pytest.raises(Invalid, match="không đọc được như một PDF"):
        judged(io.BytesIO(b"\0" * 2000).read(), tmp_path)


def test_the_test_authority_names_itself_in_every_certificate(founded: Path) -> None:
    for who in ("root", "issuer", "stamps"):
        name = authority.certificate_of(founded, who).subject.rfc4514_string()
        assert "CHỨNG THƯ THỬ. Không có giá trị pháp lý" in name
        assert (founded / f"{who}.key").stat().st_mode & 0o077 == 0
