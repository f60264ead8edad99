"""Certificates: the test authority, enrolling, how a signature looks, ceasing to use one."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from tram.audit.commands import atomic, record
from tram.files.queries import opened
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid, WrongState
from tram.signing.models import Certificate
from tram.signing.policy import may_administer, may_found, may_set_picture
from tram.signing.queries import home, must_be_loadable, trusted
from tram.signing.rules import authority
from tram.signing.rules.secrets import key_password, seal
from tram.signing.rules.trust import called, is_test
from tram.signing.states import KEEPERS

NOT_A_CERTIFICATE = (
    "Tệp này không phải một chứng thư số (X.509, dạng PEM hoặc DER). Xuất lại chứng thư từ thiết bị rồi tải lên."
)
NOT_TRUSTED = (
    "Nơi cấp “{issuer}” chưa có trong danh sách tin cậy. Thêm chứng thư của nơi cấp vào thư mục {folder} trước."
)
NOT_A_PICTURE = "Ảnh chữ ký hoặc dấu là tệp PNG nền trong suốt. Chọn tệp PNG khác."
TAKEN = "Chứng thư này đã được đăng ký và đang dùng."
WITHDRAWN = "Chứng thư này đã ngừng dùng từ trước."


def _password() -> str:
    return key_password(str(settings.SECRET_KEY))


@atomic
def found_test_authority(*, actor: Actor, at: datetime) -> None:
    """Make the installation's own test authority; nothing when it is there. Its keys never leave the data folder."""
    may_found(actor).or_refuse()
    folder = home() / "test"
    if (folder / "stamps.pem").exists():
        return
    authority.found(folder, _password())
    _write_lists(at)
    record(actor=actor, at=at, what="signing.authority_founded", about="signing.authority/0", agency=0)


