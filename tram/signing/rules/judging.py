"""Judging the signatures of a PDF, ours or foreign: who, when, by whose clock, under which chain, and what came after.

Nothing is fetched: an address inside a foreign file is never called. What the file itself does not prove, and our own
folder of authorities does not know, is not taken as proved.
Sources: ETSI EN 319 102-1 (validation), ISO 32000-2, 12.8.2 (allowed changes). Only the signing program imports this.
"""

import asyncio
import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_lta_validation,
    ades_timestamp_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, RevocationDetails, SignatureCoverageLevel
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from tram.signing.rules.authority import MARK
from tram.signing.rules.comparing import what_changed
from tram.signing.rules.reasons import BROKEN, Finding, common_name, day, reasons_of, sentence
from tram.signing.rules.reports import INVALID, UNSURE, VALID
from tram.signing.rules.trusting import SKEW, moment, spec_of, stamp_told, timing, with_states_of
from tram.signing.rules.words import ALLOWED, CHANGES, REASONS

OUTLIVED = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.TRY_LATER, AdESIndeterminate.NO_POE,
    AdESIndeterminate.EXPIRED, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE,
}  # fmt: skip


def judged(order: dict[str, Any]) -> dict[str, Any]:
    """The report (reports.Report as JSON values) on `source`, at the hour `at`, under the `trusted` authorities.

    `periods`: fingerprint of an authority -> [since, until], outside which it is not trusted; `lists`: revocation
    lists (DER, hex) known here.
    """
    content = Path(order["source"]).read_bytes()
    signatures: list[dict[str, Any]] = []
    stamps: list[dict[str, Any]] = []
    for found in _embedded(content):
        if isinstance(found, str):
            signatures.append(_unreadable(found))
        elif found.sig_object_type == "/DocTimeStamp":
            stamps.append(_document_stamp(found, order))
        else:
            signatures.append(_Judge(found, order).told())
    return {
        "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "checked_at": order["at"],
        "signatures": signatures, "stamps": stamps,
    }  # fmt: skip


def _embedded(content: bytes) -> Iterator[EmbeddedPdfSignature | str]:
    """Every signature of the file; only its field's name where it cannot be read."""
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    for name, _value, reference in enumerate_sig_fields(reader, filled_status=True):
        try:
            yield EmbeddedPdfSignature(reader, reference.get_object(), name)
        except Exception:
            yield name


