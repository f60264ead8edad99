"""Certificates of a real provider: time-stamps and states of revocation come over HTTP; verifying asks nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from tests.signing.papers import Office, content_of, judged
from tests.signing.services import PASSWORD, Provider, serving
from tram.kernel import clock
from tram.kernel.verdicts import Invalid
from tram.signing.commands.certificates import enrol_certificate
from tram.signing.queries import home


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with serving() as one:
        yield one


def enrolled(office: Office, provider: Provider, *, names_stamps: bool = True) -> None:
    """Trust the provider, and enrol Sơn's certificate of theirs."""
    assert provider.root is not None
    folder = home() / "authorities"
    folder.mkdir(parents=True)
    (folder / "goc.crt").write_bytes(provider.root.public_bytes(Encoding.DER))
    if names_stamps:
        told = provider.root.fingerprint(SHA256()).hex()
        (folder / "authorities.yaml").write_text(f"{told}: {{name: Nhà cung cấp, stamps: '{provider.address}/tsa'}}\n")
    made, packed = provider.signer("Nguyễn Văn Sơn")
    (home() / "keys").mkdir(exist_ok=True)
    (home() / "keys" / "son.p12").write_bytes(packed)
    office.certificates["son"] = enrol_certificate(
        actor=office.cast.actor("quan"), at=clock.now(), content=made.public_bytes(Encoding.PEM),
        agency=office.cast.units["skhcn"].pk, account=office.cast.accounts["son"], keeper="file",
        place={"file": "son.p12"}, secret=PASSWORD.decode(),
    )  # fmt: skip


def test_stamp_and_list_are_fetched_when_signing_and_lie_in_the_paper(
    office: Office, provider: Provider, tmp_path: Path
) -> None:
    enrolled(office, provider)
    act = office.signed(office.by_son(office.draft(), lasts=True), "son", clock.now())
    assert {"POST /tsa", "GET /list.crl"} <= set(provider.asked)
    provider.asked.clear()
    found = judged(content_of(act), tmp_path, clock.now())
    assert found.verdict == "valid", found.signatures
    assert (found.signatures[0].level, found.signatures[0].is_test) == ("B-LTA", False)
    assert found.signatures[0].stamp is not None and found.signatures[0].stamp.by == "Dấu thời gian song sinh"
    assert provider.asked == []


def test_a_mute_service_signs_nothing_and_says_why(office: Office, provider: Provider) -> None:
    enrolled(office, provider)
    provider.is_mute = True
    try:
        with pytest.raises(Invalid, match="dấu thời gian không trả lời"):
            office.signed(office.by_son(office.draft()), "son", clock.now())
    finally:
        provider.is_mute = False


def test_without_a_list_of_revocations_nothing_is_signed(office: Office, provider: Provider) -> None:
    enrolled(office, provider)
    content = provider.answers.pop("/list.crl")
    try:
        with pytest.raises(Invalid, match="tình trạng thu hồi"):
            office.signed(office.by_son(office.draft()), "son", clock.now())
    finally:
        provider.answers["/list.crl"] = content


def test_an_authority_whose_time_stamps_nobody_named_is_told(office: Office, provider: Provider) -> None:
    enrolled(office, provider, names_stamps=False)
    with pytest.raises(Invalid, match=r"authorities\.yaml"):
        office.signed(office.by_son(office.draft()), "son", clock.now())


def test_a_certificate_of_an_unknown_authority_is_not_enrolled(office: Office, provider: Provider) -> None:
    made, _packed = provider.signer("Ai đó")
    for content, why in (
        (made.public_bytes(Encoding.PEM), "danh sách tin cậy"),
        (b"khong phai", "không phải một chứng thư số"),
    ):
        with pytest.raises(Invalid, match=why):
            enrol_certificate(
                actor=office.cast.actor("quan"), at=clock.now(), content=content,
                agency=office.cast.units["skhcn"].pk, account=office.cast.accounts["son"], keeper="away",
            )  # fmt: skip
