"""The page on which anybody signed in sees what the signatures of a PDF are worth."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tram.files.queries import inspected
from tram.kernel.verdicts import Invalid, WrongState
from tram.signing import queries
from tram.signing.forms import Brought
from tram.signing.policy import may_verify
from tram.web.asked import Asked
from tram.web.middleware import repeatable


@repeatable
@require_http_methods(["GET", "POST"])
def verify(request: Asked) -> HttpResponse:
    """Bring a PDF, see the report; nothing is kept, so it may be sent again without harm."""
    may_verify(request.actor).or_refuse()
    if request.method == "GET":
        return render(request, "signing/verify.html", {"form": Brought()})
    form = Brought(request.POST, request.FILES)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with inspected(upload, upload.name or "") as path:
                found = queries.report(path, request.at)
            context |= {"report": found, "name": upload.name, "acts": queries.acts_behind([found.sha256])}
        except (Invalid, WrongState) as error:
            form.add_error("file", str(error))
    return render(request, "signing/verify.html", context, status=422 if form.errors else 200)
