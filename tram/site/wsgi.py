"""The door for the web server."""

import os
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tram.site.settings")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UTF8 = ("utf-8", "utf8")


class Utf8Request(WSGIRequest):
    """A request whose address line is read as UTF-8, whatever letters its Content-Type claims; a form in others is refused.

    Else a stranger could name a codec that is none for text, at which Django falls before any middleware, or one that
    makes letters which no table holds.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}

    def _load_post_and_files(self) -> None:
        claimed = (self.content_params or {}).get("charset", UTF8[0])
        try:
            if self.method == "POST" and self.content_type in FORMS and claimed.lower() not in UTF8:
                raise LookupError(claimed)
            super()._load_post_and_files()
        except LookupError as error:
            self._mark_post_parse_error()  # type: ignore[attr-defined]
            raise BadRequest("a form in letters other than UTF-8") from error


application = get_wsgi_application()
application.request_class = Utf8Request
