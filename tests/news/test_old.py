"""Old articles are taken in as they are; a person agrees to each change and confirms the draft."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.cast import AT, build
from tests.news.desk import Desk
from tests.news.pages import HTML, OLD
from tests.news.test_refuse import BAD
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.news.commands.old import choose, confirm, read_again, set_aside, take_in
from tram.news.models import Article, OldFile
from tram.news.queries import articles
from tram.news.rules.changes import Kind


def brought(desk: Desk, page: str = OLD) -> OldFile:
    return take_in(actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], name="bai-cu.txt", data=page.encode())


def test_a_file_is_kept_byte_for_byte_and_once(desk: Desk) -> None:
    file = brought(desk)
    assert bytes(OldFile.objects.get().data) == OLD.encode() and brought(desk) == file
    assert file.title.startswith("Sở Thông tin") and Article.objects.count() == 0


def test_two_who_bring_the_same_file_at_once_get_the_same_one(transactional_db: None) -> None:
    desk = Desk(build())

    def second() -> int:
        try:
            return brought(desk).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic(), connection.cursor() as cursor:
            first, waiting, is_held = brought(desk), other.submit(second), False
            while not is_held and not waiting.done():
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                (is_held,) = cursor.fetchone()
        assert waiting.result() == first.pk
    assert OldFile.objects.count() == 1


def test_an_editor_agrees_to_changes_and_makes_the_draft(desk: Desk) -> None:
    file = brought(desk)
    changes = read_again(file).changes
    caption = next(one for one in changes if one.kind == Kind.CAPTION and not one.made)
    first = next(one for one in changes if one.before == "lµnh")
    choose(actor=desk.who("nga"), at=AT, file=file, taken={*file.taken, caption.key} - {first.key})
    article = confirm(actor=desk.who("nga"), at=AT, file=file)
    content = articles.content(article)
    assert content.lead.startswith("Sáng ngày 3/12") and "lµnh mạnh" in content.body[1].text
    assert (article.writer_name, article.category, article.state) == ("Bùi Thúy Nga", "archive", "draft")
    assert OldFile.objects.get().article == article
    with pytest.raises(WrongState, match="Đã thành bản nháp"):
        confirm(actor=desk.who("nga"), at=AT, file=file)


def test_the_day_on_which_it_was_first_printed_is_kept(desk: Desk) -> None:
    article = confirm(actor=desk.who("nga"), at=AT, file=brought(desk, HTML))
    assert article.printed_at == datetime(2009, 6, 12, 20, 30, 21, tzinfo=LOCAL)
    assert str(articles.content(article).event_on) == "2009-06-11"


def test_a_change_that_the_file_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid, match="không thuộc tệp"):
        choose(actor=desk.who("nga"), at=AT, file=brought(desk), taken={"letters@0-1"})


def test_a_file_set_aside_comes_back(desk: Desk) -> None:
    file = brought(desk)
    set_aside(actor=desk.who("nga"), at=AT, file=file, reason="Đã có trong kho")
    with pytest.raises(WrongState, match="Không nhập"):
        confirm(actor=desk.who("nga"), at=AT, file=file)
    choose(actor=desk.who("nga"), at=AT, file=file, taken=[])
    assert confirm(actor=desk.who("nga"), at=AT, file=file).title.startswith("Sở Thông tin")


@pytest.mark.parametrize(
    "name", ["fifty megabytes", "zip of ten thousand", "script", "cut in a letter", "another coding"]
)
def test_a_bad_file_leaves_nothing(desk: Desk, name: str) -> None:
    with pytest.raises(Invalid):
        take_in(actor=desk.who("nga"), at=AT, agency=desk.cast.units["skhcn"], name=name, data=BAD[name][1])
    assert OldFile.objects.count() == 0


def test_only_the_agencys_editors_take_in_and_decide(desk: Desk) -> None:
    file = brought(desk)
    for name in ("lan", "phuc", "son", "tuan"):
        with pytest.raises(Refused, match="biên tập"):
            take_in(actor=desk.who(name), at=AT, agency=desk.cast.units["skhcn"], name="a", data=HTML.encode())
        with pytest.raises(Refused, match="biên tập"):
            confirm(actor=desk.who(name), at=AT, file=file)
        assert not articles.old_files_visible_to(desk.who(name), AT.date()).exists()
    assert articles.old_files_visible_to(desk.who("nga"), AT.date()).get() == file


@pytest.mark.parametrize("statement", ["UPDATE news_oldfile SET data = 'x'", "DELETE FROM news_oldfile"])
def test_the_database_keeps_the_bytes(desk: Desk, statement: str) -> None:
    brought(desk)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
