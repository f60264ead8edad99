"""One-time links: the first administrator, and setting a password (new or forgotten)."""

from datetime import datetime

from django.contrib.auth.hashers import is_password_usable, make_password

from tram.audit.commands import atomic, record
from tram.identity.commands.accounts import open_account
from tram.identity.models import Account, Attempt, Invitation
from tram.identity.policy import is_house, may_administer, may_guess, may_open, password_problem
from tram.identity.queries import living_invitation
from tram.identity.rules import INVITATION_LIFE, hash_of, new_secret, subject
from tram.identity.sockets import founders
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.vietnamese.text import nfc

FIRST_ADMIN = "quantri"
USED_UP = "Liên kết này đã dùng hoặc đã quá 30 phút. Xin quản trị cấp liên kết mới."


@atomic
def invite(*, actor: Actor, at: datetime, account: Account) -> str:
    """Make the secret of a link that sets a password once, within 30 minutes; older links of the account end.

    The account's second step stays: a link alone opens nothing where there is one.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    may_administer(actor, account, local_day(at)).or_refuse()
    if account.closed_at:
        raise WrongState("Tài khoản đã đóng nên không cấp liên kết đặt mật khẩu được.")
    secret = _link(account, at, is_first_admin=False)
    record(
        actor=actor, at=at, what="identity.invited", about=account.ref, agency=account.agency or 0, login=account.login
    )
    return secret


@atomic
def invite_first_admin(*, actor: Actor, at: datetime) -> str:
    """Open the first administrator's account where there is none yet, and make the secret of its link.

    Only the installation itself may; raises WrongState when the first administrator has come already.
    """
    may_open(actor, None, local_day(at)).or_refuse()
    if not actor.is_system:
        raise Refused("Liên kết quản trị đầu tiên chỉ do máy chủ cấp, bằng lệnh tram.")
    account = Account.objects.select_for_update().filter(login=FIRST_ADMIN).first()
    if account is None:
        account = open_account(
            actor=actor, at=at, login=FIRST_ADMIN, name="Quản trị tỉnh", agency=None, needs_second_factor=True
        )
    if is_password_usable(account.password):
        raise WrongState(f"Quản trị đầu tiên ({FIRST_ADMIN}) đã đặt mật khẩu. Đăng nhập bằng tài khoản đó.")
    secret = _link(account, at, is_first_admin=True)
    record(actor=actor, at=at, what="identity.first_admin_invited", about=account.ref, agency=0, login=account.login)
    return secret


@atomic
def accept_invitation(*, actor: Actor, at: datetime, secret: str, password: str, address: str) -> str:
    """Set the password through a link; the link and all sessions end. "" when done, else why the link opens nothing.

    Raises Invalid when the password is weak: the link then still lives.
    """
    verdict = may_guess("invitation", address, address, at)
    if not verdict:
        return verdict.reason
    invitation = living_invitation(secret, at)
    if invitation is None or not _end(invitation, at):
        house = is_house(address, at)
        Attempt.objects.create(subject=subject("invitation", address), address=address, is_house=house, at=at)
        return USED_UP
    account, password = invitation.account, nfc(password)
    problem = password_problem(password, account)
    if problem:
        raise Invalid({"password": problem})
    Account.objects.filter(pk=account.pk).update(password=make_password(password))
    account.sign_ins.filter(ended_at=None).update(ended_at=at)
    person = Actor(account=account.pk, name=account.name)
    if invitation.is_first_admin:
        for _, founder in founders.items():
            founder.first_admin(actor=Actor.system(), at=at, account=account)
    record(actor=person, at=at, what="identity.invitation_accepted", about=account.ref, agency=account.agency or 0)
    return ""


def _link(account: Account, at: datetime, *, is_first_admin: bool) -> str:
    secret = new_secret()
    account.invitations.filter(ended_at=None).update(ended_at=at)
    Invitation.objects.create(
        account=account, token_hash=hash_of(secret), is_first_admin=is_first_admin, made_at=at,
        expires_at=at + INVITATION_LIFE,
    )  # fmt: skip
    return secret


def _end(invitation: Invitation, at: datetime) -> bool:
    """Use an invitation up; False when somebody else was quicker."""
    return bool(Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=at))
