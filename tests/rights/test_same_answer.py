"""One right, one answer: what the policy says, the list shows, the page opens, the file gives and the search finds."""

from django.db import transaction

from tests.rights.engine import ask
from tests.rights.scene import AT, Scene
from tests.rights.table import crowd
from tram.documents.models import Incoming
from tram.documents.queries import documents, one, visible_to
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.search.queries import search, suggest
from tram.tasks.models import Task
from tram.tasks.policy import may_see
from tram.tasks.queries import visible_to as visible_tasks

TODAY = AT.date()


def people(scene: Scene) -> list[str]:
    """The cast whose accounts are open, and of the crowd a few who stand elsewhere."""
    few = {"mien", "hoang", "kien", "oanh", "roi", "mai", "cap"}
    return [person for person in scene.cast.accounts if person != "viet" and (person in few or person not in crowd())]


def test_a_document_is_seen_through_every_door_or_through_none(scene: Scene) -> None:
    papers = list(Incoming.objects.exclude(arrival_number=None))
    for person in people(scene):
        actor = scene.cast.actor(person)
        mine = set(visible_to(actor, TODAY).values_list("pk", flat=True))
        listed = {row.id for row in documents(actor, TODAY, limit=100)[0]}
        found = {
            hit.ref
            for text in ("bưu điện", "7/BCH-M", "8/BCH-M")
            for hit in search(actor=actor, at=AT, text=text, limit=100).hits
        }
        for paper in papers:
            page = ask(scene, person, "GET", paper.url).status == 200
            files = {ask(scene, person, "GET", f"/tep/{one.file_id}/a.pdf").status for one in paper.files.all()}
            answers = {
                "list": paper.pk in listed,
                "search": paper.ref in found,
                "page": page,
                **{f"file {s}": s == 200 for s in files},
            }
            assert set(answers.values()) == {paper.pk in mine}, f"{person}, {paper.ref}: {answers}"


def opened(actor: Actor, paper: int) -> bool:
    try:
        return one(actor, paper, TODAY).pk == paper
    except Hidden:
        return False


def test_one_document_opens_for_whom_it_is_visible_locked_or_not(scene: Scene) -> None:
    papers = list(Incoming.objects.values_list("pk", flat=True))
    for is_veiled in (False, True):
        with transaction.atomic():
            Incoming.objects.update(veiled=is_veiled)
            seen = set()
            for person in people(scene):
                actor = scene.cast.actor(person)
                mine = set(visible_to(actor, TODAY).values_list("pk", flat=True))
                assert {paper for paper in papers if opened(actor, paper)} == mine, f"{person}, {is_veiled=}"
                seen.add(len(mine))
            assert len(seen) > 1, "people differ"
            transaction.set_rollback(True)


def test_a_piece_of_work_is_seen_through_every_door_or_through_none(scene: Scene) -> None:
    tasks = list(Task.objects.order_by("pk"))[::3]
    for person in people(scene):
        actor = scene.cast.actor(person)
        mine = set(visible_tasks(actor, TODAY).values_list("pk", flat=True))
        for task in tasks:
            assert bool(may_see(actor, task, TODAY)) == (task.pk in mine), f"{person}, {task.ref}"
            assert (ask(scene, person, "GET", f"/viec/{task.pk}").status != 404) == (task.pk in mine), (
                f"{person}, {task.ref}"
            )


def test_suggestions_are_hits(scene: Scene) -> None:
    for person in people(scene):
        actor = scene.cast.actor(person)
        found = {hit.ref for hit in search(actor=actor, at=AT, text="bưu điện", limit=100).hits}
        assert {hit.ref for hit in suggest(actor=actor, at=AT, text="bưu điện")} <= found
