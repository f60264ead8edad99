"""The list of authorities that this installation trusts: certificates in folders, and what is said of them beside.

A folder may hold `authorities.yaml`: fingerprint (SHA-256, hex) -> name, since, until (outside these an authority is not
trusted although its certificate lasts longer), stamps (address of its time-stamps, RFC 3161). `*.crl` beside are its
revocation lists, known without asking anybody. Law: NĐ 23/2025/NĐ-CP (trust services), NĐ 68/2024/NĐ-CP (official duty).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tram.signing.rules.authority import MARK, NO_VALUE

KINDS = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True, slots=True)
class Authority:
    """Nơi cấp chứng thư được tin cậy, trong khoảng thời gian được tin."""

    name: str
    fingerprint: str
    pem: str
    since: datetime
    until: datetime
    is_root: bool
    is_test: bool
    stamps: str = ""


def authorities(*folders: Path) -> list[Authority]:
    """Every authority in the folders, roots first, then by name. What cannot be read as a certificate is passed over."""
    found: dict[str, Authority] = {}
    for folder in folders:
        said = _said(folder)
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            certificate = _read(path) if path.suffix.lower() in KINDS else None
            if certificate is not None:
                told = certificate.fingerprint(SHA256()).hex()
                found.setdefault(told, _authority(certificate, told, said.get(told, {})))
    return sorted(found.values(), key=lambda one: (not one.is_root, one.name))


def lists(*folders: Path) -> list[str]:
    """Revocation lists (DER, hex) that lie in the folders."""
    return [path.read_bytes().hex() for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.crl"))]


def periods(trusted: list[Authority]) -> dict[str, list[str]]:
    """Fingerprint -> [since, until] of every authority, as ISO words."""
    return {one.fingerprint: [one.since.isoformat(), one.until.isoformat()] for one in trusted}


def is_test(certificate: x509.Certificate) -> bool:
    """Whether a certificate says of itself that it is a test."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == f"{MARK}. {NO_VALUE}" for unit in units)


def called(name: x509.Name) -> str:
    """What a name calls somebody."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _authority(certificate: x509.Certificate, fingerprint: str, said: dict[str, Any]) -> Authority:
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return Authority(
        name=str(said.get("name") or called(certificate.subject)), fingerprint=fingerprint,
        pem=certificate.public_bytes(Encoding.PEM).decode(), since=max(since, _day(said.get("since")) or since),
        until=min(until, _day(said.get("until")) or until), is_root=certificate.issuer == certificate.subject,
        is_test=is_test(certificate), stamps=str(said.get("stamps", "")),
    )  # fmt: skip


def _read(path: Path) -> x509.Certificate | None:
    content = path.read_bytes()
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError:
        return None


def _said(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "authorities.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
    return told if isinstance(told, dict) else {}


def _day(told: Any) -> datetime | None:
    return datetime(told.year, told.month, told.day, tzinfo=UTC) if isinstance(told, date) else None
