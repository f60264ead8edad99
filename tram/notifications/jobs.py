"""Digests at 7:00 and 16:00 in Việt Nam, or at the hour that a person chose; what goes to devices at once."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from tram.audit.commands import together
from tram.jobs.sockets import job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications import commands, queries
from tram.notifications.rules import digests, services


@job("Gửi thư gộp cho một người")
def send_digest(account: int, slot: str) -> None:
    """Send one person the digest of one hour, unless it went out before or there is nothing to say."""
    at, hour = clock.now(), datetime.fromisoformat(slot)
    day = clock.local_day(hour)
    for person in queries.writable(day, account):
        lines, unread = queries.due_lines(person, day)
        late = sum(line.is_late for line in lines)
        with together():
            is_open = commands.settle_digest(actor=Actor.system(), at=at, account=account, slot=hour, lines=len(lines))
            if is_open and (lines or unread):
                home = settings.TRAM_PUBLIC_URL.rstrip("/")
                text = digests.body(person.name, lines, unread, home)
                send_mail(digests.subject(late, len(lines) - late, unread), text, None, [person.email])


@periodic("Gửi thư gộp", cron="*/5 * * * *")
def send_digests() -> None:
    """Every five minutes, so that a digest missed in an outage still goes out; each goes out once."""
    at = clock.now()
    for hour in digests.slots(at, queries.hours_wished()) if queries.has_mail() else ():
        with together():
            for account in commands.open_digests(actor=Actor.system(), at=at, slot=hour):
                send_digest.defer(account=account, slot=hour.isoformat())


BEHIND = -1
"""What goes to the outside may have to wait for it: whatever else there is to do is done first."""


@job("Báo đẩy một thông báo")
def push(notice: int, urgent: int) -> None:
    """Hand a notice to each device of whoever it is for, at once or at the end of their quiet hours."""
    with together():
        for device, quiet_until in queries.pushes(notice, clock.now()):
            push_to.configure(schedule_at=quiet_until).defer(device=device, notice=notice, urgent=urgent, tried=0)


@job("Gửi thông báo đẩy tới một thiết bị", priority=BEHIND)
def push_to(device: int, notice: int, urgent: int, tried: int) -> None:
    """Send one notice to one device, if it is still to be told; what was not taken is sent again later, five times in all.

    A second run sends the same topic again, which takes the place of the first. Nobody has to mend a push that came to
    nothing, for the notice itself waits inside Trạm: so it is never parked, but the device counts it.
    """
    at, told = clock.now(), {"device": device, "notice": notice, "urgent": urgent}
    found = queries.pushes(notice, at, device)
    quiet_until = found[0][1] if found else None
    if quiet_until:
        push_to.configure(schedule_at=quiet_until).defer(**told, tried=tried)
        return
    parcel = queries.parcel(notice, device, at, is_urgent=bool(urgent)) if found else None
    if parcel is None:
        return
    reply, tried = _sent(parcel), tried + 1
    wait = services.next_try(tried, reply.wait) if reply.fate is services.Fate.LATER else None
    if reply.fate is services.Fate.TOLD:
        commands.note_told(actor=Actor.system(), at=at, device=device)
    elif wait:
        push_to.configure(schedule_at=at + wait).defer(**told, tried=tried)
    else:
        is_gone = reply.fate is services.Fate.GONE
        commands.note_untold(actor=Actor.system(), at=at, device=device, is_gone=is_gone)


@periodic("Dọn thiết bị nhận đẩy", cron="40 18 * * *")
def sweep_devices() -> None:
    """Each night, so that nothing is kept of who signed out."""
    commands.sweep_devices(actor=Actor.system(), at=clock.now())


def _sent(parcel: queries.Parcel) -> services.Reply:
    """What the push service answered, or what stands for it."""
    to_self = settings.TRAM_PUSH_TO_SELF
    if services.problem(parcel.endpoint, settings.TRAM_PUSH_SERVICES, to_self=to_self):
        return services.NOT_ALLOWED
    try:
        return services.post(parcel.endpoint, parcel.headers, parcel.body, to_self=to_self)
    except services.Inside:
        return services.NOT_ALLOWED
    except OSError:
        return services.NO_ANSWER
