"""Absence and delegation on the screen."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast
from tests.organisation.test_pages_admin import send
from tram.organisation.models import Absence, Delegation

AWAY = {"since": "h", "until": "h+7", "reason": "Đi công tác Hà Nội"}
LENT = {"since": "h", "until": "h+7", "document": "12/GUQ-SKHCN"}


def away(cast: Cast, who: str = "lan", by: str = "nga") -> dict[str, object]:
    return {"post": cast.posts[who].pk, "substitute": cast.posts[by].pk, **AWAY}


def test_one_sets_ones_own_absence_and_comes_back_early(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    send(client, "/to-chuc/vang-mat", **away(cast))
    page = client.get("/to-chuc/vang-mat").content.decode()
    assert "Hoàng Thị Lan, Chuyên viên" in page and "Đi công tác Hà Nội" in page
    absence = Absence.objects.get()
    assert "vắng thêm thì ghi một lần vắng mới" in send(
        client, f"/to-chuc/vang-mat/{absence.pk}/ket-thuc", 422, until="h+9"
    )
    send(client, f"/to-chuc/vang-mat/{absence.pk}/ket-thuc", until="h-1")
    assert "Trở lại sớm" not in client.get("/to-chuc/vang-mat").content.decode()


def test_colleagues_see_who_is_away_but_not_why(client: Client, cast: Cast) -> None:
    send(cast.signed_in(Client(), "lan"), "/to-chuc/vang-mat", **away(cast))
    page = cast.signed_in(client, "phuc").get("/to-chuc/vang-mat").content.decode()
    assert "Hoàng Thị Lan" in page and "Đi công tác" not in page
    stranger = cast.signed_in(Client(), "tuan")
    assert "Hoàng Thị Lan" not in stranger.get("/to-chuc/vang-mat").content.decode()
    ending = f"/to-chuc/vang-mat/{Absence.objects.get().pk}/ket-thuc"
    for other in (client, stranger):
        assert other.get(ending).status_code == 404
        send(other, ending, 404, until="h")


@pytest.mark.parametrize(("name", "who"), [("dung", "lan"), ("son", "hung"), ("quan", "nga")])
def test_heads_leaders_and_administrators_set_it_for_their_people(
    client: Client, cast: Cast, name: str, who: str
) -> None:
    send(cast.signed_in(client, name), "/to-chuc/vang-mat", **away(cast, who, "phuc"))


@pytest.mark.parametrize(("name", "who"), [("lan", "nga"), ("dung", "nga"), ("lan", "tuan"), ("tuan", "lan")])
def test_nobody_sends_others_away(client: Client, cast: Cast, name: str, who: str) -> None:
    page = send(cast.signed_in(client, name), "/to-chuc/vang-mat", 422, **away(cast, who, "phuc"))
    assert "Chọn người vắng trong danh sách." in page and 'value="Đi công tác Hà Nội"' in page
    assert not Absence.objects.exists()


def test_a_leader_lends_a_role_in_writing_and_takes_it_back(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "son")
    lent = {"role": f"director.{cast.skhcn.pk}", "taker": cast.posts["tam"].pk, **LENT}
    wrong = send(client, "/to-chuc/uy-quyen", 422, **{**lent, "document": "", "until": "h-1"})
    assert "Ghi số văn bản ủy quyền" in wrong
    send(client, "/to-chuc/uy-quyen", **lent)
    delegation = Delegation.objects.get()
    for name in ("tam", "hung", "quan"):
        assert "12/GUQ-SKHCN" in cast.signed_in(Client(), name).get("/to-chuc/uy-quyen").content.decode()
    other = cast.signed_in(Client(), "lan")
    assert "12/GUQ-SKHCN" not in other.get("/to-chuc/uy-quyen").content.decode()
    send(other, f"/to-chuc/uy-quyen/{delegation.pk}/ket-thuc", 404, until="h")
    send(client, f"/to-chuc/uy-quyen/{delegation.pk}/ket-thuc", until="h")


def test_a_role_one_does_not_hold_is_not_lent(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    wrong = send(client, "/to-chuc/uy-quyen", 422, role=f"director.{cast.skhcn.pk}", taker=cast.posts["tam"].pk, **LENT)
    assert "Chọn một quyền trong danh sách." in wrong and not Delegation.objects.exists()


def test_a_form_sent_twice_sets_one_absence(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "lan")
    told = {**away(cast), "idempotency_key": str(uuid4())}
    assert [client.post("/to-chuc/vang-mat", told).status_code for _ in range(2)] == [302, 302]
    assert Absence.objects.count() == 1
