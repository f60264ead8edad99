"""A key that never leaves its token (PKCS#11), here SoftHSM's."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from django.conf import settings

from tests.cast import AT
from tests.signing.papers import Office, content_of, judged
from tram.kernel.verdicts import Invalid
from tram.signing.commands.certificates import enrol_certificate, withdraw_certificate
from tram.signing.queries import home, own_certificates, seals_of
from tram.signing.rules.secrets import key_password

MODULE = next(
    (str(path) for path in (*Path("/usr/lib").glob("*/softhsm/libsofthsm2.so"), Path("/usr/lib/softhsm/libsofthsm2.so")) if path.exists()),
    "",
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    not MODULE or shutil.which("softhsm2-util") is None, reason="Máy chưa có thiết bị khóa mềm: apt install softhsm2"
)
PIN = "246810"


def token_of(office: Office, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pin: str = "") -> None:
    """Move a person's test key into a token: the file is gone afterwards."""
    config = tmp_path / "softhsm2.conf"
    (tmp_path / "tokens").mkdir()
    config.write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    monkeypatch.setattr(settings, "TRAM_TOKEN_MODULES", [MODULE])
    certificate = office.certificate(who)
    packed = home() / "keys" / certificate.place["file"]
    key, made, _ = pkcs12.load_key_and_certificates(
        packed.read_bytes(), key_password(str(settings.SECRET_KEY)).encode()
    )
    assert key is not None and made is not None
    pem = tmp_path / "key.pem"
    pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for words in (
        ["--init-token", "--free", "--label", "tram", "--pin", PIN, "--so-pin", "1357"],
        ["--import", str(pem), "--token", "tram", "--label", who, "--id", "A1", "--pin", PIN],
    ):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, env=os.environ)
    pem.unlink()
    packed.unlink()
    quan = office.cast.actor("quan")
    withdraw_certificate(actor=quan, at=AT, certificate=certificate, reason="Chuyển vào thiết bị")
    office.certificates[who] = enrol_certificate(
        actor=quan, at=AT, content=_pem(made), agency=certificate.agency, account=certificate.account, keeper="token",
        place={"module": MODULE, "token": "tram", "key": who}, secret=pin,
    )  # fmt: skip


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def test_a_token_signs_with_its_pin_and_only_with_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_of(office, "son", tmp_path, monkeypatch)
    assert [row.needs_pin for row in own_certificates(office.cast.son, AT)] == [True]
    file = office.draft()
    with pytest.raises(Invalid, match="Nhập mã PIN"):
        office.signed(office.by_son(file), "son")
    with pytest.raises(Invalid, match="PIN của thiết bị lưu khóa không đúng"):
        office.signed(office.by_son(file), "son", pin="999999")
    act = office.signed(office.by_son(file, lasts=True), "son", pin=PIN)
    found = judged(content_of(act), tmp_path)
    assert (found.verdict, found.signatures[0].level) == ("valid", "B-LTA")


def test_a_token_that_is_not_there_is_told_and_a_seal_may_keep_its_pin(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token_of(office, "seal", tmp_path, monkeypatch, pin=PIN)
    assert [row.needs_pin for row in seals_of(office.cast.units["skhcn"].pk, AT)] == [False]
    office.signed(office.by_seal(office.draft(), fills=()), "hoa")
    shutil.rmtree(tmp_path / "tokens")
    (tmp_path / "tokens").mkdir()
    with pytest.raises(Invalid, match="Không thấy thiết bị lưu khóa"):
        office.signed(office.by_seal(office.draft(), fills=()), "hoa", AT + timedelta(minutes=1))
