"""The door for files in pieces: announce one, send what is missing of it, ask how much is here, let it go.

Nothing here needs an idempotency key: the same announcement is the same upload, and a piece says where it belongs.
"""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from tram.files import queries
from tram.files.commands import append, begin_upload, end_upload
from tram.files.queries import Arriving
from tram.files.rules.disk import OutOfPlace
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.web.asked import Asked
from tram.web.middleware import repeatable

LONGEST_NUMBER = 15


def _number(text: str) -> int:
    """A count of bytes; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else -1


def _told(one: Arriving) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "size": one.size, "received": one.received}


@repeatable
@require_http_methods(["GET", "POST"])
def uploads(request: Asked) -> HttpResponse:
    """GET: one's own files that are still on their way. POST name, size, mark: begin one, or go on with it."""
    if request.actor.account is None:
        raise Hidden
    if request.method == "GET":
        return JsonResponse({"uploads": [_told(one) for one in queries.all_arriving(request.actor)]})
    name, size, mark = (request.POST.get(key, "") for key in ("name", "size", "mark"))
    try:
        begun = begin_upload(
            actor=request.actor, at=request.at, name=name, size=_number(size), mark=mark.replace("\x00", "")
        )
    except (Invalid, WrongState) as error:
        return JsonResponse({"detail": str(error)}, status=409 if isinstance(error, WrongState) else 422)
    return JsonResponse(_told(queries.arriving(request.actor, begun.pk)))


@repeatable
@require_http_methods(["GET", "PUT", "DELETE"])
def upload(request: Asked, key: UUID) -> HttpResponse:
    """GET: how much is here. PUT ?tu=: the bytes from there on, kept as they come. DELETE: not wanted any more."""
    if request.method == "DELETE":
        end_upload(actor=request.actor, at=request.at, key=key)
        return HttpResponse(status=204)
    if request.method == "GET":
        return JsonResponse(_told(queries.arriving(request.actor, key)))
    offset = _number(request.GET.get("tu", ""))
    try:
        kept, again = append(actor=request.actor, at=request.at, key=key, offset=offset, stream=request)
    except OutOfPlace as place:
        return JsonResponse({"received": place.length}, status=409)
    except (Invalid, WrongState) as error:
        return JsonResponse({"detail": str(error)}, status=422)
    return JsonResponse({"received": kept, "again": again})
