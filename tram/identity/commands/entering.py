"""The doors where somebody proves who they are. A wrong proof is an answer, not an error: its trace must stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password

from tram.audit.commands import atomic, record
from tram.identity.models import Account, Attempt, Factor, Proof, SignIn
from tram.identity.policy import is_house, is_living, may_as_self, may_guess
from tram.identity.queries import Site, checked_assertion, credential_of
from tram.identity.rules import (
    HALF_WAY,
    HOUR,
    PROOF_LIFE,
    code_digits,
    device_words,
    hash_of,
    new_secret,
    subject,
    totp_step,
)
from tram.kernel.actors import Actor
from tram.kernel.verdicts import allow_if
from tram.vietnamese.text import nfc

WRONG_PASSWORD = "Tên đăng nhập hoặc mật khẩu không khớp. Xem lại bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại."
WRONG_CODE = "Mã không khớp hoặc đã dùng. Nhập mã đang hiện trong ứng dụng, hoặc một mã dự phòng chưa dùng."
WRONG_PASSKEY = "Khóa này chưa được thêm vào Trạm hoặc đã bị bỏ. Dùng mật khẩu để đăng nhập."
TOO_LATE = "Lượt đăng nhập này đã quá 10 phút. Đăng nhập lại từ đầu."
NOBODY = "!"  # fits no password, yet costs the same work to compare
WAYS = {"password": "mật khẩu", "totp": "ứng dụng mã", "recovery": "mã dự phòng", "passkey": "khóa"}


NOT_PROVED = "Xác nhận lại danh tính cho đúng việc này rồi làm lại: mỗi lần xác nhận dùng cho một việc, trong 2 phút."


@dataclass(frozen=True, slots=True)
class Shown:
    """Yếu tố xuất trình: a password, a code, or a passkey's answer with the challenge's state."""

    password: str = ""
    code: str = ""
    state: Any = None
    response: Any = None
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class FreshProof:
    """Bằng chứng vừa xuất trình: `key` opens one act in this session; `problem` says why there is none."""

    sign_in: SignIn
    key: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Kết quả qua cửa: `key` is the new secret of the browser's session; `problem` says why there is none."""

    account: int | None = None
    key: str = ""
    is_admitted: bool = False
    problem: str = ""


@atomic
def sign_in(
    *, actor: Actor, at: datetime, login: str, password: str, address: str, agent: str, browser: str = ""
) -> Entry:
    """First door: login and password. Where there is a second step, the entry is not admitted yet.

    `browser` is the secret of the browser's own cookie. Unknown, closed and known accounts get the same answer, after the same work.
    """
    login = login.strip().casefold()
    verdict = may_guess("password", login, address, at)
    if not verdict:
        return Entry(problem=verdict.reason)
    account = Account.objects.filter(login=login).first()
    matches = check_password(nfc(password), account.password if account else NOBODY)
    if account is None or not matches or account.closed_at:
        _note("password", login, address, at)
        return Entry(problem=WRONG_PASSWORD)
    waits = account.needs_second_factor or account.factors.exclude(confirmed_at=None).exists()
    key, row = _let_in(account, "password", address, agent, browser, at, is_admitted=not waits)
    what = "identity.first_step_passed" if waits else "identity.signed_in"
    record(
        actor=_person(account), at=at, what=what, about=account.ref, agency=account.agency or 0, way=WAYS["password"],
        device=row.device, address=address, failures=_failures("password", login, at),
    )  # fmt: skip
    return Entry(account.pk, key, is_admitted=not waits)


@atomic
def pass_second_step(*, actor: Actor, at: datetime, key: str, code: str, address: str) -> Entry:
    """Second door: a code of the authenticator app, or a recovery code. The session's secret is renewed."""
    row = _half_way(key, at)
    if row is None:
        return Entry(problem=TOO_LATE)
    account = row.account
    verdict = may_guess("code", str(account.pk), address, at)
    if not verdict:
        return Entry(problem=verdict.reason)
    way = _use_code(account, code, at)
    if not way:
        _note("code", str(account.pk), address, at)
        return Entry(problem=WRONG_CODE)
    fresh = _admit(row, way, at)
    record(
        actor=_person(account), at=at, what="identity.signed_in", about=account.ref, agency=account.agency or 0,
        way=WAYS[way], device=row.device, address=address, failures=_failures("code", str(account.pk), at),
    )  # fmt: skip
    return Entry(account.pk, fresh, is_admitted=True)


