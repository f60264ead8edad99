"""The clockwork of mail to readers: confirmations at once, what is new by the hour and by the day, the broom at night."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from hashlib import sha256
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tram.alerts import queries
from tram.alerts.commands import sending
from tram.alerts.models import Round
from tram.alerts.rules import letters
from tram.alerts.rules.letters import Line
from tram.alerts.rules.rounds import Fate, fate, slots
from tram.audit.commands import together
from tram.jobs.sockets import job, periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications.queries import has_mail

AT_ONCE = 50
"""Readers of a batch, which have one line to the mail server."""
FRESH_SECONDS = 1.0
"""What is public is read anew after so long, as the portal does."""
MOST_REFUSED = 5
"""So many addresses refused in a batch of which none was taken: then it is we who are refused, and nobody is erased for that at once."""
BEHIND = -1
HUNG_UP = 421
"""With this answer a server ends the line (RFC 5321, 3.8): the next mail needs another."""
WAITS = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))
"""A server that does not know us often takes a mail when it comes again."""


class _NotNow(Exception):
    """The server of an address does not take it now."""


@job("Gửi thư xác nhận nhận tin")
def send_confirmation(request: int, tried: int = 0) -> None:
    """Ask the owner of an address whether they want mail, at most once a day. What is not taken now is sent again later, thrice."""
    at = clock.now()
    if not has_mail():
        return
    try:
        with together():
            _confirm(request, at)
    except _NotNow:
        if tried < len(WAITS):
            send_confirmation.configure(schedule_at=at + WAITS[tried]).defer(request=request, tried=tried + 1)


def _confirm(request: int, at: datetime) -> None:
    asked = sending.open_confirmation(actor=Actor.system(), at=at, request=request)
    if asked is None:
        return
    portal, link = queries.portal_name(), queries.confirmation_link(asked.secret)
    letter = letters.confirmation(portal, link, queries.settled()["valid_days"])
    told = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    with _line() as line:
        found = _sent(line, portal, asked.address, letter, told | {"Message-ID": _id("hoi", asked.secret)})
    if found is Fate.LATER:
        raise _NotNow
    if found is Fate.GONE:
        sending.drop_request(actor=Actor.system(), at=at, request=request)


@periodic("Mở lượt gửi tin qua thư", cron="*/5 * * * *")
def open_rounds() -> None:
    """Every five minutes, so that an hour missed in an outage is made up for; each round is opened once."""
    at = clock.now()
    for slot in slots(at) if has_mail() else ():
        sending.open_round(actor=Actor.system(), at=at, slot=slot)


@job("Gửi một đợt tin qua thư", priority=BEHIND, lock="alerts")
def send_batch(turn: int, after: int) -> None:
    """Tell some fifty readers what is new, each by a mail that is sent first and noted then, in a transaction of its own.

    Killed in between, the one mail that was under way goes out again, under the same Message-ID; nobody is left out, nobody else told twice.
    """
    by: dict[str, Any] = {"actor": Actor.system(), "at": clock.now()}
    this = Round.objects.filter(pk=turn).first()
    if this is None or not queries.is_offered():
        return
    keys = list(queries.waiting(this).filter(pk__gt=after).values_list("pk", flat=True)[:AT_ONCE])
    found, portal = dict[int, Fate](), queries.portal_name()
    with _line() as line:
        for pk, parcel in _parcels(this, keys):
            found[pk] = _told(line, this, portal, parcel) if parcel.lines else Fate.NOTHING
            if found[pk] in (Fate.TOLD, Fate.NOTHING):
                sending.note_sent(turn=this, subscriber=pk, is_told=found[pk] is Fate.TOLD, **by)
    refused = [pk for pk, one in found.items() if one is Fate.GONE]
    is_ours = len(refused) >= MOST_REFUSED and Fate.TOLD not in found.values()
    for pk, one in found.items():
        if one in (Fate.GONE, Fate.LATER):
            sending.note_unsent(turn=this, subscriber=pk, is_gone=one is Fate.GONE and not is_ours, **by)
    sending.close_batch(turn=this, told=keys, **by)


def _parcels(turn: Round, keys: Sequence[int]) -> Iterator[tuple[int, queries.Parcel]]:
    """What each of these readers is told, as it is public at that moment; who stopped in the meantime is not among them."""
    items, lines, read_at = queries.items_of(turn), dict[int, Line](), -FRESH_SECONDS
    for pk in keys:
        if monotonic() - read_at >= FRESH_SECONDS:
            lines, read_at = queries.lines_of(items, clock.now()), monotonic()
        parcel = queries.parcel(turn, pk, items, lines)
        if parcel:
            yield pk, parcel


@periodic("Xóa địa chỉ nhận tin không ai xác nhận", cron="55 18 * * *")
def sweep() -> None:
    """At night."""
    sending.sweep(actor=Actor.system(), at=clock.now())


@contextmanager
def _line() -> Iterator[BaseEmailBackend]:
    """One line to the mail server; opened with the first mail."""
    line: BaseEmailBackend = get_connection()
    try:
        yield line
    finally:
        line.close()


def _told(line: BaseEmailBackend, turn: Round, portal: str, parcel: queries.Parcel) -> Fate:
    links = queries.links_of(parcel.secret, portal)
    letter = letters.digest(parcel.lines, parcel.more, links)
    told = letters.headers(links.stop, queries.host()) | {"Message-ID": _id(f"tin.{turn.pk}", parcel.secret)}
    return _sent(line, portal, parcel.address, letter, told)


def _sent(line: BaseEmailBackend, portal: str, to: str, letter: letters.Letter, headers: dict[str, str]) -> Fate:
    """What became of one mail. Trouble with our own server is raised: it is nobody's address that is at fault."""
    sender = formataddr((portal, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    mail = EmailMultiAlternatives(letter.subject, letter.text, sender, [to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    try:
        line.open()
        line.send_messages([mail])
    except SMTPRecipientsRefused as no:
        code, words = next(iter(no.recipients.values()))
        if code == HUNG_UP:
            line.close()
        return fate(code, words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words))
    except SMTPDataError as no:
        if no.smtp_code == HUNG_UP:
            line.close()
        return Fate.LATER
    return Fate.TOLD


def _id(what: str, secret: str) -> str:
    """The same for the same mail, so that a mailbox that gets it twice may know; it does not tell the secret."""
    return f"<{what}.{sha256(secret.encode()).hexdigest()[:20]}@{queries.host()}>"
