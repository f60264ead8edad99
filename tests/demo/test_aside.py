"""What is put aside for a load comes back as it was, and finds what does not hold."""

import re
from itertools import chain

import pytest
from django.db import IntegrityError, connection

from tram.demo.aside import Aside
from tram.demo.bulk import story_tables

KEPT = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index
WHERE indrelid::regclass::text = ANY(%(tables)s)
UNION ALL SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s) ORDER BY 1, 2
"""

CASTS = re.compile(r"[()]|::(character varying|text)(\[\])?")
"""PostgreSQL writes the casts of a list elsewhere when it reads its own definition again."""


def kept() -> list[tuple[str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {"tables": story_tables()})
        return [(name, CASTS.sub("", definition), holds) for name, definition, holds in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_every_index_and_constraint_comes_back() -> None:
    before = kept()
    aside = Aside(story_tables())
    aside.put()
    left = {name for name, _, _ in kept()}
    assert len(before) > 80 and not {"audit_event_pkey", "cards_by_term", "one_arrival_a_number"} & left
    assert "progress_is_a_percentage" in left
    aside.bring_back()
    assert kept() == before


@pytest.mark.django_db(transaction=True)
def test_a_row_that_refers_to_nothing_is_found() -> None:
    before = kept()
    aside = Aside(["documents_share"])
    aside.put()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO documents_share (direction_id, task_id, part) VALUES (1, 1, 'lead')")
    with pytest.raises(IntegrityError):
        aside.bring_back()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_share")
        for statement in chain.from_iterable(aside.checks.values()):
            cursor.execute(statement)
    assert kept() == before
