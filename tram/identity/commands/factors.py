"""Ways in: password, authenticator app, passkeys, recovery codes. Each change needs a fresh proof."""

from datetime import datetime
from typing import Any

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import make_password
from fido2.webauthn import AuthenticatorData

from tram.audit.commands import atomic, record
from tram.identity.models import Account, Factor, RecoveryCode, SignIn
from tram.identity.policy import is_fresh, is_living, may_administer, may_change_ways_in, password_problem
from tram.identity.queries import Site, checked_registration
from tram.identity.rules import RECOVERY_CODES, code_digits, hash_of, new_recovery_code, new_secret, seal, totp_step
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Invalid, Refused
from tram.vietnamese.text import nfc, tidy

WRONG_FIRST_CODE = "Mã không khớp. Xem giờ trên điện thoại có đúng không, rồi nhập mã đang hiện."
NO_PASSKEY = "Máy không tạo được khóa cho địa chỉ này. Bấm thêm khóa lần nữa, hoặc dùng ứng dụng mã."


@atomic
def change_password(*, actor: Actor, at: datetime, sign_in: SignIn, password: str) -> None:
    """Set a new password and end every other session. Raises Invalid when the password is weak."""
    may_change_ways_in(actor, sign_in, at).or_refuse()
    account, password = sign_in.account, nfc(password)
    problem = password_problem(password, account)
    if problem:
        raise Invalid({"password": problem})
    Account.objects.filter(pk=account.pk).update(password=make_password(password))
    sessions = account.sign_ins.filter(ended_at=None).exclude(pk=sign_in.pk).update(ended_at=at)
    account.invitations.filter(ended_at=None).update(ended_at=at)
    record(
        actor=actor, at=at, what="identity.password_changed", about=account.ref, agency=account.agency or 0,
        sessions=sessions,
    )  # fmt: skip


@atomic
def add_totp(*, actor: Actor, at: datetime, sign_in: SignIn, name: str = "Ứng dụng mã") -> str:
    """Begin adding an authenticator app; returns its secret, to be shown once. It counts from `confirm_totp` on.

    A session half-way in may do this too, when its account needs a second step and has none.
    """
    _may_add(actor, sign_in, at)
    secret, account = pyotp.random_base32(), sign_in.account
    account.factors.filter(kind="totp", confirmed_at=None).delete()
    Factor.objects.create(
        account=account, kind="totp", name=tidy(name)[:80], secret=seal(secret, str(settings.SECRET_KEY)), added_at=at
    )
    record(
        actor=actor, at=at, what="identity.code_app_started", about=account.ref, agency=account.agency or 0, name=name
    )
    return secret


@atomic
def confirm_totp(*, actor: Actor, at: datetime, sign_in: SignIn, code: str) -> str:
    """Finish adding an authenticator app by its first code. Raises Invalid when the code is wrong.

    Returns the new secret of a session that was half-way in and is admitted by this; "" for others.
    """
    _may_add(actor, sign_in, at)
    account = sign_in.account
    factor = account.factors.select_for_update().filter(kind="totp", confirmed_at=None).first()
    if factor is None:
        raise Hidden
    step = totp_step(factor.shared_secret, code_digits(code), at, 0)
    if step is None:
        raise Invalid({"code": WRONG_FIRST_CODE})
    factor.counter, factor.confirmed_at, factor.last_used_at = step, at, at
    factor.save(update_fields=["counter", "confirmed_at", "last_used_at"])
    key = "" if sign_in.admitted_at else new_secret()
    kept = {"key_hash": hash_of(key), "admitted_at": at, "seen_at": at} if key else {}
    SignIn.objects.filter(pk=sign_in.pk).update(proved_at=at, proved_by="totp", **kept)
    record(
        actor=actor,
        at=at,
        what="identity.factor_added",
        about=account.ref,
        agency=account.agency or 0,
        name=factor.name,
    )
    return key


