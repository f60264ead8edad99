"""Whether the portal offers mail to readers at all."""

from datetime import datetime

from tram.alerts.models import Switch
from tram.alerts.policy import may_tend
from tram.alerts.queries import is_on
from tram.alerts.sockets import faces
from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day


@atomic
def switch(*, actor: Actor, at: datetime, on: bool) -> None:
    """Offer mail to readers, or end it for the time being: then nobody can ask or confirm and nothing is sent; who reads by mail stays, and may
    stop. What is made public meanwhile is not told later. Said again it changes nothing. Raises Refused.
    """
    may_tend(actor, local_day(at)).or_refuse()
    if is_on() == on:
        return
    Switch.objects.create(is_on=on, at=at, by_name=actor.name)
    done = "mở lại" if on else "tạm ngừng"
    record(actor=actor, at=at, what="alerts.switched", about="alerts.switch/0", agency=0, what_is_done=done)
    for _, face in faces.items():
        face.changed(actor=actor, at=at)
