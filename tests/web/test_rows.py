"""Things read and written by plain statements are what the ORM reads and writes."""

import uuid

import pytest
from django.db import DatabaseError
from django.forms.models import model_to_dict

from tram.kernel import clock
from tram.web.models import Answer
from tram.web.rows import all_of, by_key, first_of, one_of, read, update

pytestmark = pytest.mark.django_db
BACKWARDS = "SELECT body, headers, status, given_at, path, key, owner, id, status + 1 AS following FROM web_answer"


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