@atomic
def enter_with_passkey(
    *, actor: Actor, at: datetime, state: Any, response: Any, site: Site, address: str, agent: str, browser: str = ""
) -> Entry:
    """The door for passkeys: possession and a PIN, finger or face in one, so there is no second step.

    `state` is what `queries.passkey_challenge` gave for this browser, `response` the browser's JSON as a dict.
    """
    verdict = may_guess("passkey", address, address, at)
    if not verdict:
        return Entry(problem=verdict.reason)
    factor = _use_passkey(state, response, site, at)
    if factor is None or factor.account.closed_at:
        _note("passkey", address, address, at)
        return Entry(problem=WRONG_PASSKEY)
    account = factor.account
    key, row = _let_in(account, "passkey", address, agent, browser, at, is_admitted=True)
    record(
        actor=_person(account), at=at, what="identity.signed_in", about=account.ref, agency=account.agency or 0,
        way=f"{WAYS['passkey']} {factor.name}", device=row.device, address=address, failures=0,
    )  # fmt: skip
    return Entry(account.pk, key, is_admitted=True)


@atomic
def reauthenticate(
    *, actor: Actor, at: datetime, sign_in: SignIn, password: str = "", code: str = "", state: Any = None,
    response: Any = None, site: Site | None = None, address: str = "",
) -> str:  # fmt: skip
    """Prove again who sits there, before signing or changing ways in; "" when proved, else what went wrong.

    Whoever has a second step proves it (code, or passkey with `state`, `response`, `site`); others their password.
    """
    shown = Shown(password, code, state, response, site)
    way, problem = _proved_again(actor, at, sign_in, shown, address)
    if problem:
        return problem
    SignIn.objects.filter(pk=sign_in.pk).update(proved_at=at, proved_by=way)
    account = sign_in.account
    record(
        actor=actor, at=at, what="identity.reauthenticated", about=account.ref, agency=account.agency or 0,
        way=WAYS[way],
    )  # fmt: skip
    return ""


@atomic
def prove_for(
    *, actor: Actor, at: datetime, sign_in: SignIn, purpose: str, shown: Shown, address: str = ""
) -> FreshProof:
    """Show a factor for one act (`purpose`, as "signing.sign:documents.outgoing/12"): the proof is good for two minutes,
    once, in this session, for this purpose. What was wrong stands in `problem`; nothing is raised, so its trace stays.

    Whoever has a second step shows it; a proof of ten minutes ago is not enough for an act that binds (ASVS 7.5.3).
    """
    way, problem = _proved_again(actor, at, sign_in, shown, address)
    if problem:
        return FreshProof(sign_in, problem=problem)
    key, account = new_secret(), sign_in.account
    Proof.objects.create(
        sign_in=sign_in, purpose=purpose, key_hash=hash_of(key), way=way, made_at=at, expires_at=at + PROOF_LIFE
    )
    record(
        actor=actor, at=at, what="identity.proved_for", about=account.ref, agency=account.agency or 0,
        way=WAYS[way], purpose=purpose,
    )  # fmt: skip
    return FreshProof(sign_in, key)


def spend_proof(*, actor: Actor, at: datetime, proof: FreshProof, purpose: str) -> str:
    """Part: asked inside the command that needs the proof; the words of the factor shown.

    Raises Refused when there is none for this person, session and purpose, or it is old or spent.
    """
    row = SignIn.objects.select_related("account").filter(pk=proof.sign_in.pk, account=actor.account or 0).first()
    found = Proof.objects.filter(
        sign_in=proof.sign_in.pk, key_hash=hash_of(proof.key), purpose=purpose, spent_at=None, made_at__lte=at,
        expires_at__gt=at,
    )  # fmt: skip
    way = found.values_list("way", flat=True).first()
    spent = row is not None and is_living(row, at) and found.update(spent_at=at)
    allow_if(spent, NOT_PROVED).or_refuse()
    return WAYS[way or ""]


