"""Who may administer accounts, who may still guess, and which passwords are good."""

from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.db import connection

from tram.identity.models import Account, Attempt, SignIn
from tram.identity.rules import (
    ABSOLUTE,
    FRESH,
    HOUR,
    HOUSE_MEMORY,
    IDLE,
    address_wait,
    is_private,
    lane_wait,
    lock_number,
    wait_words,
)
from tram.identity.rules import subject as aim_at
from tram.identity.sockets import hats_of
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed, refused

NOT_ADMIN = "Chỉ quản trị cơ quan (với tài khoản cơ quan mình) hoặc quản trị tỉnh được làm việc này."
ABOVE = "Tài khoản này có quyền quản trị tỉnh nên chỉ quản trị tỉnh khác được thay đổi."
NOT_FRESH = "Xác nhận lại danh tính rồi làm lại: việc này cần xác nhận trong 10 phút gần đây."
PASSWORD_PROBLEMS = (
    (MinimumLengthValidator(10), "Mật khẩu cần ít nhất 10 ký tự. Dùng cả một câu cho dễ nhớ."),
    (CommonPasswordValidator(), "Mật khẩu này nhiều người dùng nên dễ bị đoán. Chọn một câu khác."),
    (
        UserAttributeSimilarityValidator(user_attributes=("login", "name", "email")),
        "Mật khẩu gần giống tên đăng nhập, họ tên hoặc thư điện tử. Chọn một câu khác.",
    ),
)


def rules_all(actor: Actor, on: date) -> bool:
    """Whether the acting hat administers the province."""
    hat = actor.acting
    return hat is not None and hat.valid(on) and any(g.role == "admin_province" and g.valid(on) for g in hat.grants)


def agencies_of(actor: Actor, on: date) -> list[int]:
    """The agencies whose accounts the acting hat administers (the province's administrator: see `rules_all`)."""
    hat = actor.acting
    if hat is None or not hat.valid(on):
        return []
    return [grant.unit for grant in hat.grants if grant.role == "admin_org" and grant.valid(on)]


def may_open(actor: Actor, agency: int | None, on: date) -> Verdict:
    """Open accounts of an agency."""
    return allow_if(
        actor.is_system or rules_all(actor, on) or (agency is not None and agency in agencies_of(actor, on)), NOT_ADMIN
    )


def may_list(actor: Actor, on: date) -> Verdict:
    """See the list of accounts."""
    return allow_if(rules_all(actor, on) or agencies_of(actor, on), NOT_ADMIN)


def may_administer(actor: Actor, account: Account, on: date) -> Verdict:
    """Invite, amend, close: never upwards, or an agency's administrator could become the province's."""
    if actor.is_system or rules_all(actor, on):
        return allowed
    over = any(g.role == "admin_province" and g.valid(on) for hat in hats_of(account.pk, on) for g in hat.grants)
    return may_open(actor, account.agency, on) & allow_if(not over, ABOVE)


def may_as_self(actor: Actor, account: Account) -> Verdict:
    """Change one's own ways in."""
    return allow_if(actor.account == account.pk, "Chỉ chủ tài khoản được làm việc này.")


def may_change_ways_in(actor: Actor, sign_in: SignIn, at: datetime) -> Verdict:
    """Change one's own ways in, shortly after proving who one is (ASVS 7.5.1)."""
    fresh = is_living(sign_in, at) and is_fresh(sign_in, at)
    return may_as_self(actor, sign_in.account) & allow_if(fresh, NOT_FRESH)


def is_living(sign_in: SignIn, at: datetime) -> bool:
    """Whether a sign-in is held, and its account is open."""
    return sign_in.account.closed_at is None and is_held(sign_in, at)


def is_held(sign_in: SignIn, at: datetime) -> bool:
    """Whether a sign-in is neither ended, nor left alone for 8 hours, nor older than 12."""
    return sign_in.ended_at is None and at - sign_in.seen_at < IDLE and at - sign_in.started_at < ABSOLUTE


def is_fresh(sign_in: SignIn, at: datetime) -> bool:
    """Whether the person behind a sign-in proved themselves in the last 10 minutes."""
    return timedelta(0) <= at - sign_in.proved_at < FRESH


def is_house(address: str, at: datetime) -> bool:
    """Whether an address is of a local network, or somebody (anybody) signed in from it in the last 30 days."""
    return is_private(address) or SignIn.objects.filter(address=address, admitted_at__gt=at - HOUSE_MEMORY).exists()


def may_guess(door: str, who: str, address: str, at: datetime) -> Verdict:
    """Whether a guess may be evaluated now: at most ten wrong ones an hour for each thing guessed at.

    Guesses at one thing queue up behind each other, so that many at once are still counted one by one.
    """
    aim = aim_at(door, who)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(aim)])
    house = is_house(address, at)
    recent = Attempt.objects.filter(at__gt=at - HOUR)
    at_this = list(recent.filter(subject=aim, is_house=house).order_by("at").values_list("at", flat=True))
    from_here = list(recent.filter(address=address).order_by("at").values_list("at", flat=True))
    last = from_here[-1] if from_here else None
    wait = max(lane_wait(at_this, at), address_wait(len(from_here), last, house, at))
    return refused(wait_words(wait)) if wait else allowed


def password_problem(password: str, account: Account) -> str:
    """What is wrong with a new password, or ""."""
    for validator, sentence in PASSWORD_PROBLEMS:
        try:
            validator.validate(password, account)
        except ValidationError:
            return sentence
    return ""
