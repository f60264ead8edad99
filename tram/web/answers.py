"""Old answers: after their days a repeated key is a new request."""

from datetime import datetime

from tram.web.models import Answer


def forget(before: datetime) -> int:
    """Forget the answers given before a moment; how many they were."""
    forgotten, _ = Answer.objects.filter(given_at__lt=before).delete()
    return forgotten
