"""A POST from another site does nothing: without our token it is refused before anything else is asked."""

import uuid

from django.test import Client

from tests.rights.engine import Ledger, content_of, undone
from tests.rights.judging import placed
from tests.rights.scene import Scene, enter
from tests.rights.table import PUBLIC, routes, rows

OPEN = [
    path
    for path in PUBLIC
    if "POST" in routes()[path] and not path.startswith("api/") and "gop-y" not in path and "y-kien" not in path
]
"""Forms about one article or draft have the guard of the others: tests/voices/test_ask.py."""


def test_no_post_without_token_is_taken(scene: Scene) -> None:
    client, wrong = Client(enforce_csrf_checks=True), []
    enter(client, "tinh")
    doors = {(row.path, row.about): row for row in rows() if row.method == "POST" and not row.path.startswith("/api/")}
    sent = [(scene.place(path, about), placed(scene, row)) for (path, about), row in doors.items()]
    for path, body in [*sent, *((f"/{path}".replace("<str:secret>", "x"), {}) for path in OPEN)]:
        with undone():
            before = Ledger.now()
            answer = client.post(path, headers={"Idempotency-Key": str(uuid.uuid4())}, **content_of(body, path))
            touched = Ledger.now().since(before) - {"web_answer"}
        if answer.status_code != 403 or touched:
            wrong.append(f"{path}: {answer.status_code} {touched}")
    assert len(sent) > 150 and not wrong, "\n".join(wrong)


def test_a_cookie_opens_no_door_of_the_api(scene: Scene) -> None:
    client = scene.client("hoa")
    doors = {(row.method, scene.place(row.path, row.about)) for row in rows() if row.path.startswith("/api/")}
    with undone():
        opened = [
            (m, path)
            for m, path in sorted(doors)
            if client.generic(m, path, headers={"Idempotency-Key": str(uuid.uuid4())}).status_code != 401
        ]
    assert not opened
