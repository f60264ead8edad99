"""People are told of what waits for them: at once in a notice, twice a day in a list of what is due."""

from datetime import timedelta

from tests.cast import AT, Cast
from tests.tasks.work import given
from tram.notifications.models import Notice
from tram.tasks.commands.work import read, submit
from tram.tasks.plugs import due_lines

TODAY = AT.date()


def test_new_work_is_told_to_its_holder_or_to_the_units_head(cast: Cast) -> None:
    given(cast, to="lan", title="Việc của Lan")
    given(cast, title="Việc của phòng")
    told = dict(Notice.objects.values_list("post", "sentence"))
    assert told == {
        cast.posts["lan"].pk: "Bạn có 1 việc mới (Chủ trì xử lý), hạn 23/11/2026: Việc của Lan",
        cast.posts["dung"].pk: "Bạn có 1 việc mới (Chủ trì xử lý), hạn 23/11/2026: Việc của phòng",
    }


def test_opening_the_work_settles_its_notice(cast: Cast) -> None:
    task = given(cast, to="lan")
    read(actor=cast.lan, at=AT, task=task)
    assert not Notice.objects.filter(read_at=None).exists()


def test_the_digest_names_what_is_late_and_due_for_holder_and_head(cast: Cast) -> None:
    for title, ahead in {"trễ": -1, "hôm nay": 0, "mai": 1, "còn lâu": 5}.items():
        given(cast, to="lan", title=title, due_on=TODAY + timedelta(days=ahead))
    given(cast, title="của phòng", due_on=TODAY)
    lines = due_lines([cast.posts["lan"].pk], TODAY)
    assert [(line.sentence.rpartition(": ")[2], line.is_late) for line in lines] == [
        ("trễ", True), ("hôm nay", False), ("mai", False),
    ]  # fmt: skip
    assert [line.sentence.rpartition(": ")[2] for line in due_lines([cast.posts["dung"].pk], TODAY)] == ["của phòng"]


def test_work_handed_in_is_no_longer_due(cast: Cast) -> None:
    submit(actor=cast.lan, at=AT, task=given(cast, to="lan", due_on=TODAY), result="Xong")
    assert due_lines([cast.posts["lan"].pk, cast.posts["son"].pk], TODAY) == []
