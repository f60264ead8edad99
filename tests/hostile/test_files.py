"""Hostile files at the real doors: each is refused in its own words, and nothing of it is kept."""

import html
import json
import uuid
from pathlib import Path

from django.conf import settings
from django.test import Client

from tests.files import sounds
from tests.files.builders import Hostile
from tests.files.corpus import corpus
from tests.rights.engine import undone
from tests.rights.scene import Scene
from tram.documents.models import Incoming
from tram.files.models import Blob, File
from tram.files.rules.refusals import STANDARD
from tram.files.rules.sentences import ACCEPTED, NAMES, SENTENCES

ALL = {**SENTENCES, **NAMES} | {file.id: ACCEPTED for file in sounds.hostile()}
"""Sounds are refused as such where papers come in, whatever else is wrong with them."""
DOORS = {"hoa": "/van-ban-den/ban-van-thu/tep", "hoa_token": "/api/documents/arrivals"}
TAMED = {
    "name_bidi", "name_control", "name_newline", "name_nul", "name_absolute", "name_parent", "name_missing", "name_path",
}  # fmt: skip
"""Names that the reader of forms mends by itself (folders, invisible letters) before our own rules see them."""


def situations() -> list[Hostile]:
    """One file of each kind of trouble. What is too much for a limit of its own alone is none at these doors."""
    standing = [file for file in reversed(corpus()) if file.limits.elements == STANDARD.elements]
    return list({file.id: file for file in standing if file.id not in TAMED}.values())


def send(client: Client, path: str, file: Hostile) -> tuple[int, str]:
    """The file as a browser sends it, its name byte for byte; the status and the words of the answer."""
    name = file.name.replace("\\", "\\\\").replace('"', '\\"').encode()
    head = b'--tram\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' % name
    body = head + b"Content-Type: application/pdf\r\n\r\n" + file.content + b"\r\n--tram--\r\n"
    with undone():
        before = set(File.objects.values_list("name", flat=True))
        answer = client.generic(
            "POST", path, body, "multipart/form-data; boundary=tram", headers={"Idempotency-Key": str(uuid.uuid4())}
        )
        text = answer.content.decode()
        names = set(File.objects.values_list("name", flat=True)) - before
    assert all(name.isprintable() and not set("/\\:") & set(name) for name in names), names
    is_json = answer.headers["Content-Type"].startswith("application/json")
    return answer.status_code, json.loads(text).get("detail", "") if is_json else html.unescape(text)


def kept() -> tuple[int, int, int, list[Path]]:
    """What is stored: contents, files, papers, and bytes on the disk."""
    places = sorted(path for path in Path(settings.TRAM_DATA).rglob("*") if path.is_file())
    return Blob.objects.count(), File.objects.count(), Incoming.objects.count(), places


def test_every_hostile_file_is_refused_in_its_own_words_and_nothing_is_kept(scene: Scene) -> None:
    files, before, wrong = situations(), kept(), []
    for person, path in DOORS.items():
        for file in files:
            status, words = send(scene.client(person), path, file)
            if status != 422 or ALL[file.id].partition("{")[0] not in words:
                wrong.append(f"{path} {file.id} ({file.label}): {status} {words[:120]}")
    assert len(files) >= 60
    assert not wrong, "\n".join(wrong)
    assert kept() == before
    assert Client().get("/suc-khoe/san-sang").status_code == 200


def test_a_name_that_hides_something_is_refused_or_comes_in_tame(scene: Scene) -> None:
    files = [file for file in corpus() if file.id in TAMED]
    answers = {send(scene.client(person), path, file)[0] for person, path in DOORS.items() for file in files}
    assert len(files) >= len(TAMED) and answers <= {200, 422}