class _Judge:
    """One signature, looked at from all sides."""

    def __init__(self, found: EmbeddedPdfSignature, order: dict[str, Any]) -> None:
        self.found, self.order, self.at = found, order, moment(order)
        self.certificate = found.signer_cert
        self.status: PdfSignatureStatus | None = None
        self.stamp: dict[str, Any] | None = None
        self.revoked_since: datetime | None = None
        self.indication: AdESSubIndic = AdESIndeterminate.GENERIC
        self._validate()
        claimed = found.self_reported_timestamp
        self.claimed_at = claimed.replace(tzinfo=self.at.tzinfo) if claimed and claimed.tzinfo is None else claimed
        self.signed_at = self.stamp["at"] if self.stamp and self.stamp["holds"] else self.claimed_at
        self.finding = Finding(
            self.indication, self.certificate, self.signed_at, self.revoked_since,
            found.md_algorithm,
        )  # fmt: skip

    def _validate(self) -> None:
        try:
            self.found.compute_integrity_info()
            result = asyncio.run(ades_lta_validation(self.found, spec_of(self.order), timing(self.order)))
            self.status, self.indication = result.api_status, result.ades_subindic
            self.stamp = self._stamp(result.signature_timestamp_status)
            if self.revoked is not None:
                self._weigh_revocation(self.revoked)
            elif self.indication in OUTLIVED:
                self._judge_as_it_was()
        except SignatureValidationError as error:
            self.indication = error.ades_subindication or AdESIndeterminate.GENERIC

    @property
    def revoked(self) -> RevocationDetails | None:
        """When and why the signer's certificate, or its issuer's, was revoked, as far as is known here."""
        return self.status.revocation_details if self.status else None

    def _weigh_revocation(self, revoked: RevocationDetails) -> None:
        """Signed before the revocation, and a good stamp proves it: the signature keeps its worth."""
        self.revoked_since = revoked.revocation_date
        proven = self.stamp["at"] if self.stamp and self.stamp["holds"] else None
        if proven is not None and proven < revoked.revocation_date:
            self._judge_as_it_was()
        elif revoked.ca_revoked:
            self.indication = AdESIndeterminate.REVOKED_CA_NO_POE
        else:
            self.indication = AdESFailure.REVOKED if proven else AdESIndeterminate.REVOKED_NO_POE

    def _judge_as_it_was(self) -> None:
        """The proofs that lie in the file have outlived themselves: they are judged as of the hour that a good stamp proves.

        Without this, a list of revocations issued an hour before signing would prove nothing a week later.
        """
        if self.stamp is None or not self.stamp["holds"]:
            return
        at = self.stamp["at"]
        result = asyncio.run(
            ades_with_time_validation(
                self.found.signed_data, with_states_of(self.found.reader, spec_of(self.order)).signature_validation_spec,
                timing_info=ValidationTimingInfo(at, at, point_in_time_validation=True), raw_digest=self.found.compute_digest(),
                extra_status_kwargs=self.found.summarise_integrity_info(), status_cls=PdfSignatureStatus,
            )
        )  # fmt: skip
        if result.ades_subindic == AdESPassed.OK:
            self.status, self.indication = result.api_status, AdESPassed.OK

    def _stamp(self, result: AdESBasicValidationResult[Any] | None) -> dict[str, Any] | None:
        told = next(iter(extract_tst_data_iter(self.found.signer_info, signed=False)), None)
        if told is None:
            return None
        holds = result is not None and result.ades_subindic == AdESPassed.OK
        return stamp_told(told, holds, result.ades_subindic if result else None)

    def names(self) -> list[str]:
        """The names of every reason why this signature does not hold."""
        names: list[str] = []
        coverage = self.found.coverage
        if self.indication != AdESPassed.OK:
            names += reasons_of(self.finding)
        elif coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            names.append("uncovered")
        elif self.status is None or not self.status.docmdp_ok:
            names.append("altered")
        if not names and self.stamp and not self.stamp["holds"]:
            names.append("stamp")
        if not names and self.signed_at and self.signed_at > self.at + SKEW:
            names.append("ahead")
        return names or self._withdrawn()

    def _withdrawn(self) -> list[str]:
        path = self.status.validation_path if self.status else None
        root = next(iter(path), None) if path else None
        period = self.order.get("periods", {}).get(root.sha256.hex() if root is not None else "", None)
        if not period or self.signed_at is None:
            return []
        since, until = (datetime.fromisoformat(one) if one else None for one in period)
        outside = (since and self.signed_at < since) or (until and self.signed_at > until)
        return ["withdrawn"] if outside else []

    def told(self) -> dict[str, Any]:
        """The row of the report."""
        names = self.names()
        verdict = VALID if not names else INVALID if set(names) & BROKEN else UNSURE
        parts = [CHANGES[one] for one in self._parts()] if "altered" in names else []
        subject = self.certificate.subject.native
        chain = [common_name(one.subject) for one in self._chain()]
        status, found = self.status, self.found
        level = status.modification_level if status else None
        return {
            "field": found.fq_name, "verdict": verdict,
            "reasons": [sentence(one, self.finding, what=", ".join(parts)) for one in names],
            "signer": common_name(self.certificate.subject), "title": str(subject.get("title", "")),
            "organisation": str(subject.get("organization_name", "")), "issuer": common_name(self.certificate.issuer),
            "serial": f"{self.certificate.serial_number:x}",
            "certificate_since": self.certificate.not_valid_before.isoformat(),
            "certificate_until": self.certificate.not_valid_after.isoformat(),
            "signed_at": _iso(self.signed_at), "claimed_at": _iso(self.claimed_at),
            "stamp": {**self.stamp, "at": _iso(self.stamp["at"])} if self.stamp else None,
            "chain": chain, "revocation": self._revocation(names), "level": self._level(),
            "covers_whole_file": found.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            "covers_its_revision": found.coverage is not None and found.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
            "changes": ALLOWED[level.name] if level is not None else "", "is_allowed_change": bool(status and status.docmdp_ok),
            "certifies": "/DocMDP" in str(found.sig_object.get("/Reference", "")), "locks": found.docmdp_level == MDPPerm.NO_CHANGES,
            "is_test": MARK in self.certificate.subject.human_friendly, "reason_given": str(found.sig_object.get("/Reason", "")),
        }  # fmt: skip

    def _parts(self) -> list[str]:
        try:
            return what_changed(self.found.reader, self.found.signed_revision)
        except Exception:
            return ["other"]

    def _chain(self) -> list[x509.Certificate]:
        path = self.status.validation_path if self.status else None
        return [one for one in path if isinstance(one, x509.Certificate)] if path else [self.certificate]

    def _revocation(self, names: list[str]) -> str:
        if self.revoked_since and self.indication == AdESPassed.OK:
            return f"Bị thu hồi từ {day(self.revoked_since)}, sau khi ký: chữ ký này vẫn giữ giá trị."
        if self.revoked_since:
            return f"Đã bị thu hồi từ {day(self.revoked_since)}."
        if self.indication == AdESPassed.OK:
            return "Chưa bị thu hồi vào lúc ký, có chứng cứ kèm trong tệp."
        return "Không rõ." if "unknown_status" in names else "Không kiểm tra được."

    def _level(self) -> str:
        """The PAdES level that the file carries, whether or not everything in it holds."""
        reader, revision = self.found.reader, self.found.signed_revision
        if self.stamp is None:
            return "B-B"
        if not _carries_states(reader):
            return "B-T"
        after = any(
            isinstance(one, EmbeddedPdfSignature) and one.sig_object_type == "/DocTimeStamp" and one.signed_revision > revision
            for one in reader.embedded_signatures
        )  # fmt: skip
        return "B-LTA" if after else "B-LT"


