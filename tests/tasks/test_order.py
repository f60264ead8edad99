"""Work without a paper is given with the six "rõ"."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.tasks.work import DUE, keyed
from tram.kernel.verdicts import Invalid
from tram.tasks.commands.give import order
from tram.tasks.models import Task
from tram.tasks.queries import inbox


def test_the_lead_and_each_helper_get_their_own_part(cast: Cast) -> None:
    lead = order(
        actor=cast.son, at=AT, unit=cast.telecoms, title="Rà soát điểm bưu điện", product="Báo cáo kèm số liệu",
        due_on=DUE, coordinating=[cast.it, cast.telecoms], is_key=True,
    )  # fmt: skip
    assert (lead.url, lead.about, lead.is_key) == (f"/viec/{lead.pk}", cast.skhcn.ref, True)
    assert [(part.kind, part.unit_id) for part in Task.objects.filter(parent=lead)] == [("coordinate", cast.it.pk)]
    assert [row.kind for row in inbox(cast.nga, AT.date()).rows] == ["coordinate"]


@pytest.mark.parametrize(
    ("without", "field"), [({"title": ""}, "title"), ({"product": ""}, "product"), ({"due_on": None}, "due_on"),
                           ({"due_on": AT.date() - timedelta(days=1)}, "due_on")],
)  # fmt: skip
def test_what_is_not_clear_is_not_given(cast: Cast, without: dict[str, object], field: str) -> None:
    words = {"title": "Rà soát", "product": "Báo cáo", "due_on": DUE} | without
    with pytest.raises(Invalid) as wrong:
        order(actor=cast.son, at=AT, unit=cast.telecoms, **words)
    assert list(wrong.value.errors) == [field]


def test_a_leader_gives_work_from_the_page_and_may_undo_it(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "son")
    typed = keyed(
        title="Rà soát điểm bưu điện", to=f"p{cast.posts['lan'].pk}", due_on="2030-12-31", product="Báo cáo", note=""
    )
    answer = client.post("/viec/giao", typed)
    task = Task.objects.get()
    assert (answer.status_code, answer["Location"], task.post_id) == (303, task.url, cast.posts["lan"].pk)
    page = client.get(task.url).content.decode()
    assert f'action="/viec/{task.pk}/thu-hoi?next=/"' in page
    client.post(f"/viec/{task.pk}/thu-hoi?next=/", keyed())
    assert Task.objects.get().state == "recalled"


def test_the_page_keeps_what_was_typed_and_names_what_is_missing(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "dung")
    answer = client.post("/viec/giao", keyed(title="Rà soát điểm bưu điện", to="", due_on="31/02", product=""))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Có 3 chỗ cần sửa" in page
    assert all(words in page for words in ('value="Rà soát điểm bưu điện"', 'value="31/02"', "Rõ người", "Rõ sản phẩm"))
    assert not Task.objects.exists()


def test_what_is_no_key_is_told_and_nobody_stumbles_over_it(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "son")
    for odd in ("²", "9" * 5000):
        assert client.post("/viec/giao", keyed(title="Việc", to="", coordinating=odd)).status_code == 422


@pytest.mark.parametrize("who", ["lan", "hoa", "tuan"])
def test_who_may_give_nothing_is_told_so(cast: Cast, client: Client, who: str) -> None:
    assert cast.signed_in(client, who).get("/viec/giao").status_code == 403


def test_nobody_gives_work_in_another_agency_by_a_typed_number(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "dung")
    for to in (f"u{cast.budget.pk}", f"p{cast.posts['tuan'].pk}", f"u{cast.it.pk}"):
        answer = client.post("/viec/giao", keyed(title="Việc", to=to, due_on="2030-12-31", product="Báo cáo"))
        assert answer.status_code == 403
    assert not Task.objects.exists()
