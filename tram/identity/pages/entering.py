"""Doors: signing in and out, second step, invitation.

Each door that takes a guess is `repeatable`: a wrong guess must leave its trace, and a request wrapped with an
idempotency key is rolled back when it is answered with an error.
"""

import re

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tram.identity import forms, queries
from tram.identity.commands import entering, factors, invitations, sessions
from tram.identity.models import Account
from tram.identity.pages import codes
from tram.identity.rules import new_secret
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.web.after import next_path
from tram.web.middleware import repeatable, request_actor

BACKEND = "django.contrib.auth.backends.ModelBackend"
GET_OR_POST = ("GET", "HEAD", "POST")
SECRET = re.compile(r"[\w-]{43}", re.ASCII)
BROWSER_DAYS = 400
"""The longest that browsers keep a cookie."""


def agent_of(request: HttpRequest) -> str:
    """What the browser calls itself."""
    return request.headers.get("User-Agent", "")[:500]


def browser_of(request: HttpRequest) -> str:
    """The secret that tells this browser from others: its cookie's, or a new one."""
    kept = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    return kept if SECRET.fullmatch(kept) else new_secret()


def admit(request: HttpRequest, account: int, key: str) -> None:
    """Bind the browser's session, under a new cookie, to the sign-in whose secret is `key`."""
    auth.login(request, Account.objects.get(pk=account), backend=BACKEND)
    request.session.cycle_key()
    request.session["sign_in"] = key


@repeatable
@require_http_methods(GET_OR_POST)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password."""
    after = next_path(request, "/")
    if request.method != "POST":
        if queries.sign_in_of(request):
            return redirect(after)
        return render(request, "identity/sign_in.html", {"form": forms.SignIn(), "after": after})
    form, browser = forms.SignIn(request.POST), browser_of(request)
    if form.is_valid():
        entry = entering.sign_in(
            actor=request_actor(request), at=queries.at_of(request), address=queries.address_of(request),
            agent=agent_of(request), browser=browser, **form.cleaned_data,
        )  # fmt: skip
        if not entry.problem:
            return _remembered(_entered(request, entry, after), browser)
        form.add_error(None, entry.problem)
    return render(request, "identity/sign_in.html", {"form": form, "after": after}, status=422)


def _entered(request: HttpRequest, entry: entering.Entry, after: str) -> HttpResponse:
    if entry.is_admitted and entry.account is not None:
        admit(request, entry.account, entry.key)
        return redirect(after)
    request.session.flush()
    request.session["sign_in"] = entry.key
    rotate_token(request)
    return redirect(_with_next("identity:second_step", after))


def _remembered(response: HttpResponse, browser: str) -> HttpResponse:
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME, browser, max_age=BROWSER_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _with_next(name: str, after: str) -> str:
    return codes.with_query(reverse(name), next=after)


@repeatable
@require_http_methods(GET_OR_POST)
def second_step(request: HttpRequest) -> HttpResponse:
    """A code, after the password."""
    row, after = queries.half_way(request), next_path(request, "/")
    if row is None:
        return redirect(_with_next("identity:sign_in", after))
    if not queries.has_second_step(row.account):
        return redirect(_with_next("identity:first_code_app", after))
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = entering.pass_second_step(
            actor=request_actor(request), at=queries.at_of(request), key=request.session["sign_in"],
            address=queries.address_of(request), **form.cleaned_data,
        )  # fmt: skip
        if not entry.problem:
            return _entered(request, entry, after)
        form.add_error("code", entry.problem)
    context = {"form": form, "after": after}
    return render(request, "identity/second_step.html", context, status=422 if form.errors else 200)


@repeatable
@require_http_methods(GET_OR_POST)
def first_code_app(request: HttpRequest) -> HttpResponse:
    """Set up the second step that this account needs, before it is let in for the first time.

    `repeatable`: the page shows a secret, which must not be kept with the answers given.
    """
    row, after = queries.half_way(request), next_path(request, "/")
    if row is None or queries.has_second_step(row.account):
        return redirect(_with_next("identity:sign_in", after))
    actor, at = Actor(account=row.account_id, name=row.account.name), queries.at_of(request)
    if request.method != "POST":
        return render(request, "identity/first_code_app.html", {"after": after})
    if "code" not in request.POST:
        factors.add_totp(actor=actor, at=at, sign_in=row)
        context = {"after": after, "form": forms.FirstCode(), **codes.shown(row.account)}
        return render(request, "identity/first_code_app.html", context)
    form = forms.FirstCode(request.POST)
    if form.is_valid():
        try:
            key = factors.confirm_totp(actor=actor, at=at, sign_in=row, code=form.cleaned_data["code"])
        except Invalid as error:
            form.add_error("code", error.errors["code"])
        else:
            admit(request, row.account_id, key)
            return redirect(after)
    context = {"after": after, "form": form, **codes.shown(row.account)}
    return render(request, "identity/first_code_app.html", context, status=422)


@repeatable
@require_POST
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """What a passkey must sign now, whoever it belongs to."""
    row = queries.half_way(request) or queries.sign_in_of(request)
    options, state = queries.passkey_challenge(queries.site_of(request), row.account if row else None)
    request.session["passkey"] = state
    return JsonResponse(options)


@repeatable
@require_POST
def enter_with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone."""
    form, after, browser = forms.Credential(request.POST), next_path(request, "/"), browser_of(request)
    problem = ""
    if form.is_valid():
        entry = entering.enter_with_passkey(
            actor=request_actor(request), at=queries.at_of(request), state=request.session.pop("passkey", None),
            response=form.cleaned_data["credential"], site=queries.site_of(request),
            address=queries.address_of(request), agent=agent_of(request), browser=browser,
        )  # fmt: skip
        if not entry.problem:
            return _remembered(_entered(request, entry, after), browser)
        problem = entry.problem
    sentence = problem or str(form.errors["credential"][0])
    context = {"form": forms.SignIn(), "after": after, "errors": {"passkey": sentence}}
    return render(request, "identity/sign_in.html", context, status=422)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and on the server."""
    row = queries.sign_in_of(request)
    if row is not None:
        sessions.sign_out(actor=request_actor(request), at=queries.at_of(request), sign_in=row)
    auth.logout(request)
    answer = redirect("identity:sign_in")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@repeatable
@require_http_methods(GET_OR_POST)
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password through a one-time link."""
    found = queries.living_invitation(secret, queries.at_of(request))
    form = forms.NewPassword(request.POST or None)
    problem = "" if found or request.method == "POST" else invitations.USED_UP
    if request.method == "POST" and form.is_valid():
        try:
            problem = invitations.accept_invitation(
                actor=request_actor(request), at=queries.at_of(request), secret=secret,
                password=form.cleaned_data["password"], address=queries.address_of(request),
            )  # fmt: skip
            if not problem:
                auth.logout(request)
                return redirect(codes.with_query(reverse("identity:sign_in"), xong="mat-khau"))
        except Invalid as error:
            form.add_error("password", error.errors["password"])
    context = {"form": form, "problem": problem, "login": found.account.login if found else ""}
    return render(request, "identity/invitation.html", context, status=422 if form.errors or problem else 200)
