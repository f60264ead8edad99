"""Who loses a right loses it with the next request, in sessions that stay open (ASVS 8.3.2)."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from tests.rights.engine import ask, undone
from tests.rights.scene import AT, BEFORE, CANARIES, Scene
from tram.identity.commands.accounts import close_account
from tram.identity.commands.sessions import end_sign_ins
from tram.kernel.actors import Actor
from tram.organisation.commands.posts import end_absence, end_appointment, withdraw_role
from tram.organisation.models import Absence, Appointment, RoleGrant

YESTERDAY = AT.date() - timedelta(days=1)
BY = {"actor": Actor.system(), "at": BEFORE}


def lost(scene: Scene, person: str, paths: list[str], loss: Callable[[], object]) -> list[int]:
    """The answers to open doors, asked again after the loss; each was open before. Undone afterwards."""
    with undone():
        assert [ask(scene, person, "GET", path).status for path in paths] == [200] * len(paths)
        loss()
        answers = [ask(scene, person, "GET", path) for path in paths]
        assert not [answer for answer in answers if CANARIES["ours"].encode() in b"".join(answer.texts)]
        return [answer.status for answer in answers]


def test_a_withdrawn_role_closes_the_desk(scene: Scene) -> None:
    grant = RoleGrant.objects.get(post=scene.cast.posts["hoa"], role="clerk")
    paths = ["/van-ban-den/ban-van-thu", scene.place("/van-ban-den/{letter}", "ours"), "/so"]
    got = lost(scene, "hoa", paths, lambda: withdraw_role(grant=grant, until=YESTERDAY, **BY))
    assert got == [403, 404, 403]


def test_an_ended_appointment_closes_letter_file_image_work_and_notices(scene: Scene) -> None:
    seat = Appointment.objects.get(post=scene.cast.posts["lan"])
    doors = ["/van-ban-den/{letter}", "/tep/{file}/a.pdf", "/tep/{file}/trang/1.jpg?rong=320", "/", "/thong-bao"]
    paths = [scene.place(path, "ours") for path in [*doors, "/tim?q=bưu điện", "/tim/goi-y?q=bưu điện", "/van-ban-den"]]
    got = lost(scene, "lan", paths, lambda: end_appointment(appointment=seat, until=YESTERDAY, **BY))
    assert got == [404, 404, 404, 200, 200, 200, 200, 200]


def test_an_ended_absence_takes_the_substitutes_hat(scene: Scene) -> None:
    away = Absence.objects.get(pk=scene.things["all"]["absence"])
    path = scene.place("/van-ban-den/{letter}", "ours")
    assert lost(scene, "hanh", [path, "/viec/phan-viec"], lambda: end_absence(absence=away, until=YESTERDAY, **BY)) == [
        404,
        403,
    ]


def test_a_closed_account_is_a_visitor_with_session_and_with_token(scene: Scene) -> None:
    hoa = scene.cast.accounts["hoa"]
    got = lost(scene, "hoa", ["/", "/van-ban-den"], lambda: close_account(account=hoa, **BY))
    assert got == [302, 302]
    with undone():
        close_account(account=hoa, **BY)
        assert ask(scene, "hoa_token", "GET", "/api/documents").status == 401


def test_an_ended_session_gets_no_answer_that_it_got_before(scene: Scene) -> None:
    client, key = scene.client("tam"), str(uuid.uuid4())
    with undone():
        path, body = scene.place("/van-ban-den/{fresh}/ket-thuc", "ours"), {"outcome": "Lưu"}
        first = client.post(path, body, headers={"Idempotency-Key": key})
        assert client.post(path, body, headers={"Idempotency-Key": key}).headers["Idempotent-Replay"] == "true"
        end_sign_ins(actor=Actor.system(), at=BEFORE, account=scene.cast.accounts["tam"])
        again = client.post(path, body, headers={"Idempotency-Key": key})
        assert (first.status_code < 400, again.status_code) == (True, 401)


def test_another_person_gets_nothing_by_somebodys_key(scene: Scene) -> None:
    key, path = str(uuid.uuid4()), scene.place("/van-ban-den/{fresh}/ket-thuc", "ours")
    with undone():
        assert scene.client("tam").post(path, {"outcome": "Lưu"}, headers={"Idempotency-Key": key}).status_code < 400
        assert scene.client("nga").post(path, {"outcome": "Lưu"}, headers={"Idempotency-Key": key}).status_code == 404
