"""My account: ways in, sessions, tokens, the post to act from."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.identity import forms, queries
from tram.identity.commands import entering, factors, sessions, tokens
from tram.identity.models import Account, SignIn
from tram.identity.pages import codes
from tram.identity.pages.entering import GET_OR_POST
from tram.kernel.verdicts import Invalid
from tram.web.after import next_path
from tram.web.fields import key_of
from tram.web.middleware import repeatable, request_actor

Page = Callable[..., HttpResponse]
PASSKEY_IDS, TOKEN_IDS = "passkey_%s", "token_%s"


def own(page: Page) -> Page:
    """Give a page the sign-in of whoever asks; others are sent to sign in."""

    @wraps(page)
    def whole(request: HttpRequest, **parts: object) -> HttpResponse:
        row = queries.sign_in_of(request)
        if row is None:
            after = request.get_full_path() if request.method == "GET" else reverse("identity:account")
            return redirect(codes.with_query(reverse("identity:sign_in"), next=after))
        return page(request, row, **parts)

    return whole


def fresh(page: Page) -> Page:
    """Ask for a proof first, when the last one is older than ten minutes."""

    @wraps(page)
    def whole(request: HttpRequest, row: SignIn, **parts: object) -> HttpResponse:
        if queries.has_fresh_proof(request):
            return page(request, row, **parts)
        return redirect(codes.with_query(reverse("identity:prove"), next=reverse("identity:account")))

    return own(whole)


def _mine(request: HttpRequest, row: SignIn, status: int = 200, **context: object) -> HttpResponse:
    mine = {
        "own": queries.own(row, queries.at_of(request)), "notices": codes.notices(request),
        "password_form": forms.NewPassword(), "token_form": forms.NewToken(auto_id=TOKEN_IDS), "passkey_form": forms.NewPasskey(auto_id=PASSKEY_IDS),
        "is_fresh": queries.has_fresh_proof(request),
    }  # fmt: skip
    return render(request, "identity/account.html", {**mine, **context}, status=status)


def _done(word: str) -> HttpResponse:
    return redirect(codes.with_query(reverse("identity:account"), xong=word))


@require_GET
@own
def account(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Tài khoản của tôi."""
    return _mine(request, row)


@require_POST
@own
def choose_post(request: HttpRequest, _row: SignIn) -> HttpResponse:
    """Act from another post; the session's cookie changes with the rights."""
    post = key_of(request.POST, "post")
    sessions.choose_post(actor=request_actor(request), at=queries.at_of(request), post=post)
    request.session["post"] = post
    request.session.cycle_key()
    return redirect(next_path(request, "/"))


