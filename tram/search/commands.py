"""Keeping the index, and people's searches. A room puts the card of a thing in the transaction that changed the thing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden, Invalid
from tram.search.models import Card, Saved
from tram.search.policy import may_index, may_keep_searches, may_rebuild
from tram.search.rules.lexemes import CardInput, terms_of, vector
from tram.search.sockets import sources

UNRECORDED = {
    "put": "a card is made from a thing whose own command is recorded",
    "put_many": "cards are made from things whose own commands are recorded",
    "remove": "a card goes because of a command that is recorded itself",
    "rebuild": "the same cards made again from the same things",
}
"""Commands that leave no audit record, each with the reason."""

MOST_SAVED, LONGEST_NAME, LONGEST_TEXT = 20, 60, 300
COLUMNS = "kind, key, agency, at, title, line, number, sender, url, due_on, terms"
SHOWN = COLUMNS.split(", ")[2:]
PUT = (
    f"INSERT INTO search_card ({COLUMNS}) VALUES ({', '.join(['%s'] * 10)}, %s::tsvector) ON CONFLICT (kind, key)"
    f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in SHOWN)} WHERE"
    f" ({', '.join(f'search_card.{name}' for name in SHOWN)})"
    f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in SHOWN)})"
)


@atomic
def put(*, actor: Actor, at: datetime, card: CardInput) -> None:
    """Put the card of one thing in place of its last one; a card that says the same again costs no write."""
    put_many(actor=actor, at=at, cards=[card])


@atomic
def put_many(*, actor: Actor, at: datetime, cards: Sequence[CardInput]) -> None:
    """Put several cards at once. A card cannot be newer than the command that puts it."""
    may_index(actor).or_refuse()
    rows = [
        (card.kind, card.key, card.agency, min(card.at, at), card.title, card.line, card.number, card.sender, card.url,
         card.due_on, terms_kept(card))
        for card in cards
    ]  # fmt: skip
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(PUT, rows[0])
        else:
            cursor.executemany(PUT, rows)


def terms_kept(card: CardInput) -> str:
    """The terms of a card as the index keeps them, the text of a tsvector."""
    return vector(terms_of(card))


@atomic
def remove(*, actor: Actor, at: datetime, kind: str, key: int) -> None:
    """Take the card of a thing away; nothing happens when there is none."""
    may_index(actor).or_refuse()
    Card.objects.filter(kind=kind, key=key).delete()


@atomic
def rebuild(*, actor: Actor, at: datetime, kind: str, since_pk: int = 0, limit: int = 500) -> int | None:
    """Make the next cards of a kind again and take away those that no longer stand for anything.

    Returns the key to go on from, None at the end. LookupError for a kind that no room has plugged in.
    """
    may_rebuild(actor).or_refuse()
    cards = sources[kind].source.cards(since_pk, limit)
    put_many(actor=actor, at=at, cards=cards)
    stale = Card.objects.filter(kind=kind, key__gt=since_pk).exclude(key__in=[card.key for card in cards])
    if cards:
        stale = stale.filter(key__lte=cards[-1].key)
    stale.delete()
    return cards[-1].key if cards else None


@atomic
def save_search(*, actor: Actor, at: datetime, name: str, text: str, for_unit: bool = False) -> Saved:
    """Keep the words of a search under a name; the same name again keeps other words. `for_unit`: the people of the
    acting unit may use it too, each finding what they may see.

    Raises Invalid without a name or words, or when this person keeps too many.
    """
    may_keep_searches(actor).or_refuse()
    errors = {}
    if not name or len(name) > LONGEST_NAME:
        errors["name"] = f"Đặt tên cho lần tìm, ví dụ “Bưu điện tháng này”, dài đến {LONGEST_NAME} chữ cái."
    if not text or len(text) > LONGEST_TEXT:
        errors["q"] = "Gõ chữ cần tìm rồi lưu."
    others = Saved.objects.filter(account=actor.account or 0).exclude(name=name)
    if not errors and others.count() >= MOST_SAVED:
        errors["name"] = f"Bạn đã lưu {MOST_SAVED} lần tìm. Bỏ bớt một lần rồi lưu."
    if errors:
        raise Invalid(errors)
    unit = actor.acting.unit if for_unit and actor.acting else None
    kept = {"owner_name": actor.name, "unit": unit, "text": text, "at": at}
    saved, _ = Saved.objects.update_or_create(account=actor.account or 0, name=name, defaults=kept)
    record(actor=actor, at=at, what="search.saved", about=_own(actor), name=name)
    return saved


@atomic
def forget_search(*, actor: Actor, at: datetime, saved: int) -> None:
    """Drop a kept search; Hidden when it is not one's own, whoever may use it."""
    may_keep_searches(actor).or_refuse()
    found = Saved.objects.filter(pk=saved, account=actor.account or 0).first()
    if found is None:
        raise Hidden
    found.delete()
    record(actor=actor, at=at, what="search.forgotten", about=_own(actor), name=found.name)


def _own(actor: Actor) -> str:
    return ref_of("identity", "account", actor.account or 0)