@atomic
def issue_test_certificate(
    *, actor: Actor, at: datetime, name: str, agency: int, agency_name: str, account: Account | None = None,
    title: str = "", since: datetime, until: datetime,
) -> Certificate:  # fmt: skip
    """A certificate without legal value for a person (with `account` and `title`) or an agency's seal, and its key file."""
    may_administer(actor, agency, local_day(at)).or_refuse()
    made = authority.issue(
        home() / "test", _password(), name=name, agency=agency_name, title=title if account else "", since=since, until=until
    )  # fmt: skip
    keys = home() / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    certificate = x509.load_der_x509_certificate(made.certificate)
    file = f"{certificate.fingerprint(SHA256()).hex()}.p12"
    with open(os.open(keys / file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as kept:
        kept.write(made.pkcs12)
    return _enrolled(actor, at, certificate, agency, account, "file", {"file": file}, _password())


@atomic
def enrol_certificate(
    *, actor: Actor, at: datetime, content: bytes, agency: int, account: Account | None = None, keeper: str,
    place: dict[str, Any] | None = None, secret: str = "",
) -> Certificate:  # fmt: skip
    """Enrol a certificate (PEM or DER) whose key lies in a token or with a service far away.

    `place`: {"module", "token", "key"} for a token; `secret`: its PIN, when an agency's seal is to sign unattended.
    Raises Invalid for what is no certificate, is of no trusted authority, or lies behind a module that the machine does
    not load; WrongState when it is in use.
    """
    may_administer(actor, agency, local_day(at)).or_refuse()
    certificate = _read(content)
    names = {one.name for one in trusted()} | {_common(one.pem) for one in trusted()}
    if called(certificate.issuer) not in names:
        raise Invalid({"content": NOT_TRUSTED.format(issuer=called(certificate.issuer), folder=home() / "authorities")})
    if keeper not in KEEPERS or (keeper == "token" and not {"module", "token", "key"} <= set(place or {})):
        raise Invalid({"keeper": "Chọn nơi giữ khóa; với thiết bị cần tên mô-đun, tên thiết bị và tên khóa."})
    if keeper == "token":
        must_be_loadable((place or {})["module"])
    return _enrolled(actor, at, certificate, agency, account, keeper, place or {}, secret)


@atomic
def set_picture(*, actor: Actor, at: datetime, certificate: Certificate, file: UUID) -> None:
    """How the signature looks: a PNG (blue handwriting, red seal) that the actor may open. Raises Invalid for others."""
    may_set_picture(actor, certificate, local_day(at)).or_refuse()
    card = opened(actor, file, at)
    if card.kind != "png":
        raise Invalid({"file": NOT_A_PICTURE})
    Certificate.objects.filter(pk=certificate.pk).update(picture=file)
    certificate.picture_id = file
    record(
        actor=actor, at=at, what="signing.picture_set", about=certificate.ref, agency=certificate.agency,
        name=certificate.name, sha256=card.sha256,
    )  # fmt: skip


@atomic
def withdraw_certificate(
    *, actor: Actor, at: datetime, certificate: Certificate, reason: str, is_compromised: bool = False
) -> None:
    """Cease to use a certificate from now on; what it signed stays. Raises WrongState when that was done before.

    `is_compromised`: the key may be in other hands; a test certificate is then revoked by its authority too.
    """
    may_administer(actor, certificate.agency, local_day(at)).or_refuse()
    revoked = {"revoked_at": at} if is_compromised else {}
    living = Certificate.objects.filter(pk=certificate.pk, withdrawn_at=None)
    if not living.update(withdrawn_at=at, withdrawn_for=reason[:200], **revoked):
        raise WrongState(WITHDRAWN)
    if is_compromised and certificate.is_test:
        _write_lists(at)
    record(
        actor=actor, at=at, what="signing.certificate_withdrawn", about=certificate.ref, agency=certificate.agency,
        name=certificate.name, reason=reason, is_compromised=is_compromised,
    )  # fmt: skip


def _enrolled(
    actor: Actor, at: datetime, certificate: x509.Certificate, agency: int, account: Account | None, keeper: str,
    place: dict[str, Any], secret: str,
) -> Certificate:  # fmt: skip
    fingerprint = certificate.fingerprint(SHA256()).hex()
    if Certificate.objects.filter(fingerprint=fingerprint, withdrawn_at=None).exists():
        raise WrongState(TAKEN)
    row = Certificate.objects.create(
        account=account, agency=agency, name=called(certificate.subject)[:200], issuer=called(certificate.issuer)[:200],
        serial=f"{certificate.serial_number:x}"[:50], fingerprint=fingerprint,
        der=certificate.public_bytes(Encoding.DER), since=certificate.not_valid_before_utc,
        until=certificate.not_valid_after_utc, is_test=is_test(certificate), keeper=keeper, place=place,
        secret=seal(secret, str(settings.SECRET_KEY)) if secret else b"", enrolled_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="signing.certificate_enrolled", about=row.ref, agency=agency, name=row.name,
        until=local_day(row.until), serial=row.serial, account=account.pk if account else None,
    )  # fmt: skip
    return row


def _write_lists(at: datetime) -> None:
    """The test authority's revocation lists as they stand, beside its certificates, for whoever verifies."""
    for number, content in enumerate(lists_at(at)):
        fresh: Path = home() / "test" / f"{number}.new"
        fresh.write_bytes(content)
        fresh.replace(fresh.with_suffix(".crl"))


def lists_at(at: datetime) -> list[bytes]:
    """The test authority's revocation lists (DER) at an hour."""
    rows = Certificate.objects.filter(is_test=True, revoked_at__lte=at).values_list("serial", "revoked_at")
    revoked = {int(serial, 16): since for serial, since in rows if since}
    return authority.revocation_lists(home() / "test", _password(), at, revoked)


def _read(content: bytes) -> x509.Certificate:
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise Invalid({"content": NOT_A_CERTIFICATE}) from error


def _common(pem: str) -> str:
    return called(x509.load_pem_x509_certificate(pem.encode()).subject)
