"""Keys far away: a digest goes out, the right answer within ten minutes is taken, nothing else ever is."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from tests.cast import AT
from tests.signing.papers import Office, content_of, judged
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.signing.commands.away import give_up_waiting, send_away, take_signature
from tram.signing.models import Act, Certificate, Waiting
from tram.signing.queries import home
from tram.signing.rules.secrets import key_password

SOON = AT + timedelta(minutes=3)


def remote(office: Office) -> tuple[Waiting, RSAPrivateKey]:
    """A paper whose digest is with the service, and the service's key."""
    certificate = office.certificate("son")
    packed = (home() / "keys" / certificate.place["file"]).read_bytes()
    key, _, _ = pkcs12.load_key_and_certificates(packed, key_password(str(settings.SECRET_KEY)).encode())
    assert isinstance(key, RSAPrivateKey)
    Certificate.objects.filter(pk=certificate.pk).update(keeper="away", place={}, secret=b"")
    wanted = office.by_son(office.draft(), lasts=True)
    proof = office.proof("son", wanted)
    return send_away(actor=office.cast.son, at=AT, wanted=wanted, proof=proof), key


def test_a_bare_signature_comes_in_and_the_paper_is_signed(
    office: Office, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """Its prepared paper goes with the commit and not before: a signature that was cut in the middle can come again."""
    waiting, key = remote(office)
    answer = key.sign(bytes.fromhex(waiting.attributes), padding.PKCS1v15(), SHA256())
    with django_capture_on_commit_callbacks(execute=True):
        act = take_signature(actor=office.cast.son, at=SOON, waiting=waiting.pk, answer=answer)
        assert (home() / "waiting" / waiting.pk.hex / "prepared.pdf").exists()
    found = judged(content_of(act), tmp_path)
    assert (found.verdict, found.signatures[0].level) == ("valid", "B-LTA")
    assert found.signatures[0].signer == "Nguyễn Văn Sơn"
    with pytest.raises(WrongState, match="đã xong"):
        take_signature(actor=office.cast.son, at=SOON, waiting=waiting.pk, answer=answer)
    assert not (home() / "waiting" / waiting.pk.hex).exists()


def test_what_is_kept_of_it_opens_nothing(office: Office) -> None:
    waiting, _key = remote(office)
    waiting.refresh_from_db()
    assert waiting.order["moments"]["key"] == "" and len(waiting.digest) == 64
    assert waiting.expires_at == AT + timedelta(minutes=10)


def test_answers_that_do_not_fit_are_refused_and_the_paper_stays_unsigned(office: Office) -> None:
    waiting, key = remote(office)
    good = key.sign(bytes.fromhex(waiting.attributes), padding.PKCS1v15(), SHA256())
    other = key.sign(b"another paper", padding.PKCS1v15(), SHA256())
    for answer in (other, good[:-1] + bytes([good[-1] ^ 1]), b"", b"\x30\x03\x02\x01\x01"):
        with pytest.raises(Invalid, match="không khớp với văn bản đã gửi"):
            take_signature(actor=office.cast.son, at=SOON, waiting=waiting.pk, answer=answer)
    assert not Act.objects.exists()
    assert take_signature(actor=office.cast.son, at=SOON, waiting=waiting.pk, answer=good)


def test_nobody_else_and_nobody_too_late_answers(office: Office) -> None:
    waiting, key = remote(office)
    good = key.sign(bytes.fromhex(waiting.attributes), padding.PKCS1v15(), SHA256())
    with pytest.raises(Hidden):
        take_signature(actor=office.cast.hoa, at=SOON, waiting=waiting.pk, answer=good)
    late = AT + timedelta(minutes=10)
    with pytest.raises(WrongState, match="quá 10 phút"):
        take_signature(actor=office.cast.son, at=late, waiting=waiting.pk, answer=good)
    assert give_up_waiting(actor=Actor.system(), at=late) == 1
    assert give_up_waiting(actor=Actor.system(), at=late) == 0
    assert not (home() / "waiting" / waiting.pk.hex).exists()


def test_a_paper_that_a_death_left_without_its_row_is_swept_and_one_that_is_awaited_stays(office: Office) -> None:
    waiting, _key = remote(office)
    awaited, left = (home() / "waiting" / name for name in (waiting.pk.hex, "0" * 32))
    left.mkdir()
    for folder in (awaited, left):
        os.utime(folder, (AT.timestamp(), AT.timestamp()))
    give_up_waiting(actor=Actor.system(), at=AT + timedelta(minutes=9))
    assert left.exists()
    Waiting.objects.update(expires_at=AT + timedelta(hours=1))
    give_up_waiting(actor=Actor.system(), at=AT + timedelta(minutes=11))
    assert awaited.exists() and not left.exists()
