"""The installation's own test authority: root, issuing authority, time-stamps and revocation lists, kept in one folder.

Everything it issues says in its own name that it is a test without legal value, so that nobody takes it for a
certificate of Ban Cơ yếu Chính phủ (NĐ 68/2024/NĐ-CP) or of a licensed provider (NĐ 23/2025/NĐ-CP).
Sources: RFC 5280 (certificates, revocation lists), RFC 3161 (time-stamps), PKCS#12 (RFC 7292).
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARK = "CHỨNG THƯ THỬ"
NO_VALUE = "Không có giá trị pháp lý"
FOUNDED = datetime(2000, 1, 1, tzinfo=UTC)
LASTS_UNTIL = datetime(2060, 1, 1, tzinfo=UTC)
ROOT, ISSUER, STAMPS = "root", "issuer", "stamps"
NAMES = {ROOT: "Gốc", ISSUER: "Cấp cho cơ quan nhà nước", STAMPS: "Dấu thời gian"}
CURRENT = timedelta(days=7)
"""How long a revocation list says that it is good."""


@dataclass(frozen=True, slots=True)
class Issued:
    """Chứng thư vừa cấp: the certificate (DER) and its key with the chain (PKCS#12, encrypted)."""

    certificate: bytes
    pkcs12: bytes


def found(folder: Path, password: str) -> None:
    """Make the authority where it is not yet. Its keys lie encrypted and readable by the installation alone."""
    if (folder / f"{STAMPS}.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = {who: rsa.generate_private_key(public_exponent=65537, key_size=2048) for who in NAMES}
    for who, key in keys.items():
        _keep_key(folder / f"{who}.key", key, password)
    for who, by in ((ROOT, ROOT), (ISSUER, ROOT), (STAMPS, ISSUER)):
        built = _begun(_name(NAMES[who]), _name(NAMES[by]), keys[who].public_key(), keys[by].public_key())
        built = built.not_valid_before(FOUNDED).not_valid_after(LASTS_UNTIL)
        built = _stamping(built) if who == STAMPS else _certifying(built, deep=who == ROOT)
        (folder / f"{who}.pem").write_bytes(built.sign(keys[by], SHA256()).public_bytes(Encoding.PEM))


def issue(
    folder: Path, password: str, *, name: str, agency: str, title: str = "", since: datetime, until: datetime
) -> Issued:
    """A certificate for a person (`title` of their post) or, without a title, for an agency's seal.

    The PKCS#12 file is encrypted with the same password as the authority's keys.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer = certificate_of(folder, ISSUER)
    by = _key_of(folder, ISSUER, password)
    built = _begun(_name(name, agency, title), issuer.subject, key.public_key(), by.public_key())
    built = built.not_valid_before(since).not_valid_after(until)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    made = built.sign(by, SHA256())
    chain = [issuer, certificate_of(folder, ROOT)]
    packed = pkcs12.serialize_key_and_certificates(
        name.encode(), key, made, chain, BestAvailableEncryption(password.encode())
    )
    return Issued(made.public_bytes(Encoding.DER), packed)


def revocation_lists(folder: Path, password: str, at: datetime, revoked: dict[int, datetime]) -> list[bytes]:
    """Lists (DER) of root and issuing authority as they stand at a moment; `revoked`: serial number -> since when."""
    lists = []
    for who, numbers in ((ROOT, {}), (ISSUER, revoked)):
        built = x509.CertificateRevocationListBuilder().issuer_name(certificate_of(folder, who).subject)
        built = built.last_update(at).next_update(at + CURRENT)
        built = built.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        by = _key_of(folder, who, password)
        built = built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        for number, since in numbers.items():
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(since)
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            built = built.add_revoked_certificate(entry.build())
        lists.append(built.sign(by, SHA256()).public_bytes(Encoding.DER))
    return lists


def certificate_of(folder: Path, who: str) -> x509.Certificate:
    """The certificate of "root", "issuer" or "stamps"."""
    return x509.load_pem_x509_certificate((folder / f"{who}.pem").read_bytes())


def plain_key(folder: Path, who: str, password: str) -> bytes:
    """A key of the authority as PKCS#8, unencrypted: for the memory of the process that signs, never for a disk."""
    return _key_of(folder, who, password).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _key_of(folder: Path, who: str, password: str) -> rsa.RSAPrivateKey:
    key = load_der_private_key((folder / f"{who}.key").read_bytes(), password.encode())
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _keep_key(place: Path, key: rsa.RSAPrivateKey, password: str) -> None:
    packed = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode()))
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(packed)


def _name(common: str, agency: str = "", title: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, (agency or f"Trạm, {MARK.lower()}")[:64]),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{MARK}. {NO_VALUE}"),
    ]
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, title[:64]))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _begun(
    subject: x509.Name, issuer: x509.Name, public: rsa.RSAPublicKey, by: rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    built = built.serial_number(x509.random_serial_number())
    built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by), critical=False)


def _certifying(built: x509.CertificateBuilder, *, deep: bool) -> x509.CertificateBuilder:
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=1 if deep else 0), critical=True)
    return built.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)


def _stamping(built: x509.CertificateBuilder) -> x509.CertificateBuilder:
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(_usage(digital_signature=True), critical=True)
    return built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)


def _usage(**uses: bool) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{use: uses.get(use, False) for use in every})
