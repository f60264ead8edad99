"""Reading identity: who is signed in, what an account has, lists for administrators."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tram.identity.models import Account, Attempt, Factor, Invitation, SignIn, Token
from tram.identity.policy import agencies_of, is_fresh, is_held, is_house, may_guess, rules_all
from tram.identity.rules import HALF_WAY, HOUR, SEEN_EVERY, STILL_THEIRS, hash_of, subject
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.vietnamese.text import fold, folded_words, search_words
from tram.web.fields import key_in
from tram.web.rows import first_of

SAFE = {"GET", "HEAD", "OPTIONS"}
PAGE = 50
SIGN_IN = (
    "SELECT s.* FROM identity_signin s JOIN identity_account a ON a.id = s.account_id"
    " WHERE s.key_hash = %s AND a.closed_at IS NULL"
)
TOKEN = (
    "SELECT t.* FROM identity_token t JOIN identity_account a ON a.id = t.account_id"
    " WHERE t.token_hash = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND a.closed_at IS NULL"
)
"""Every request asks one of these, so they are not put together anew each time."""


def at_of(request: HttpRequest) -> datetime:
    """The moment of a request, in local time."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at


def address_of(request: HttpRequest) -> str:
    """The address a request comes from: behind our own proxy, the one which the proxy saw."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return (seen or request.META.get("REMOTE_ADDR", ""))[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def sign_in_of(request: HttpRequest) -> SignIn | None:
    """The living, admitted sign-in behind a request; None when there is none."""
    row = _row(request)
    return row if row is not None and row.admitted_at and is_held(row, at_of(request)) else None


def half_way(request: HttpRequest) -> SignIn | None:
    """The sign-in behind a request that still awaits its second step."""
    row = _row(request)
    at = at_of(request)
    waits = row is not None and not row.admitted_at and at - row.started_at <= HALF_WAY and is_held(row, at)
    return row if waits else None


def _row(request: HttpRequest) -> SignIn | None:
    """The sign-in of an open account."""
    key = request.session.get("sign_in")
    return first_of(SignIn, SIGN_IN, hash_of(key)) if key else None


def signed_in(request: HttpRequest) -> int | None:
    """The account behind a request's session, or None: ended, idle, too old, or the account closed.

    Marks the session as seen, at most once a minute, and only while reading: inside the transaction of a POST the
    row would stay locked for the other tabs of this person.
    """
    row = sign_in_of(request)
    if row is None:
        return None
    at = at_of(request)
    if request.method in SAFE and at - row.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=row.pk, seen_at__lt=at).update(seen_at=at)
    return row.account_id


def whose(browsers: Collection[bytes], at: datetime) -> dict[bytes, int]:
    """The account that signed in last in each of these browsers; one query.

    Left out: browsers where that sign-in was ended by anybody, or is older than 30 days, or its account is closed. A
    session that ran out by itself does not count as ended.
    """
    let_in = SignIn.objects.filter(browser__in=browsers).exclude(admitted_at=None)
    last = let_in.order_by("browser", "-started_at", "-pk").distinct("browser")
    rows = last.values_list("browser", "account", "started_at", "ended_at", "account__closed_at")
    return {
        bytes(browser): account
        for browser, account, started_at, ended_at, closed_at in rows
        if browser and not ended_at and not closed_at and at - started_at <= STILL_THEIRS
    }


def has_fresh_proof(request: HttpRequest) -> bool:
    """Whether this session's person proved themselves in the last 10 minutes, with their second step where they have one."""
    row = sign_in_of(request)
    if row is None or not is_fresh(row, at_of(request)):
        return False
    return row.proved_by != "password" or not has_second_step(row.account)


def has_second_step(account: Account) -> bool:
    """Whether the account has a confirmed authenticator app or passkey."""
    return account.factors.exclude(confirmed_at=None).exists()


def token_bearer(
    header: str, *, method: str = "POST", address: str = "", at: datetime | None = None
) -> tuple[int, int | None] | None:
    """(account, post) of an `Authorization: Bearer …` header; None when there is no token that may do this.

    A reading token opens only GET, HEAD and OPTIONS. Wrong tokens are counted against the address.
    """
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return None
    at = at or clock.now()
    token = first_of(Token, TOKEN, hash_of(secret.strip()), at)
    if token is None:
        if may_guess("token", address, address, at):
            house = is_house(address, at)
            Attempt.objects.create(subject=subject("token", address), address=address, is_house=house, at=at)
        return None
    if not token.may_write and method not in SAFE:
        return None
    if token.last_used_at is None or at - token.last_used_at >= SEEN_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
    return token.account_id, token.post


def living_invitation(secret: str, at: datetime) -> Invitation | None:
    """The invitation of a link, while it may be used."""
    rows = Invitation.objects.select_related("account")
    return rows.filter(token_hash=hash_of(secret), ended_at=None, expires_at__gt=at, account__closed_at=None).first()


# --- passkeys -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Site:
    """Nơi mở Trạm: where the browser sees us, to which passkeys are bound. `origin` is scheme://host[:port]."""

    host: str
    origin: str


def site_of(request: HttpRequest) -> Site:
    """The site of a request; only hosts of ALLOWED_HOSTS come through."""
    host = request.get_host()
    return Site(host.rpartition(":")[0] if ":" in host else host, f"{request.scheme}://{host}")


def _server(site: Site) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name="Trạm"), verify_origin=lambda o: o == site.origin)


