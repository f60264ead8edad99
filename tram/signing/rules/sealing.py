"""Signing with a key at hand: PAdES B-LT and B-LTA, at the hour of the act.

Sources: ETSI EN 319 142-1 (PAdES), RFC 3161 (time-stamps), ISO 32000-2, 12.8. Only the signing program imports this.
"""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from PIL import Image
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, PdfSigningSession, PreSignValidationStatus
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tram.signing.rules.keys import opened
from tram.signing.rules.reserving import fill, reserve
from tram.signing.rules.trusting import SKEW, certificates, moment, roots_and_others
from tram.signing.rules.words import Trouble

HASH = "sha256"


def reserved(order: dict[str, Any]) -> dict[str, Any]:
    """Add the fields of `fields` to `source`, as `target`."""
    with opened_pdf(order["source"]) as writer, open(order["target"], "wb") as target:
        reserve(writer, order["fields"])
        writer.write(target)
    return {"after": hash_of(order["target"])}


def seal(order: dict[str, Any]) -> dict[str, Any]:
    """Sign in one go. See orders.Seal and orders.Sealed."""
    chain = certificates(order["trusted"])
    with opened(order["key"], chain) as signer, opened_pdf(order["source"]) as writer:
        with explained():
            reserve(writer, order["fields"])
            fill(writer, order["fills"])
        desk = desk_of(order, signer)
        with open(order["target"], "w+b") as target, explained():
            asyncio.run(_sign(desk, writer, target, order))
        _check_signature(order, signer)
        return sealed(order, signer)


async def _sign(desk: PdfSigner, writer: IncrementalPdfFileWriter, target: Any, order: dict[str, Any]) -> None:
    """What PdfSigner.async_sign_pdf does, at the hour of the act rather than of the machine."""
    session, known = await begun(desk, writer, order)
    size = await session.estimate_signature_container_size(known)
    document = session.prepare_tbs_document(known, size)
    prepared, output = document.digest_tbs_document(output=target)
    attributes = PdfCMSSignedAttributes(signing_time=moment(order))
    signed = await document.perform_signature(prepared.document_digest, attributes)
    await signed.post_signature_processing(output)


async def begun(
    desk: PdfSigner, writer: IncrementalPdfFileWriter, order: dict[str, Any]
) -> tuple[PdfSigningSession, PreSignValidationStatus | None]:
    """The session in the reserved field, and the proofs that the certificates are good at the hour of the act."""
    refuse_locked(writer)
    session = desk.init_signing_session(writer, existing_fields_only=True)
    session.system_time = moment(order)
    return session, await session.perform_presign_validation(writer)


def refuse_locked(writer: IncrementalPdfFileWriter) -> None:
    """After a signature that locks, another one would break it. Raises Trouble."""
    for made in writer.prev.embedded_regular_signatures:
        if made.docmdp_level == MDPPerm.NO_CHANGES:
            raise Trouble("field_locked")


def desk_of(order: dict[str, Any], signer: Signer) -> PdfSigner:
    """How this signature is to be made."""
    stamps = stamper_of(order)
    meta = PdfSignatureMetadata(
        field_name=order["field"], md_algorithm=HASH, reason=order["reason"] or None, certify=order["certifies"],
        subfilter=SigSeedSubFilter.PADES, embed_validation_info=True, use_pades_lta=order["lasts"],
        validation_context=_context(order), docmdp_permissions=MDPPerm.FILL_FORMS if order["certifies"] else MDPPerm.NO_CHANGES,
        signer_key_usage={"digital_signature", "non_repudiation"}, dss_settings=DSSContentSettings(include_vri=False),
    )  # fmt: skip
    return PdfSigner(meta, signer, timestamper=stamps, stamp_style=_style(order["picture"]))


