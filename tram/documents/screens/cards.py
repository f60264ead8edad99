"""Everything that the page of a document, its paper slip and its answer to a program show of it."""

from typing import Any

from tram.documents.models import Incoming
from tram.documents.queries import files, rows_of
from tram.documents.rules import LABELS
from tram.documents.states import CHANNEL_NAMES, SECRECY_NAMES, URGENCY_NAMES, Channel, Secrecy, Urgency
from tram.kernel.clock import local
from tram.web.rows import read

CORRECTIONS = (
    "SELECT field, before, after, reason, by_name, at FROM documents_correction WHERE document_id = %s ORDER BY id"
)
DIRECTIONS = (
    "SELECT id, by_post_id, by_name, note, due_date, at, recalled_at, recall_reason FROM documents_direction"
    " WHERE document_id = %s ORDER BY id"
)

SHARES = (
    "SELECT s.direction_id, s.task_id, s.part FROM documents_share s JOIN documents_direction d ON d.id = s.direction_id"
    " WHERE d.document_id = %s ORDER BY s.id"
)


def card(document: Incoming, *, is_new: bool = False) -> dict[str, Any]:
    """Everything the document's page shows of the paper itself: fields with labels, files, corrections, state.

    `is_new`: it was typed from nothing just now, so no file, correction or direction is asked for: the row of its
    book stays locked, and others wait, until the answer is kept.
    """
    (row,) = rows_of([document])
    return {
        "row": row,
        "fields": [(LABELS[name], _shown(name, getattr(document, name))) for name in LABELS],
        "values": {name: getattr(document, name) for name in LABELS},
        "files": [] if is_new else files(document.pk),
        "corrections": [] if is_new else corrections(document.pk),
        "directions": [] if is_new else directions(document.pk),
        "channel_name": CHANNEL_NAMES[Channel(document.channel)],
        "outcome": document.outcome,
        "answer_code": document.answer_code,
        "registered_at": document.registered_at and local(document.registered_at),
        "registered_by": document.registered_by,
        "duplicate_of": document.duplicate_of_id,
    }


def _shown(name: str, value: Any) -> str:
    if name == "urgency":
        return URGENCY_NAMES[Urgency(value)]
    if name == "secrecy":
        return SECRECY_NAMES[Secrecy(value)]
    if value is None or value == "":
        return ""
    return (
        value.strftime("%d/%m/%Y" if hasattr(value, "year") else "%H:%M") if hasattr(value, "strftime") else str(value)
    )


def corrections(document: int) -> list[dict[str, Any]]:
    """What was corrected in a document's row: label, before, after, reason, by_name, at; oldest first."""
    return [
        {
            "field": field, "label": LABELS[field], "before": before, "after": after, "reason": reason,
            "by_name": by_name, "at": local(at),
        }
        for field, before, after, reason, by_name, at in read(CORRECTIONS, document)
    ]  # fmt: skip


def directions(document: int) -> list[dict[str, Any]]:
    """Directions given on a document, oldest first: id, by_post, by_name, note, due_date, at, recalled_at, recall_reason."""
    return [
        {
            "id": pk, "by_post": by_post, "by_name": by_name, "note": note, "due_date": due_date, "at": local(at),
            "recalled_at": recalled_at, "recall_reason": recall_reason,
        }
        for pk, by_post, by_name, note, due_date, at, recalled_at, recall_reason in read(DIRECTIONS, document)
    ]  # fmt: skip


def shares(document: int) -> list[tuple[Any, ...]]:
    """Who got a part in the directions on a document: direction, task, part; in the order given."""
    return read(SHARES, document)
