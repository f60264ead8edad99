"""What the pages of following up share: numbers of the address line, files to take away."""

from django.http import HttpRequest, HttpResponse


def number_of(request: HttpRequest, name: str) -> int:
    """A whole number of the address line; 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that the browser keeps under this name."""
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