def _proved_again(actor: Actor, at: datetime, sign_in: SignIn, shown: Shown, address: str) -> tuple[str, str]:
    """(how, "") when the person of this session is there again, ("", what went wrong) otherwise."""
    may_as_self(actor, sign_in.account).or_refuse()
    account, way = sign_in.account, ""
    has_step = account.factors.exclude(confirmed_at=None).exists()
    door, who = ("code", str(account.pk)) if has_step else ("password", account.login)
    verdict = may_guess(door, who, address, at)
    if not verdict:
        return "", verdict.reason
    if shown.response is not None and shown.site is not None:
        factor = _use_passkey(shown.state, shown.response, shown.site, at)
        way = "passkey" if factor and factor.account == account else ""
    elif has_step:
        way = _use_code(account, shown.code, at)
    elif check_password(nfc(shown.password), account.password):
        way = "password"
    if not way or not is_living(sign_in, at):
        _note(door, who, address, at)
        return "", WRONG_CODE if has_step else WRONG_PASSWORD
    return way, ""


def _person(account: Account) -> Actor:
    """Whoever has just proved to be this person; they wear no hat yet."""
    return Actor(account=account.pk, name=account.name)


def _note(door: str, who: str, address: str, at: datetime) -> None:
    Attempt.objects.create(subject=subject(door, who), address=address, is_house=is_house(address, at), at=at)


def _failures(door: str, who: str, at: datetime) -> int:
    return Attempt.objects.filter(subject=subject(door, who), at__gt=at - HOUR).count()


def _let_in(
    account: Account, way: str, address: str, agent: str, browser: str, at: datetime, *, is_admitted: bool
) -> tuple[str, SignIn]:
    key = new_secret()
    row = SignIn.objects.create(
        account=account, key_hash=hash_of(key), device=device_words(agent), address=address, started_at=at, seen_at=at,
        browser=hash_of(browser) if browser else None, admitted_at=at if is_admitted else None, proved_at=at, proved_by=way,
    )  # fmt: skip
    return key, row


def _half_way(key: str, at: datetime) -> SignIn | None:
    row = SignIn.objects.select_for_update(of=["self"]).select_related("account").filter(key_hash=hash_of(key)).first()
    if row is None or row.admitted_at or at - row.started_at > HALF_WAY or not is_living(row, at):
        return None
    return row


def _admit(row: SignIn, way: str, at: datetime) -> str:
    """Let a half-way sign-in in under a new secret: the old one was known before the person was (fixation)."""
    key = new_secret()
    row.key_hash, row.admitted_at, row.seen_at, row.proved_at, row.proved_by = hash_of(key), at, at, at, way
    row.save(update_fields=["key_hash", "admitted_at", "seen_at", "proved_at", "proved_by"])
    return key


def _use_code(account: Account, code: str, at: datetime) -> str:
    """Spend a code; which way it was, or "" when it opens nothing. Each code opens once."""
    typed = code_digits(code)
    for factor in account.factors.select_for_update().filter(kind="totp").exclude(confirmed_at=None):
        step = totp_step(factor.shared_secret, typed, at, factor.counter)
        if step is not None:
            factor.counter, factor.last_used_at = step, at
            factor.save(update_fields=["counter", "last_used_at"])
            return "totp"
    spent = account.recovery_codes.filter(code_hash=hash_of(typed), used_at=None).update(used_at=at)
    return "recovery" if spent else ""


def _use_passkey(state: Any, response: Any, site: Site, at: datetime) -> Factor | None:
    """The passkey that answered the challenge rightly; None when none did, or when its counter went back (a copy)."""
    factor = credential_of(response)
    counter = checked_assertion(factor, state, response, site) if factor else None
    if factor is None or counter is None or (counter and counter <= factor.counter):
        return None
    factor.counter, factor.last_used_at = counter, at
    factor.save(update_fields=["counter", "last_used_at"])
    return factor
