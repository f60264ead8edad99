"""Sessions in their table, as Django keeps them, read by a statement that is not put together anew for each page."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from tram.web.rows import first_of

READ = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """What a browser's cookie stands for."""

    def _get_session_from_db(self) -> Any:
        found = first_of(self.model, READ, self.session_key, timezone.now())
        if found is None:
            self._session_key = None
        return found
