"""A proof for one act: fresh, spent once, in its own session, for its own purpose."""

from datetime import datetime, timedelta

import pyotp
import pytest

from tests.cast import PASSWORD, Cast
from tests.identity.people import enter, row_of
from tram.audit.commands import atomic, record
from tram.identity.commands.entering import FreshProof, Shown, prove_for, spend_proof
from tram.identity.commands.factors import add_totp, confirm_totp
from tram.identity.models import Attempt, Proof, SignIn
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Refused

PURPOSE = "signing.sign:documents.outgoing/12"


@atomic
def act(*, actor: Actor, at: datetime, proof: FreshProof, purpose: str = PURPOSE) -> str:
    """A command that binds."""
    way = spend_proof(actor=actor, at=at, proof=proof, purpose=purpose)
    record(actor=actor, at=at, what="identity.proved_for", about="identity.account/0", way=way, purpose=purpose)
    return way


def shown(cast: Cast, row: SignIn, at: datetime, password: str = PASSWORD, code: str = "") -> FreshProof:
    return prove_for(
        actor=cast.hoa, at=at, sign_in=row, purpose=PURPOSE, shown=Shown(password, code), address="10.0.0.1"
    )


def test_a_proof_opens_its_act_once(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    proof = shown(cast, row, at)
    assert proof.key and not proof.problem
    assert act(actor=cast.hoa, at=at, proof=proof) == "mật khẩu"
    with pytest.raises(Refused, match="mỗi lần xác nhận dùng cho một việc"):
        act(actor=cast.hoa, at=at, proof=proof)


def test_it_opens_nothing_else(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    other, proof = row_of(enter("hoa", PASSWORD)), shown(cast, row, at)
    late, early = at + timedelta(minutes=2), at - timedelta(seconds=1)
    for wrong in (
        {"purpose": "signing.sign:documents.outgoing/13"}, {"at": late}, {"at": early}, {"actor": cast.son},
        {"proof": FreshProof(other, proof.key)}, {"proof": FreshProof(row, "doan-mo")}, {"actor": Actor.system()},
    ):  # fmt: skip
        with pytest.raises(Refused):
            act(**{"actor": cast.hoa, "at": at, "proof": proof, **wrong})
    assert act(actor=cast.hoa, at=late - timedelta(seconds=1), proof=proof)


def test_it_falls_with_its_session(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    proof = shown(cast, row, at)
    SignIn.objects.filter(pk=row.pk).update(ended_at=at)
    with pytest.raises(Refused):
        act(actor=cast.hoa, at=at, proof=proof)


def test_whoever_has_a_second_step_must_show_it(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    secret = add_totp(actor=cast.hoa, at=at, sign_in=row, name="điện thoại")
    machine = pyotp.TOTP(secret)
    confirm_totp(actor=cast.hoa, at=at, sign_in=row, code=machine.at(at))
    assert shown(cast, row, at).problem.startswith("Mã không khớp")
    later = at + timedelta(seconds=31)
    assert shown(cast, row, later, password="", code=machine.at(later)).key


def test_a_wrong_factor_is_counted_and_gives_no_proof(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    told = [shown(cast, row, at, guess) for guess in ("sai", "sai", PASSWORD)]
    assert [bool(proof.key) for proof in told] == [False, False, False]
    assert told[2].problem.startswith("Đợi 15 phút")
    assert Attempt.objects.count() == 2 and not Proof.objects.exists()
