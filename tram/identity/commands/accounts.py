"""Accounts: opening, amending, moving, closing."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tram.audit.commands import atomic, record
from tram.identity.models import Account, SignIn, Token
from tram.identity.policy import may_administer, may_open
from tram.identity.rules import LOGIN
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.vietnamese.sorting import person_key
from tram.vietnamese.text import folded_words, search_words, tidy

LABELS = {"name": "họ và tên", "email": "thư điện tử", "phone": "điện thoại", "needs_second_factor": "yêu cầu bước hai"}


@atomic
def open_account(
    *, actor: Actor, at: datetime, login: str, name: str, agency: int | None, email: str = "", phone: str = "",
    needs_second_factor: bool = False, password_hash: str = "",
) -> Account:  # fmt: skip
    """Open an account that `agency` (a unit's id) administers; its person sets the password through `invite`.

    `password_hash` is a password as Django's hashers keep it, for the installation's own set-up only.
    Raises Invalid for a login that is taken or has other characters than a-z 0-9 . - _ .
    """
    may_open(actor, agency, local_day(at)).or_refuse()
    if password_hash and not actor.is_system:
        raise Refused("Mật khẩu do chính chủ tài khoản đặt. Gửi cho họ liên kết đặt mật khẩu.")
    login = login.strip().casefold()
    errors = _login_errors(login) | _contact_errors(name, email)
    if errors:
        raise Invalid(errors)
    account = Account.objects.create(
        login=login, agency=agency, email=email, phone=tidy(phone), created_at=at, password=password_hash or make_password(None),
        needs_second_factor=needs_second_factor, **_named(name),
    )  # fmt: skip
    record(
        actor=actor, at=at, what="identity.account_opened", about=account.ref, agency=agency or 0, login=login,
        name=account.name,
    )  # fmt: skip
    return account


@atomic
def amend_account(
    *, actor: Actor, at: datetime, account: Account, name: str, email: str, phone: str, needs_second_factor: bool
) -> Account:
    """Change a person's name, addresses, and whether they need a second step. Raises Invalid."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    may_administer(actor, account, local_day(at)).or_refuse()
    errors = _contact_errors(name, email)
    if errors:
        raise Invalid(errors)
    news = {**_named(name), "email": email, "phone": tidy(phone), "needs_second_factor": needs_second_factor}
    changes = [LABELS[field] for field in LABELS if getattr(account, field) != news[field]]
    if changes:
        Account.objects.filter(pk=account.pk).update(**news)
        record(
            actor=actor, at=at, what="identity.account_amended", about=account.ref, agency=account.agency or 0,
            login=account.login, changes=", ".join(changes),
        )  # fmt: skip
    return Account.objects.get(pk=account.pk)


@atomic
def move_account(*, actor: Actor, at: datetime, account: Account, agency: int) -> Account:
    """Hand the administration of an account over to another agency, when its person moves there."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    may_administer(actor, account, local_day(at)).or_refuse()
    was, account.agency = account.agency, agency
    account.save(update_fields=["agency"])
    for chain in {was or 0, agency}:
        record(
            actor=actor, at=at, what="identity.account_moved", about=account.ref, agency=chain, login=account.login,
            was=was, now=agency,
        )  # fmt: skip
    return account


@atomic
def close_account(*, actor: Actor, at: datetime, account: Account) -> Account:
    """Close an account: its sessions, tokens and links end at once; what it did stays. Raises WrongState when closed."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    may_administer(actor, account, local_day(at)).or_refuse()
    if actor.account == account.pk:
        raise Refused("Bạn không tự đóng tài khoản của mình được. Nhờ một quản trị khác.")
    if account.closed_at:
        raise WrongState("Tài khoản này đã đóng rồi.")
    account.closed_at = at
    account.save(update_fields=["closed_at"])
    sessions = SignIn.objects.filter(account=account, ended_at=None).update(ended_at=at)
    tokens = Token.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
    account.invitations.filter(ended_at=None).update(ended_at=at)
    record(
        actor=actor, at=at, what="identity.account_closed", about=account.ref, agency=account.agency or 0,
        login=account.login, sessions=sessions, tokens=tokens,
    )  # fmt: skip
    return account


def _named(name: str) -> dict[str, str]:
    name = tidy(name)
    return {
        "name": name,
        "name_key": person_key(name)[:240],
        "words": " " + " ".join(search_words(name))[:238],
        "bare_words": " " + " ".join(folded_words(name))[:238],
    }


def _login_errors(login: str) -> dict[str, str]:
    if not LOGIN.fullmatch(login):
        return {"login": "Tên đăng nhập gồm 3 đến 60 chữ a–z không dấu, số, dấu chấm, gạch; ví dụ hoa.nt.sotttt."}
    if Account.objects.filter(login=login).exists():
        return {"login": f"Tên đăng nhập “{login}” đã có người dùng. Thêm tên cơ quan hoặc số, ví dụ {login}.2."}
    return {}


def _contact_errors(name: str, email: str) -> dict[str, str]:
    errors = {}
    if not tidy(name):
        errors["name"] = "Nhập họ và tên, ví dụ Nguyễn Thị Hoa."
    try:
        validate_email(email or "tram@example.vn")
    except ValidationError:
        errors["email"] = "Thư điện tử cần có dạng ten@coquan.gov.vn."
    return errors
