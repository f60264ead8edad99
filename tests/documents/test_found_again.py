"""The index can always be made again from the documents."""

from django.db import connection

from tests.cast import AT, Cast
from tests.documents.test_settle import SLIP
from tram.documents.commands.arrive import receive
from tram.documents.commands.register import register
from tram.kernel.actors import Actor
from tram.search.commands import rebuild
from tram.search.queries import search


def found(actor: Actor, text: str) -> list[str]:
    return [hit.url for hit in search(actor=actor, at=AT, text=text).hits]


def test_a_rebuilt_index_finds_the_same_letters_for_the_same_people(cast: Cast) -> None:
    letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP)
    receive(actor=cast.hoa, at=AT, agency=cast.skhcn, files=[])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_card")
    since: int | None = 0
    while since is not None:
        since = rebuild(actor=Actor.system(), at=AT, kind="documents.incoming", since_pk=since)
    assert found(cast.hoa, "diem buu dien") == [letter.url]
    assert found(cast.hoa, "45/UBND") == [letter.url]
    assert not found(cast.tuan, "diem buu dien")
