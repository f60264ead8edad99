"""Push with a real worker: it leaves after the commit, and never before."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.jobs.working import work
from tests.notifications.pushing import Browser, device_of, service, signs_in
from tests.search.conftest import somebody
from tram.jobs.models import Parked
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications import commands
from tram.notifications.models import Device
from tram.notifications.sockets import Phrase, Push, holders, phrases

KIND = "tests.waits"


@pytest.mark.django_db(transaction=True)
def test_a_push_leaves_once_its_command_is_committed(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    if KIND not in phrases:
        phrases.plug(KIND, Phrase("Việc mới", "“{title}”", "", Push.WAITS))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
    monkeypatch.setattr(holders, "_plugs", {"tests": lambda post, on: [1] if post == 3 else []})
    settings.TRAM_PUSH_TO_SELF, settings.TRAM_DATA = True, tmp_path
    at, boss, browser = clock.now(), Actor.system(), Browser()
    commands.found_push_key(actor=Actor.system(), at=at)
    told = {"actor": boss, "kind": KIND, "about": "tests.task/1", "to_posts": [3], "title": "x"}
    with service() as twin:
        signs_in(1, "máy", at - timedelta(minutes=1))
        device_of(somebody(post=3), at, "máy", twin.url + "/hoa", browser)
        with pytest.raises(ValueError), transaction.atomic():
            commands.notify(at=at, url="/viec/1", **told)
            raise ValueError
        commands.notify(at=at, url="/viec/2", **told)
        work()
        assert [browser.told(body)["url"] for _, _, body in twin.taken] == ["/viec/2"]
        twin.answers = [(500, {})]
        commands.notify(at=at, url="/viec/3", **told)
        work()
    assert Device.objects.get().told_at is not None and not Parked.objects.exists()