def _style(picture: str) -> StaticStampStyle:
    """The picture fills its field; without one the field stays as it is."""
    content = None
    if picture:
        content = ImportedPdfPage(picture) if picture.endswith(".pdf") else PdfImage(Image.open(picture))
    middle = AxisAlignment.ALIGN_MID
    layout = SimpleBoxLayoutRule(middle, middle, inner_content_scaling=InnerScaling.STRETCH_TO_FIT)
    return StaticStampStyle(border_width=0, background=content, background_layout=layout, background_opacity=1.0)


def _context(order: dict[str, Any]) -> ValidationContext:
    """Every certificate of the chain must be good, and known as not revoked, at the hour of the act."""
    moments = order["moments"]
    lists = [bytes.fromhex(one) for one in moments["lists"]]
    roots, others = roots_and_others(order["trusted"])
    at = None if moments["fetches"] else moment(order)
    return ValidationContext(
        trust_roots=roots, other_certs=others, crls=lists, ocsps=[], allow_fetching=moments["fetches"],
        revocation_mode="require", time_tolerance=SKEW, moment=at,
    )  # fmt: skip


def stamper_of(order: dict[str, Any]) -> TimeStamper:
    """The authority that stamps: at its address, or the test authority's key in this very process."""
    moments = order["moments"]
    if moments["address"]:
        return HTTPTimeStamper(moments["address"], timeout=10)
    certificate = x509.Certificate.load(bytes.fromhex(moments["certificate"]))
    key = asn1_keys.PrivateKeyInfo.load(bytes.fromhex(moments["key"]))
    chain = SimpleCertificateStore.from_certs(certificates(order["trusted"]))
    return DummyTimeStamper(certificate, key, chain, fixed_dt=moment(order))


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the libraries raise into our own Trouble."""
    try:
        yield
    except Trouble:
        raise
    except Exception as error:
        raise Trouble(_situation(error)) from error


def _situation(error: BaseException) -> str:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    kinds: list[tuple[type[BaseException], str]] = [
        (RevokedError, "certificate_revoked"), (ExpiredError, "certificate_expired"),
        (NotYetValidError, "certificate_early"), (InsufficientRevinfoError, "status_missing"),
        (PathBuildingError, "certificate_untrusted"), (PathError, "certificate_untrusted"),
        (TimestampRequestError, "stamp_missing"), (TimeoutError, "stamp_missing"),
    ]  # fmt: skip
    for kind, id in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return id
    words = " ".join(str(cause) for cause in causes)
    if "certification signature" in words or "locked" in words:
        return "field_locked"
    if any(isinstance(cause, SigningError) for cause in causes):
        return "no_field"
    return "not_a_pdf" if any(isinstance(cause, PdfError) for cause in causes) else "broken"


@contextmanager
def opened_pdf(source: str) -> Iterator[IncrementalPdfFileWriter]:
    """The PDF, to be changed by adding behind it. Raises Trouble when it cannot be read."""
    with open(source, "rb") as file:
        with explained():
            writer = IncrementalPdfFileWriter(file)
        yield writer


def hash_of(path: str) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _check_signature(order: dict[str, Any], signer: Signer) -> None:
    """The key that signed must belong to the certificate that was enrolled; a token may hold another one."""
    certificate = signer.signing_cert
    assert certificate is not None
    if order.get("certificate", certificate.dump().hex()) != certificate.dump().hex():
        raise Trouble("certificate_other")
    with open(order["target"], "rb") as file:
        made = next(one for one in PdfFileReader(file).embedded_signatures if one.fq_name == order["field"])
        intact, valid = validate_sig_integrity(made.signer_info, certificate, "data", made.compute_digest())
    if not (intact and valid):
        raise Trouble("certificate_other")


def sealed(order: dict[str, Any], signer: Signer) -> dict[str, Any]:
    """What was done: hashes (SHA-256) before and after, the certificate, the level."""
    assert signer.signing_cert is not None
    return {
        "before": hash_of(order["source"]), "after": hash_of(order["target"]),
        "certificate": signer.signing_cert.dump().hex(), "level": "B-LTA" if order["lasts"] else "B-LT",
    }  # fmt: skip