@repeatable
@require_http_methods(GET_OR_POST)
@own
def prove(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Prove again who sits there."""
    after = next_path(request, reverse("identity:account"))
    has_step = queries.has_second_step(row.account)
    wants_passkey = "credential" in request.POST
    form = (forms.Credential if wants_passkey else forms.Code if has_step else forms.Prove)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        proof = (
            {"response": said["credential"], "state": request.session.pop("passkey", None)} if wants_passkey else said
        )
        problem = entering.reauthenticate(
            actor=request_actor(request), at=queries.at_of(request), sign_in=row, address=queries.address_of(request),
            site=queries.site_of(request), **proof,
        )  # fmt: skip
        if not problem:
            return redirect(after)
        form.add_error(None, problem)
    context = {"form": form, "after": after, "has_step": has_step}
    return render(request, "identity/prove.html", context, status=422 if form.errors else 200)


@require_POST
@fresh
def change_password(request: HttpRequest, row: SignIn) -> HttpResponse:
    """A new password."""
    form = forms.NewPassword(request.POST)
    if form.is_valid():
        try:
            factors.change_password(
                actor=request_actor(request), at=queries.at_of(request), sign_in=row, password=form.cleaned_data["password"]
            )  # fmt: skip
        except Invalid as error:
            form.add_error("password", error.errors["password"])
        else:
            update_session_auth_hash(request, Account.objects.get(pk=row.account_id))
            return _done("mat-khau")
    return _mine(request, row, 422, password_form=form)


@repeatable
@require_POST
@fresh
def add_totp(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Show a new code app's square. Repeatable, or the secret would be kept with the answers given."""
    factors.add_totp(actor=request_actor(request), at=queries.at_of(request), sign_in=row)
    return render(request, "identity/add_totp.html", {"form": forms.FirstCode(), **codes.shown(row.account)})


@require_POST
@fresh
def confirm_totp(request: HttpRequest, row: SignIn) -> HttpResponse:
    """The first code of a new code app."""
    form = forms.FirstCode(request.POST)
    if form.is_valid():
        try:
            factors.confirm_totp(
                actor=request_actor(request), at=queries.at_of(request), sign_in=row, code=form.cleaned_data["code"]
            )  # fmt: skip
            return _done("buoc-hai")
        except Invalid as error:
            form.add_error("code", error.errors["code"])
    return render(request, "identity/add_totp.html", {"form": form, **codes.shown(row.account)}, status=422)


@repeatable
@require_POST
@own
def passkey_offer(request: HttpRequest, row: SignIn) -> HttpResponse:
    """What a new passkey is to be made for."""
    options, state = queries.passkey_offer(queries.site_of(request), row.account)
    request.session["passkey"] = state
    return JsonResponse(options)


@require_POST
@fresh
def add_passkey(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Keep a new passkey."""
    form = forms.NewPasskey(request.POST, auto_id=PASSKEY_IDS)
    if form.is_valid():
        try:
            factors.add_passkey(
                actor=request_actor(request), at=queries.at_of(request), sign_in=row, name=form.cleaned_data["name"],
                state=request.session.pop("passkey", None), response=form.cleaned_data["credential"],
                site=queries.site_of(request),
            )  # fmt: skip
            return _done("buoc-hai")
        except Invalid as error:
            form.add_error(None, error.errors["credential"])
    return _mine(request, row, 422, passkey_form=form)


@require_POST
@fresh
def remove_factor(request: HttpRequest, row: SignIn, pk: int) -> HttpResponse:
    """Remove a second step."""
    factors.remove_factor(actor=request_actor(request), at=queries.at_of(request), sign_in=row, factor=pk)
    return _done("bo-buoc-hai")


@repeatable
@require_POST
@fresh
def make_recovery_codes(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Show ten new recovery codes. Repeatable, or they would be kept with the answers given."""
    made = factors.make_recovery_codes(actor=request_actor(request), at=queries.at_of(request), sign_in=row)
    return render(request, "identity/recovery_codes.html", {"codes": made})


@repeatable
@require_POST
@fresh
def issue_token(request: HttpRequest, row: SignIn) -> HttpResponse:
    """Show a new token. Repeatable, or it would be kept with the answers given; a name is taken only once."""
    form, actor = forms.NewToken(request.POST, auto_id=TOKEN_IDS), request_actor(request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            secret = tokens.issue_token(
                actor=actor, at=queries.at_of(request), sign_in=row, name=said["name"], may_write=said["may_write"],
                life=timedelta(days=said["days"]), post=actor.acting.post if actor.acting else None,
            )  # fmt: skip
            return render(request, "identity/token.html", {"secret": secret, "name": said["name"]})
        except Invalid as error:
            form.add_error("name", error.errors["name"])
    return _mine(request, row, 422, token_form=form)


@require_POST
@own
def revoke_token(request: HttpRequest, _row: SignIn, pk: int) -> HttpResponse:
    """Revoke a token."""
    tokens.revoke_token(actor=request_actor(request), at=queries.at_of(request), token=pk)
    return _done("the")


@require_POST
@own
def end_sign_in(request: HttpRequest, _row: SignIn, pk: int) -> HttpResponse:
    """End one session."""
    sessions.end_sign_in(actor=request_actor(request), at=queries.at_of(request), sign_in=pk)
    return _done("phien")


@require_POST
@own
def end_others(request: HttpRequest, row: SignIn) -> HttpResponse:
    """End every session but this one."""
    sessions.end_sign_ins(actor=request_actor(request), at=queries.at_of(request), account=row.account, keep=row)
    return _done("phien")
