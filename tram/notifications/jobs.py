"""Digests at 7:00 and 16:00 in Việt Nam, or at the hour that a person chose."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from tram.audit.commands import together
from tram.jobs.sockets import job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications import commands, queries, rules


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
                text = rules.body(person.name, lines, unread, home)
                send_mail(rules.subject(late, len(lines) - late, unread), text, None, [person.email])


@periodic("Gửi thư gộp", cron="*/5 * * * *")
def send_digests() -> None:
    """Every five minutes, so that a digest missed in an outage still goes out; each goes out once."""
    at = clock.now()
    has_mail = settings.EMAIL_HOST or "smtp" not in settings.EMAIL_BACKEND
    for hour in rules.slots(at, queries.hours_wished()) if has_mail else ():
        with together():
            for account in commands.open_digests(actor=Actor.system(), at=at, slot=hour):
                send_digest.defer(account=account, slot=hour.isoformat())
