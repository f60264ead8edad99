"""Under which authorities a PDF is judged, and what a time-stamp says. Only the signing program imports this."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, crl, ocsp, pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from tram.signing.rules.reasons import BY_INDICATION, common_name
from tram.signing.rules.words import REASONS

SKEW = timedelta(minutes=5)
"""How far two clocks may lie apart."""
SIGNS = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def certificates(trusted: list[str]) -> list[x509.Certificate]:
    """Certificates from PEM texts."""
    return [x509.Certificate.load(pem.unarmor(text.encode())[2]) for text in trusted]


def moment(order: dict[str, Any]) -> datetime:
    """The hour of the act."""
    return datetime.fromisoformat(order["at"])


def timing(order: dict[str, Any]) -> ValidationTimingInfo:
    """Judged at this hour, as a reader of today would."""
    return ValidationTimingInfo(moment(order), moment(order), point_in_time_validation=False)


def roots_and_others(trusted: list[str]) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Roots (they sign themselves) and the authorities between."""
    every = certificates(trusted)
    roots = [one for one in every if one.self_signed in ("yes", "maybe")]
    return roots, [one for one in every if one not in roots]


def spec_of(order: dict[str, Any]) -> PdfSignatureValidationSpec:
    """Signers need a proof that they were not revoked; for time-stamps what the file carries is enough."""
    roots, others = roots_and_others(order["trusted"])
    trust = SimpleTrustManager.build(trust_roots=roots)
    lists = [CRLContainer(crl.CertificateList.load(bytes.fromhex(one))) for one in order.get("lists", [])]
    soft = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("soft-fail"))
    nothing = RevocationInfoGatheringSpec(
        RevinfoOnlineFetchingRule.LOCAL_ONLY, certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            CertValidationPolicySpec(trust, CertRevTrustPolicy(REQUIRE_REVINFO), time_tolerance=SKEW),
            revinfo_gathering_policy=nothing,
            ts_cert_validation_policy=CertValidationPolicySpec(trust, soft, time_tolerance=SKEW),
            local_knowledge=LocalKnowledge(known_crls=lists, known_certs=others), key_usage_settings=SIGNS,
        )
    )  # fmt: skip


def with_states_of(reader: PdfFileReader, spec: PdfSignatureValidationSpec) -> PdfSignatureValidationSpec:
    """The same, knowing what the file carries about its certificates: chains and states of revocation."""
    if "/DSS" not in reader.root:
        return spec
    store = DocumentSecurityStore.read_dss(handler=reader)
    inner = spec.signature_validation_spec
    known = inner.local_knowledge
    crls = [CRLContainer(crl.CertificateList.load(one.get_object().data)) for one in store.crls]
    answers = [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps]
    told = LocalKnowledge(
        known_crls=[*known.known_crls, *crls], known_certs=[*known.known_certs, *store.load_certs()],
        known_ocsps=[one for answer in answers for one in OCSPContainer.load_multi(answer)],
    )  # fmt: skip
    return replace(spec, signature_validation_spec=replace(inner, local_knowledge=told))


def stamp_told(token: cms.SignedData, holds: bool, indication: AdESSubIndic | None) -> dict[str, Any]:
    """A time-stamp as a row; its hour is still a datetime."""
    info = token["encap_content_info"]["content"].parsed
    signer = next((one.chosen for one in token["certificates"] if _signed(one.chosen, token)), None)
    name = BY_INDICATION.get(indication or AdESIndeterminate.GENERIC, "other")
    facts = dict.fromkeys(("issuer", "since", "until", "what", "why", "algorithm"), "?")
    facts |= {"issuer": common_name(signer.issuer) if signer else "?", "name": str(indication)}
    return {
        "at": info["gen_time"].native, "by": common_name(signer.subject) if signer else "không rõ", "holds": holds,
        "reason": "" if holds else REASONS[name].format(**facts),
    }  # fmt: skip


def _signed(certificate: x509.Certificate, token: cms.SignedData) -> bool:
    sid = token["signer_infos"][0]["sid"].chosen
    return isinstance(sid, cms.IssuerAndSerialNumber) and bool(sid["serial_number"].native == certificate.serial_number)
