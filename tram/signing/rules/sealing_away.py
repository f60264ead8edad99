"""Signing with a key far away, in two steps: the digest goes out, the signature comes in (later, and from elsewhere).

For services such as those of Ban Cơ yếu Chính phủ or of licensed providers of remote signing, and for signing programs
on the signer's own machine. Sources: RFC 5652 (CMS), ETSI EN 319 142-1. Only the signing program imports this.
"""

import asyncio
import hashlib
import shutil
from typing import Any

from asn1crypto import cms, x509
from pyhanko.sign.general import ValueErrorWithMessage, simple_cms_attribute
from pyhanko.sign.signers import ExternalSigner, PdfSigner, Signer
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from tram.signing.rules.keys import opened
from tram.signing.rules.reserving import fill, reserve
from tram.signing.rules.sealing import HASH, begun, desk_of, explained, hash_of, opened_pdf, sealed, stamper_of
from tram.signing.rules.trusting import certificates, moment
from tram.signing.rules.words import Trouble


def prepare(order: dict[str, Any]) -> dict[str, Any]:
    """First step: `target` waits for its signature. See orders.Prepared."""
    chain = certificates(order["trusted"])
    with (
        opened(order["key"], chain) as signer, opened_pdf(order["source"]) as writer, open(order["target"], "w+b") as target,
        explained(),
    ):  # fmt: skip
        reserve(writer, order["fields"])
        fill(writer, order["fills"])
        return asyncio.run(_prepared(desk_of(order, signer), writer, target, order, signer))


async def _prepared(desk: PdfSigner, writer: Any, target: Any, order: dict[str, Any], signer: Signer) -> dict[str, Any]:
    session, known = await begun(desk, writer, order)
    size = await session.estimate_signature_container_size(known)
    document = session.prepare_tbs_document(known, size)
    prepared, _output = document.digest_tbs_document(output=target)
    wanted = PdfCMSSignedAttributes(signing_time=moment(order))
    attributes = await signer.signed_attrs(prepared.document_digest, HASH, attr_settings=wanted, use_pades=True)
    return {
        "before": hash_of(order["source"]), "digest": prepared.document_digest.hex(),
        "attributes": attributes.untag().dump().hex(),
        "state": {"start": prepared.reserved_region_start, "end": prepared.reserved_region_end},
    }  # fmt: skip


def resume(order: dict[str, Any]) -> dict[str, Any]:
    """Second step: put the signature that came in into `prepared`, as `target`, with time-stamps and states.

    `answer` (hex) is a whole CMS, or the bare signature over `attributes`. What does not fit this document and this
    certificate is refused with Trouble("answer_wrong").
    """
    chain = certificates(order["trusted"])
    with opened(order["key"], chain) as signer, opened_pdf(order["source"]) as writer:
        assert isinstance(signer, ExternalSigner)
        with explained():
            asyncio.run(_resumed(order, signer, writer, chain))
        return sealed(order, signer)


async def _resumed(order: dict[str, Any], signer: ExternalSigner, writer: Any, chain: list[x509.Certificate]) -> None:
    reserve(writer, order["fields"])
    fill(writer, order["fills"])
    desk = desk_of(order, signer)
    session, known = await begun(desk, writer, order)
    digest = bytes.fromhex(order["digest"])
    content = await _cms(order, chain)
    _check(content, signer, digest)
    shutil.copyfile(order["prepared"], order["target"])
    with open(order["target"], "r+b") as target:
        place = PreparedByteRangeDigest(digest, order["state"]["start"], order["state"]["end"])
        instructions = session.prepare_tbs_document(known, 0).post_sign_instructions
        done = PdfTBSDocument.resume_signing(
            target, place, content, instructions, desk.signature_meta.validation_context
        )
        await done.post_signature_processing(target)


async def _cms(order: dict[str, Any], chain: list[x509.Certificate]) -> cms.ContentInfo:
    """The CMS that came in, time-stamped; or one made of the bare signature."""
    answer = bytes.fromhex(order["answer"])
    content = _whole(answer)
    if content is None:
        attributes = cms.CMSAttributes.load(bytes.fromhex(order["attributes"]))
        told = {**order["key"], "signature": answer}
        with opened(told, chain) as bare:
            return await bare.async_sign_prescribed_attributes(HASH, attributes, timestamper=stamper_of(order))
    info = content["content"]["signer_infos"][0]
    if not info["unsigned_attrs"].native:
        stamp = await stamper_of(order).async_timestamp(hashlib.sha256(info["signature"].native).digest(), HASH)
        info["unsigned_attrs"] = cms.CMSAttributes([simple_cms_attribute("signature_time_stamp_token", stamp)])
    return content


def _whole(answer: bytes) -> cms.ContentInfo | None:
    try:
        content = cms.ContentInfo.load(answer, strict=True)
        is_signed = content["content_type"].native == "signed_data" and len(content["content"]["signer_infos"]) == 1
    except (ValueError, TypeError):
        return None
    return content if is_signed else None


def _check(content: cms.ContentInfo, signer: ExternalSigner, digest: bytes) -> None:
    """The signature must be over this very document, by this very certificate."""
    certificate = signer.signing_cert
    assert certificate is not None
    info = content["content"]["signer_infos"][0]
    try:
        intact, valid = validate_sig_integrity(info, certificate, "data", digest)
    except (SignatureValidationError, ValueErrorWithMessage) as error:
        raise Trouble("answer_wrong") from error
    named = [one.chosen.dump() for one in content["content"]["certificates"] or ()]
    if not (intact and valid and certificate.dump() in named):
        raise Trouble("answer_wrong")