def _carries_states(reader: PdfFileReader) -> bool:
    store = reader.root["/DSS"] if "/DSS" in reader.root else {}  # noqa: SIM401 (pyHanko: get() leaves references)
    return bool(store.get("/CRLs") or store.get("/OCSPs"))


def _document_stamp(found: EmbeddedPdfSignature, order: dict[str, Any]) -> dict[str, Any]:
    told, holds = found.signed_data, False
    indication: AdESSubIndic | None = None
    try:
        found.compute_integrity_info()
        result = asyncio.run(
            ades_timestamp_validation(
                told, spec_of(order).signature_validation_spec, found.compute_digest, timing_info=timing(order)
            )
        )
        indication = result.ades_subindic
        covered = found.coverage is not None and found.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        holds = covered and indication == AdESPassed.OK
    except SignatureValidationError as error:
        indication = error.ades_subindication
    stamp = stamp_told(told, holds, indication)
    return {**stamp, "at": stamp["at"].isoformat()}


def _unreadable(field: str) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("signer", "title", "organisation", "issuer", "serial", "revocation", "level", "changes"), ""
    )
    never = dict.fromkeys(("certificate_since", "certificate_until", "signed_at", "claimed_at", "stamp"))
    no = dict.fromkeys(
        ("covers_whole_file", "covers_its_revision", "is_allowed_change", "certifies", "locks", "is_test"), False
    )
    told = {"field": field, "verdict": INVALID, "reasons": [REASONS["format"]], "chain": [], "reason_given": ""}
    return {**nothing, **never, **no, **told}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
