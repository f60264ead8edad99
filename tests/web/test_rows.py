"""Things read and written by plain statements are what the ORM reads and writes."""

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from tram.kernel import clock
from tram.organisation.models import Area
from tram.web.models import Answer
from tram.web.rows import all_of, by_key, first_of, one_of, read, update

pytestmark = pytest.mark.django_db
BACKWARDS = "SELECT body, headers, status, given_at, path, key, owner, id, status + 1 AS following FROM web_answer"

BESIDE = (
    'SELECT a.*, p.name AS "parent.name", p.id AS "parent.id" FROM organisation_area a'
    " LEFT JOIN organisation_area p ON p.id = a.parent_id WHERE a.level = 2 ORDER BY a.id"
)


@pytest.fixture
def answer() -> Answer:
    given = {"owner": "7", "key": uuid.uuid4(), "path": "/x", "given_at": clock.now()}
    return Answer.objects.create(**given, status=200, headers={"Tên": ["a", 1]}, body=b"\x00\xff")


def test_a_thing_is_read_whole_whatever_the_order_of_its_columns(answer: Answer) -> None:
    (found,) = all_of(Answer, f"{BACKWARDS} WHERE owner = %(owner)s", owner="7")
    assert model_to_dict(found) == model_to_dict(Answer.objects.get()) == model_to_dict(answer)
    assert found == by_key(Answer, answer.pk) and not found._state.adding
    assert found.following == 201  # type: ignore[attr-defined]


def test_a_column_that_is_not_read_is_missed_at_once(answer: Answer) -> None:
    with pytest.raises(ValueError):
        all_of(Answer, "SELECT id FROM web_answer")


def test_what_a_foreign_key_points_to_is_read_beside_it() -> None:
    """As few of its columns as are wanted; nothing where the key is empty."""
    area = Area.objects.create(
        code="1", name="Lào Cai", search_key="lao cai", kind="tinh", level=1, since=date(2025, 7, 1)
    )
    for parent in (None, area):
        Area.objects.create(
            code=f"2{parent and 1}",
            name="Sa Pa",
            search_key="sa pa",
            kind="xa",
            level=2,
            since=area.since,
            parent=parent,
        )
    alone, below = all_of(Area, BESIDE)
    with CaptureQueriesContext(connection) as asked:
        assert (alone.parent, below.parent, below.parent.name) == (None, area, "Lào Cai")
    assert not asked
    assert below.parent.level == 1


def test_what_is_not_there(answer: Answer) -> None:
    assert first_of(Answer, f"{BACKWARDS} WHERE owner = %s", "8") is None
    with pytest.raises(Answer.DoesNotExist):
        one_of(Answer, f"{BACKWARDS} WHERE owner = %s", "8")


def test_only_the_fields_named_are_written(answer: Answer) -> None:
    answer.status, answer.headers, answer.body, answer.path = 303, {"Location": "/y"}, b"z", "/not-kept"
    update(answer, "status", "headers", "body")
    assert read("SELECT status, path FROM web_answer") == [(303, "/x")]
    kept = Answer.objects.get()
    assert (kept.headers, bytes(kept.body)) == ({"Location": "/y"}, b"z")
    Answer.objects.all().delete()
    with pytest.raises(DatabaseError):
        update(answer, "status")
