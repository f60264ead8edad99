"""Changing one's own ways in: only freshly proved; password, tokens."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.identity.people import enter, own_row, row_of, send
from tram.identity import queries
from tram.identity.commands.entering import reauthenticate
from tram.identity.commands.factors import change_password
from tram.identity.commands.tokens import issue_token, revoke_token
from tram.identity.models import Attempt, SignIn, Token
from tram.identity.sockets import hats_of
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid, Refused

NEW = "Suối reo giữa rừng chiều"


def test_a_new_password_ends_every_other_session(client: Client, cast: Cast) -> None:
    other = row_of(enter("hoa", PASSWORD))
    cast.signed_in(client, "hoa")
    assert send(client, "/toi/mat-khau", password=NEW, again=NEW).status_code == 302
    other.refresh_from_db()
    assert other.ended_at and client.get("/toi").status_code == 200
    assert not enter("hoa", PASSWORD).is_admitted
    assert enter("hoa", NEW).is_admitted


@pytest.mark.parametrize(
    ("password", "why"), [("ngắn", "10 ký tự"), ("password123", "dễ bị đoán"), ("Trần Thị Hoa", "gần giống")]
)
def test_a_weak_password_is_refused_with_its_reason(cast: Cast, password: str, why: str) -> None:
    row = row_of(enter("hoa", PASSWORD))
    with pytest.raises(Invalid, match=why):
        change_password(actor=cast.hoa, at=clock.now(), sign_in=row, password=password)


def test_ten_minutes_later_one_proves_oneself_again(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "hoa")
    old = clock.now() - timedelta(minutes=11)
    SignIn.objects.update(proved_at=old)
    assert send(client, "/toi/mat-khau", password=NEW, again=NEW).headers["Location"].startswith("/toi/xac-nhan")
    with pytest.raises(Refused, match="Xác nhận lại"):
        change_password(actor=cast.hoa, at=clock.now(), sign_in=own_row(client), password=NEW)
    assert send(client, "/toi/xac-nhan", password="sai").status_code == 422
    assert send(client, "/toi/xac-nhan", password=PASSWORD, next="/toi").headers["Location"] == "/toi"
    assert own_row(client).proved_at > old


def test_proving_again_is_throttled_too(cast: Cast) -> None:
    row, at = row_of(enter("hoa", PASSWORD)), clock.now()
    told = [
        reauthenticate(actor=cast.hoa, at=at, sign_in=row, password=guess, address="10.0.0.1")
        for guess in ("sai", "sai", PASSWORD)
    ]
    assert told[2].startswith("Đợi 15 phút")


def test_nobody_changes_anothers_ways_in(cast: Cast) -> None:
    row = row_of(enter("hoa", PASSWORD))
    for name in ("quan", "tuan", "tinh"):
        with pytest.raises(Refused, match="chủ tài khoản"):
            change_password(actor=cast.actor(name), at=clock.now(), sign_in=row, password=NEW)


def test_a_token_acts_from_its_post_until_it_is_revoked(cast: Cast) -> None:
    row, at, post = row_of(enter("hoa", PASSWORD)), clock.now(), cast.posts["hoa"].pk
    life = timedelta(days=30)
    secret = issue_token(actor=cast.hoa, at=at, sign_in=row, name="máy quét", post=post, may_write=False, life=life)
    header, account = f"Bearer {secret}", cast.accounts["hoa"].pk
    assert queries.token_bearer(header, method="GET") == (account, post)
    assert queries.token_bearer(header, method="POST") is None
    assert queries.token_bearer(header, method="GET", at=at + life) is None
    assert secret.encode() not in bytes(Token.objects.get().token_hash)
    with pytest.raises(Hidden):
        revoke_token(actor=cast.tuan, at=at, token=Token.objects.get().pk)
    revoke_token(actor=cast.hoa, at=at, token=Token.objects.get().pk)
    assert queries.token_bearer(header, method="GET") is None


def test_a_token_cannot_act_from_a_post_of_somebody_else(cast: Cast) -> None:
    row = row_of(enter("hoa", PASSWORD))
    assert [hat.post for hat in hats_of(row.account_id, clock.now().date())] == [cast.posts["hoa"].pk]
    with pytest.raises(Hidden):
        issue_token(
            actor=cast.hoa, at=clock.now(), sign_in=row, name="x", post=cast.posts["son"].pk, may_write=True,
            life=timedelta(days=1),
        )  # fmt: skip


def test_wrong_tokens_are_counted_only_while_the_address_may_still_guess(cast: Cast) -> None:
    for guess in range(30):
        assert queries.token_bearer(f"Bearer bịa{guess}", method="GET", address="198.51.100.9") is None
    assert Attempt.objects.count() == 2
