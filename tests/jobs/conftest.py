"""The queue's tables are not Django's own, so its flush between tests leaves them: we empty them here."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def empty_queue(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
