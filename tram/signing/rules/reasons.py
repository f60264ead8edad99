"""From what the validator found to sentences: each AdES indication becomes one of our reasons, with its dates."""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic

from tram.kernel.clock import local
from tram.signing.rules.words import REASONS

BY_INDICATION: dict[AdESSubIndic, str] = {
    AdESFailure.HASH_FAILURE: "changed",
    AdESFailure.SIG_CRYPTO_FAILURE: "forged",
    AdESFailure.FORMAT_FAILURE: "format",
    AdESFailure.REVOKED: "revoked",
    AdESFailure.NOT_YET_VALID: "early",
    AdESIndeterminate.NOT_YET_VALID: "early",
    AdESIndeterminate.EXPIRED: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: "expired",
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: "expired",
    AdESIndeterminate.REVOKED_NO_POE: "revoked_unproven",
    AdESIndeterminate.REVOKED_CA_NO_POE: "issuer_revoked",
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "untrusted",
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: "format",
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: "unknown_status",
    AdESIndeterminate.TRY_LATER: "unknown_status",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "usage",
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: "usage",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak",
    AdESIndeterminate.TIMESTAMP_ORDER_FAILURE: "order",
}
BROKEN = {"changed", "forged", "uncovered", "altered", "revoked", "early", "format", "withdrawn", "usage"}
"""Reasons that make a signature invalid; the others leave it without sufficient ground."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the validator found about one signature."""

    indication: AdESSubIndic
    certificate: x509.Certificate
    signed_at: datetime | None
    revoked_since: datetime | None
    algorithm: str


def reasons_of(found: Finding) -> list[str]:
    """The names of reasons (keys of words.REASONS), none when the signature holds."""
    name = BY_INDICATION.get(found.indication, "other")
    at, certificate = found.signed_at, found.certificate
    if name == "expired" and at is not None and at < certificate.not_valid_before:
        name = "early"
    if name in ("revoked", "revoked_unproven") and found.revoked_since is None:
        name = "unknown_status"
    return [name]


def sentence(name: str, found: Finding, **facts: str) -> str:
    """A reason with its dates and names filled in."""
    known = {
        "issuer": common_name(found.certificate.issuer),
        "since": day(found.revoked_since if "revoked" in name else found.certificate.not_valid_before),
        "until": day(found.certificate.not_valid_after),
        "algorithm": found.algorithm,
        "name": getattr(found.indication, "standard_name", str(found.indication)),
        "what": "",
        "why": "",
    }
    return REASONS[name].format(**{**known, **facts})


def common_name(name: x509.Name) -> str:
    """What a name calls somebody: the common name, else all of it."""
    parts = name.native
    return str(parts.get("common_name") or name.human_friendly)


def day(at: datetime | None) -> str:
    """A moment as a Vietnamese day and hour."""
    return local(at).strftime("%d/%m/%Y %H:%M") if at else "không rõ ngày"
