"""What a check of signatures tells, as plain rows: for the page, for `tram verify`, for other rooms."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

VALID, INVALID, UNSURE, UNSIGNED = "valid", "invalid", "unsure", "unsigned"
VERDICTS = {VALID: "Hợp lệ", INVALID: "Không hợp lệ", UNSURE: "Chưa đủ căn cứ", UNSIGNED: "Không có chữ ký số"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Dấu thời gian: whose clock says when; `holds` when its own signature and chain are good."""

    at: datetime
    by: str
    holds: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Một chữ ký trong tệp. Times carry their zone; `changes` says what was done to the file after signing."""

    field: str
    verdict: str
    reasons: list[str]
    signer: str
    title: str
    organisation: str
    issuer: str
    serial: str
    certificate_since: datetime
    certificate_until: datetime
    signed_at: datetime | None
    claimed_at: datetime | None
    stamp: Stamp | None
    chain: list[str]
    revocation: str
    level: str
    covers_whole_file: bool
    covers_its_revision: bool
    changes: str
    is_allowed_change: bool
    certifies: bool
    locks: bool
    is_test: bool
    reason_given: str = ""

    @property
    def verdict_words(self) -> str:
        """The verdict as people read it."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True, slots=True)
class Report:
    """Kết quả xác minh một tệp PDF."""

    sha256: str
    size: int
    checked_at: datetime
    verdict: str
    summary: str
    signatures: list[Signature] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)

    @property
    def verdict_words(self) -> str:
        """The verdict as people read it."""
        return VERDICTS[self.verdict]


def verdict_of(signatures: list[Signature]) -> str:
    """The file's verdict: one broken signature breaks it, one doubtful one leaves it in doubt."""
    found = {one.verdict for one in signatures}
    return next((word for word in (INVALID, UNSURE, VALID) if word in found), UNSIGNED)


def report_of(told: dict[str, Any]) -> Report:
    """A report as it came over the wire."""
    signatures = [
        Signature(**{**one, "stamp": _stamp(one["stamp"]), **_times(one, SIGNATURE_TIMES)})
        for one in told["signatures"]
    ]
    stamps = [stamp for one in told["stamps"] if (stamp := _stamp(one))]
    return Report(**{**told, "signatures": signatures, "stamps": stamps, **_times(told, ("checked_at",))})


SIGNATURE_TIMES = ("certificate_since", "certificate_until", "signed_at", "claimed_at")


def _times(told: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(told[name]) if told[name] else None for name in names}


def _stamp(told: dict[str, Any] | None) -> Stamp | None:
    return Stamp(**{**told, **_times(told, ("at",))}) if told else None
