"""Tokens with which programs act as an account from one of its posts."""

from datetime import datetime, timedelta

from tram.audit.commands import atomic, record
from tram.identity.models import SignIn, Token
from tram.identity.policy import may_change_ways_in
from tram.identity.rules import TOKEN_LIFE, hash_of, new_secret
from tram.identity.sockets import hats_of
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Invalid
from tram.vietnamese.text import tidy


@atomic
def issue_token(
    *, actor: Actor, at: datetime, sign_in: SignIn, name: str, post: int | None, may_write: bool, life: timedelta
) -> str:
    """Issue a token that acts from `post`; its secret is shown once. Raises Invalid: name taken, life above one year."""
    may_change_ways_in(actor, sign_in, at).or_refuse()
    account, name = sign_in.account, tidy(name)[:80]
    if not name:
        raise Invalid({"name": "Nhập tên thẻ, ví dụ máy quét phòng văn thư."})
    if account.tokens.filter(name=name, revoked_at=None).exists():
        raise Invalid({"name": f"Đã có thẻ tên “{name}”. Đặt tên khác, hoặc thu hồi thẻ cũ trước."})
    if not timedelta(0) < life <= TOKEN_LIFE:
        raise Invalid({"life": "Thẻ dùng được từ 1 đến 365 ngày."})
    if post is not None and all(hat.post != post for hat in hats_of(account.pk, local_day(at))):
        raise Hidden
    secret = new_secret()
    token = Token.objects.create(
        account=account, post=post, token_hash=hash_of(secret), name=name, may_write=may_write, made_at=at,
        expires_at=at + life,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="identity.token_issued", about=account.ref, agency=account.agency or 0, name=name,
        post_of_token=post, may_write=may_write, expires_at=token.expires_at,
    )  # fmt: skip
    return secret


@atomic
def revoke_token(*, actor: Actor, at: datetime, token: int) -> None:
    """Revoke one of one's own tokens, from the next request on. Raises Hidden for anybody else's."""
    row = Token.objects.select_related("account").filter(pk=token, account=actor.account, revoked_at=None).first()
    if row is None:
        raise Hidden
    Token.objects.filter(pk=row.pk).update(revoked_at=at)
    record(
        actor=actor, at=at, what="identity.token_revoked", about=row.account.ref, agency=row.account.agency or 0,
        name=row.name,
    )  # fmt: skip
