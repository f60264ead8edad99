"""Accounts of an agency, for its administrator."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.identity import forms, queries
from tram.identity.commands import accounts, factors, invitations, sessions
from tram.identity.models import Account
from tram.identity.pages import codes
from tram.identity.pages.entering import GET_OR_POST
from tram.identity.policy import may_list
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid
from tram.web.fields import tell
from tram.web.middleware import repeatable, request_actor


def _account(request: HttpRequest, pk: int) -> Account:
    on = clock.local_day(queries.at_of(request))
    found = queries.accounts_of(request_actor(request), on).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page."""
    actor, on = request_actor(request), clock.local_day(queries.at_of(request))
    may_list(actor, on).or_refuse()
    text, here = request.GET.get("q", "")[:100], reverse("identity:accounts")
    page = queries.account_page(actor, on, text, request.GET.get("sau", ""), request.GET.get("truoc", ""))
    pager = {
        "previous_url": codes.with_query(here, q=text, truoc=page.before) if page.before else "",
        "next_url": codes.with_query(here, q=text, sau=page.after) if page.after else "",
    }
    context = {"rows": page.rows, "pager": pager, "text": text, "notices": codes.notices(request)}
    return render(request, "identity/accounts.html", context)


@require_http_methods(GET_OR_POST)
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account in the agency one acts for."""
    actor, at = request_actor(request), queries.at_of(request)
    may_list(actor, clock.local_day(at)).or_refuse()
    form = forms.NewAccount(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = accounts.open_account(actor=actor, at=at, agency=actor.agency or None, **form.cleaned_data)
            return redirect("identity:one_account", pk=made.pk)
        except Invalid as error:
            tell(form, error)
    return render(request, "identity/open_account.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: amend it; the buttons beside."""
    found = _account(request, pk)
    fields = ("name", "email", "phone", "needs_second_factor")
    form = forms.Person(request.POST or None, initial={name: getattr(found, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.amend_account(
                actor=request_actor(request), at=queries.at_of(request), account=found, **form.cleaned_data
            )  # fmt: skip
            return redirect(codes.with_query(reverse("identity:one_account", args=[pk]), xong="sua"))
        except Invalid as error:
            tell(form, error)
    return _one(request, found, form, 422 if form.errors else 200)


def _one(request: HttpRequest, found: Account, form: forms.Person, status: int = 200, **more: object) -> HttpResponse:
    person = {"pk": found.pk, "login": found.login, "name": found.name, "closed_at": found.closed_at}
    context = {"person": person, "form": form, "notices": codes.notices(request), **more}
    return render(request, "identity/one_account.html", context, status=status)


@repeatable
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a link that sets the password once. Repeatable, or it would be kept with the answers given."""
    found = _account(request, pk)
    secret = invitations.invite(actor=request_actor(request), at=queries.at_of(request), account=found)
    link = settings.TRAM_PUBLIC_URL + reverse("identity:invitation", args=[secret])
    return render(request, "identity/invited.html", {"link": link, "name": found.name, "pk": pk})


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    accounts.close_account(actor=request_actor(request), at=queries.at_of(request), account=_account(request, pk))
    return redirect(codes.with_query(reverse("identity:accounts"), xong="dong"))


@require_POST
def end_sign_ins(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's sessions."""
    sessions.end_sign_ins(actor=request_actor(request), at=queries.at_of(request), account=_account(request, pk))
    return redirect(codes.with_query(reverse("identity:one_account", args=[pk]), xong="phien"))


@require_POST
def clear_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the lost second steps of somebody."""
    factors.clear_factors(actor=request_actor(request), at=queries.at_of(request), account=_account(request, pk))
    return redirect(codes.with_query(reverse("identity:one_account", args=[pk]), xong="bo-buoc-hai"))
