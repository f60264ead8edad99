"""The database under the answers: its hour, and old answers; after their days a repeated key is a new request."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tram.kernel import clock
from tram.web.models import Answer


def hour_of_database() -> datetime:
    """This moment by the clock of the database, which is one for all web servers and workers, in local time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return clock.local(cursor.fetchone()[0])


def forget(before: datetime) -> int:
    """Forget the answers given before a moment; how many they were."""
    forgotten, _ = Answer.objects.filter(given_at__lt=before).delete()
    return forgotten


def forget_with(words: Sequence[str], since: datetime) -> int:
    """Forget the answers since a moment that bear one of these words, because what they told must not stay."""
    told = Answer.objects.filter(given_at__gte=since)
    bears = [
        pk for pk, body in told.values_list("pk", "body").iterator() if any(w.encode() in bytes(body) for w in words)
    ]
    forgotten, _ = Answer.objects.filter(pk__in=bears).delete()
    return forgotten