def passkey_challenge(site: Site, account: Account | None = None) -> tuple[dict[str, Any], Any]:
    """(options for the browser's navigator.credentials.get, state to keep for the answer)."""
    known = _credentials(account) if account else None
    options, state = _server(site).authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def passkey_offer(site: Site, account: Account) -> tuple[dict[str, Any], Any]:
    """(options for the browser's navigator.credentials.create, state to keep for the answer)."""
    user = PublicKeyCredentialUserEntity(id=str(account.pk).encode(), name=account.login, display_name=account.name)
    options, state = _server(site).register_begin(
        user, _credentials(account), ResidentKeyRequirement.REQUIRED, UserVerificationRequirement.REQUIRED
    )
    return dict(options), state


def checked_registration(state: Any, response: Any, site: Site) -> AuthenticatorData | None:
    """What the authenticator said of its new passkey; None when the answer does not fit the challenge."""
    try:
        return _server(site).register_complete(state, RegistrationResponse.from_dict(response))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def checked_assertion(factor: Factor, state: Any, response: Any, site: Site) -> int | None:
    """The passkey's use counter, when it signed the challenge; else None."""
    try:
        answer = AuthenticationResponse.from_dict(response)
        _server(site).authenticate_complete(state, [AttestedCredentialData(bytes(factor.secret))], answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return int(answer.response.authenticator_data.counter)


def credential_of(response: Any) -> Factor | None:
    """The passkey that a browser's answer names, locked until the end of the transaction."""
    try:
        named = AuthenticationResponse.from_dict(response).raw_id
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    rows = Factor.objects.select_for_update(of=["self"]).select_related("account")
    return rows.filter(kind="passkey", credential=named).first()


def _credentials(account: Account) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(row.secret)) for row in account.factors.filter(kind="passkey")]


# --- pages ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WayIn:
    """Cách vào: one second step, as its owner sees it."""

    id: int
    kind: str
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Phiên trong danh sách: one living session."""

    id: int
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class TokenRow:
    """Thẻ trong danh sách: one living token; never its secret."""

    id: int
    name: str
    may_write: bool
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Own:
    """Tài khoản của tôi: everything that lets this person in."""

    login: str
    name: str
    ways_in: list[WayIn]
    sessions: list[SessionRow]
    tokens: list[TokenRow]
    recovery_left: int
    wrong_guesses: int


def own(sign_in: SignIn, at: datetime) -> Own:
    """The page "Tài khoản của tôi" of whoever signed in."""
    account = sign_in.account
    living = account.sign_ins.filter(ended_at=None).exclude(admitted_at=None).order_by("-seen_at")
    factors = account.factors.exclude(confirmed_at=None).order_by("added_at")
    tokens = account.tokens.filter(revoked_at=None, expires_at__gt=at).order_by("name")
    return Own(
        login=account.login,
        name=account.name,
        ways_in=[WayIn(f.pk, f.get_kind_display(), f.name, f.added_at, f.last_used_at) for f in factors],
        sessions=[
            SessionRow(s.pk, s.device, s.address, s.started_at, s.seen_at, s.pk == sign_in.pk)
            for s in living if is_held(s, at)
        ],
        tokens=[TokenRow(t.pk, t.name, t.may_write, t.expires_at, t.last_used_at) for t in tokens],
        recovery_left=account.recovery_codes.filter(used_at=None).count(),
        wrong_guesses=Attempt.objects.filter(subject=subject("password", account.login), at__gt=at - 24 * HOUR).count(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Tài khoản trong danh sách."""

    id: int
    login: str
    name: str
    email: str
    closed_at: datetime | None
    has_second_step: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Một trang tài khoản; `after` and `before` are keys of the neighbouring pages, "" where there is none."""

    rows: list[AccountRow]
    after: str
    before: str


def accounts_of(actor: Actor, on: date) -> QuerySet[Account]:
    """The accounts that the acting hat administers."""
    return Account.objects.all() if rules_all(actor, on) else Account.objects.filter(agency__in=agencies_of(actor, on))


def account_page(actor: Actor, on: date, text: str = "", after: str = "", before: str = "") -> AccountPage:
    """Fifty accounts in the order of Vietnamese names, after or before a key. Two queries at most.

    `text`: words of the name with marks (then they must fit) or without, or the beginning of the login.
    """
    found = _matching(accounts_of(actor, on), text).annotate(
        steps=Count("factors", filter=Q(factors__confirmed_at__isnull=False))
    )
    key = after or before
    if key:
        name_key, _, pk = key.rpartition("/")
        side = "gt" if after else "lt"
        found = found.filter(Q(**{f"name_key__{side}": name_key}) | Q(name_key=name_key, **{f"pk__{side}": key_in(pk)}))
    order = ("-name_key", "-pk") if before else ("name_key", "pk")
    rows = list(found.order_by(*order)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if before:
        rows.reverse()
    first, last = (f"{rows[0].name_key}/{rows[0].pk}", f"{rows[-1].name_key}/{rows[-1].pk}") if rows else ("", "")
    return AccountPage(
        rows=[AccountRow(a.pk, a.login, a.name, a.email, a.closed_at, bool(a.steps)) for a in rows],
        after=last if more or before else "",
        before=first if (after or (before and more)) else "",
    )


def _matching(accounts: QuerySet[Account], text: str) -> QuerySet[Account]:
    named = named_like(text)
    return accounts.filter(named | Q(login__startswith=text.strip().lower())) if named else accounts


def named_like(text: str, path: str = "") -> Q:
    """People whose name has words that begin as these do; typed without marks, marks do not count.

    `path` leads from the table that is asked to the account, as "account__"; an empty Q for no words.
    """
    words = search_words(text)
    column, wanted = ("bare_words", folded_words(text)) if fold(text) == text.lower() else ("words", words)
    named = Q()
    for word in wanted if words else ():
        named &= Q(**{f"{path}{column}__contains": f" {word}"})
    return named