@atomic
def add_passkey(
    *, actor: Actor, at: datetime, sign_in: SignIn, state: Any, response: Any, site: Site, name: str
) -> Factor:
    """Add a passkey. `state` comes from `queries.passkey_offer`, `response` is the browser's JSON. Raises Invalid."""
    may_change_ways_in(actor, sign_in, at).or_refuse()
    account = sign_in.account
    said: AuthenticatorData | None = checked_registration(state, response, site)
    made = said.credential_data if said else None
    if said is None or made is None or Factor.objects.filter(credential=made.credential_id).exists():
        raise Invalid({"credential": NO_PASSKEY})
    factor = Factor.objects.create(
        account=account, kind="passkey", name=tidy(name)[:80] or sign_in.device, secret=bytes(made),
        credential=made.credential_id, counter=said.counter, added_at=at, confirmed_at=at,
    )  # fmt: skip
    SignIn.objects.filter(pk=sign_in.pk).update(proved_at=at, proved_by="passkey")
    record(
        actor=actor,
        at=at,
        what="identity.factor_added",
        about=account.ref,
        agency=account.agency or 0,
        name=factor.name,
    )
    return factor


@atomic
def remove_factor(*, actor: Actor, at: datetime, sign_in: SignIn, factor: int) -> None:
    """Remove one of one's own second steps; the last one stays where the account needs one."""
    may_change_ways_in(actor, sign_in, at).or_refuse()
    account = sign_in.account
    row = account.factors.filter(pk=factor).first()
    if row is None:
        raise Hidden
    others = account.factors.exclude(pk=row.pk).exclude(confirmed_at=None)
    if account.needs_second_factor and not others.exists():
        raise Refused("Vị trí của bạn cần bước hai. Thêm cách khác trước khi bỏ cách này.")
    row.delete()
    record(
        actor=actor, at=at, what="identity.factor_removed", about=account.ref, agency=account.agency or 0, name=row.name
    )


@atomic
def clear_factors(*, actor: Actor, at: datetime, account: Account) -> None:
    """Remove every second step of somebody who lost them all, and end their sessions: by an administrator."""
    may_administer(actor, account, local_day(at)).or_refuse()
    if actor.account == account.pk:
        raise Refused("Bước hai của chính mình thì bỏ ở trang Tài khoản của tôi, hoặc nhờ một quản trị khác.")
    names = ", ".join(account.factors.values_list("name", flat=True)) or "không có"
    account.factors.all().delete()
    account.recovery_codes.all().delete()
    account.sign_ins.filter(ended_at=None).update(ended_at=at)
    record(
        actor=actor, at=at, what="identity.factor_removed", about=account.ref, agency=account.agency or 0, name=names
    )


@atomic
def make_recovery_codes(*, actor: Actor, at: datetime, sign_in: SignIn) -> list[str]:
    """Make ten recovery codes, to be shown once; older ones open nothing any more."""
    may_change_ways_in(actor, sign_in, at).or_refuse()
    account = sign_in.account
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=hash_of(code_digits(code)), made_at=at) for code in codes
    )
    record(
        actor=actor, at=at, what="identity.recovery_codes_made", about=account.ref, agency=account.agency or 0,
        count=len(codes),
    )  # fmt: skip
    return codes


def _may_add(actor: Actor, sign_in: SignIn, at: datetime) -> None:
    """A half-way session proved the password moments ago; it may add a first second step, never replace one."""
    account = sign_in.account
    first = (
        not sign_in.admitted_at
        and account.needs_second_factor
        and not account.factors.exclude(confirmed_at=None).exists()
    )
    if first and actor.account == account.pk and is_living(sign_in, at) and is_fresh(sign_in, at):
        return
    if not sign_in.admitted_at:
        raise Refused("Đăng nhập đủ hai bước trước khi thêm cách khác.")
    may_change_ways_in(actor, sign_in, at).or_refuse()
