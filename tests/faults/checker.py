"""The checker: what the clients saw against what the database holds, and what must hold in any case.

ok means exactly one effect, fail none, info none or one; the same key gives the first answer for ever.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.history import FAIL, OK, History, Operation

OUTGOING = {
    "letter.submit": "submitted", "letter.check_content": "content_checked", "letter.check_form": "form_checked",
    "letter.present": "presented", "letter.approve": "approved", "letter.sign_on_paper": "signed_on_paper",
    "letter.number": "numbered", "letter.issue": "issued", "letter.sign": "signed",
    "letter.seal": "sealed",
}  # fmt: skip
"""The steps of a letter that leaves, with the facts they leave."""
EFFECTS = {
    "register": "SELECT subject FROM documents_incoming WHERE arrival_number IS NOT NULL",
    "bring": "SELECT split_part(f.name, '.', 1) FROM documents_incomingfile l JOIN files_file f ON f.id = l.file_id",
    "direct": "SELECT note FROM documents_direction",
    "hand": "SELECT detail ->> 'word' FROM audit_event WHERE what = 'tasks.handed'",
    "report": "SELECT text FROM tasks_progress",
    "submit": "SELECT detail ->> 'result' FROM audit_event WHERE what = 'tasks.submitted'",
    "finish": "SELECT detail ->> 'result' FROM audit_event WHERE what = 'tasks.finished'",
    "accept": "SELECT about FROM audit_event WHERE what = 'tasks.accepted'",
    "confirm": "SELECT about FROM audit_event WHERE what = 'tasks.confirmed'",
    "draft": "SELECT subject FROM outgoing_outgoing",
    **{verb: f"SELECT about FROM audit_event WHERE what = 'outgoing.{what}'" for verb, what in OUTGOING.items()},
}
"""For each verb the marks of its effects, one row an effect."""
SHARED = ("accept", "confirm", *OUTGOING)
"""Verbs whose mark is the thing itself: another operation may have the same."""

UNKEPT = ("letter.sign", "letter.seal")
"""Verbs of pages that keep no answer: whoever presses again is told that it is done."""

HALF_DONE = {
    "a letter in the book without its number's row": """SELECT d.id FROM documents_incoming d LEFT JOIN
        organisation_booknumber n ON n.about = 'documents.incoming/' || d.id AND n.number = d.arrival_number
        WHERE d.arrival_number IS NOT NULL AND n.id IS NULL""",
    "a number used by no letter": """SELECT n.id FROM organisation_booknumber n WHERE n.state = 'used' AND NOT EXISTS
        (SELECT FROM documents_incoming d WHERE n.about = 'documents.incoming/' || d.id
        AND d.arrival_number = n.number) AND NOT EXISTS (SELECT FROM outgoing_outgoing o
        WHERE n.about = 'outgoing.document/' || o.id AND o.number = n.number)""",
    "a counter that is not one past the last number": """SELECT b.id FROM organisation_numberbook b WHERE b.next_number
        <> 1 + (SELECT coalesce(max(number), 0) FROM organisation_booknumber n WHERE n.book_id = b.id)""",
    "a gap or a double in a book": """SELECT b.id FROM organisation_numberbook b JOIN organisation_booknumber n
        ON n.book_id = b.id GROUP BY b.id HAVING count(*) <> max(n.number) OR count(DISTINCT n.number) <> count(*)""",
    "a number in the book of another year": """SELECT d.id FROM documents_incoming d JOIN organisation_booknumber n
        ON n.about = 'documents.incoming/' || d.id JOIN organisation_numberbook b ON b.id = n.book_id WHERE
        b.year <> d.year OR b.year <> extract(year FROM d.registered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')""",
    "a registered letter without record": """SELECT d.id FROM documents_incoming d WHERE arrival_number IS NOT NULL AND
        1 <> (SELECT count(*) FROM audit_event e WHERE e.about = 'documents.incoming/' || d.id
        AND e.what IN ('documents.registered', 'documents.secret_registered'))""",
    "a letter in the book without its card in the index": """SELECT d.id FROM documents_incoming d WHERE
        arrival_number IS NOT NULL AND NOT EXISTS (SELECT FROM search_card c WHERE c.kind = 'documents.incoming'
        AND c.key = d.id)""",
    "a running letter that nobody holds": """SELECT d.id FROM documents_incoming d WHERE d.state IN
        ('presented', 'directed', 'assigned', 'in_progress') AND NOT EXISTS (SELECT FROM tasks_task t WHERE
        t.about = 'documents.incoming/' || d.id AND t.ended_at IS NULL)""",
    "a letter under way without exactly one lead": """SELECT d.id FROM documents_incoming d WHERE d.state IN
        ('directed', 'assigned', 'in_progress') AND 1 <> (SELECT count(*) FROM tasks_task t WHERE
        t.about = 'documents.incoming/' || d.id AND t.kind = 'handle' AND t.ended_at IS NULL)""",
    "a direction without its shares": """SELECT d.id FROM documents_direction d WHERE NOT EXISTS
        (SELECT FROM documents_share s WHERE s.direction_id = d.id)""",
    "an open task that lies with nobody, or with two": """SELECT t.id FROM tasks_task t WHERE t.ended_at IS NULL AND
        1 <> (SELECT count(*) FROM tasks_holding h WHERE h.task_id = t.id AND h.until_at IS NULL)""",
    "a paper without its file": """SELECT d.id FROM documents_incoming d WHERE d.channel = 'scan' AND NOT EXISTS
        (SELECT FROM documents_incomingfile f WHERE f.document_id = d.id)""",
    "a letter with a number without its row in the book": """SELECT o.id FROM outgoing_outgoing o LEFT JOIN
        organisation_booknumber n ON n.about = 'outgoing.document/' || o.id AND n.number = o.number
        WHERE o.number IS NOT NULL AND n.id IS NULL""",
    "a letter numbered or issued without exactly one record": """SELECT o.id FROM outgoing_outgoing o WHERE
        (o.number IS NOT NULL)::int <> (SELECT count(*) FROM audit_event e WHERE e.about = 'outgoing.document/' || o.id
        AND e.what = 'outgoing.numbered') OR (o.issued_at IS NOT NULL)::int <> (SELECT count(*) FROM audit_event e
        WHERE e.about = 'outgoing.document/' || o.id AND e.what = 'outgoing.issued')""",
    "an issued letter that did not go to each of its places": """SELECT o.id FROM outgoing_outgoing o
        JOIN outgoing_version v ON v.document_id = o.id AND v.number = o.version WHERE
        (o.issued_at IS NOT NULL)::int * jsonb_array_length(v.content -> 'places') <>
        (SELECT count(*) FROM outgoing_recipient r WHERE r.document_id = o.id)""",
    "a place here that got neither paper nor work": """SELECT r.id FROM outgoing_recipient r WHERE
        r.way = 'exchange' AND r.letter_id IS NULL OR r.way = 'internal' AND r.task_id IS NULL""",
    "a letter signed or sealed without exactly one act and one record": """SELECT o.id FROM outgoing_outgoing o
        CROSS JOIN LATERAL (VALUES ('personal', 'outgoing.signed', o.signed_at IS NOT NULL), ('seal', 'outgoing.sealed',
        o.state IN ('sealed', 'issued'))) w (role, what, done) WHERE NOT o.is_on_paper AND (w.done::int <>
        (SELECT count(*) FROM signing_act a WHERE a.about = 'outgoing.document/' || o.id AND a.role = w.role)
        OR w.done::int <> (SELECT count(*) FROM audit_event e WHERE e.about = 'outgoing.document/' || o.id
        AND e.what = w.what))""",
    "signatures that are not as many as the proofs spent on them": """SELECT a.about FROM signing_act a GROUP BY a.about
        HAVING count(*) <> (SELECT count(*) FROM identity_proof p WHERE p.purpose = 'signing.sign:' || a.about
        AND p.spent_at IS NOT NULL)""",
    "a proof spent on nothing": """SELECT p.id FROM identity_proof p WHERE p.spent_at IS NOT NULL AND NOT EXISTS
        (SELECT FROM signing_act a WHERE 'signing.sign:' || a.about = p.purpose)""",
    "a letter whose page is not what was signed last": """SELECT o.id FROM outgoing_outgoing o JOIN LATERAL (SELECT
        a.result_id FROM signing_act a WHERE a.about = 'outgoing.document/' || o.id ORDER BY a.id DESC LIMIT 1) a
        ON true WHERE o.paper_id IS DISTINCT FROM a.result_id""",
    "an act that does not name the bytes of its files": """SELECT a.id FROM signing_act a JOIN files_file s ON
        s.id = a.source_id JOIN files_file r ON r.id = a.result_id WHERE a.before <> s.blob_id OR a.after <> r.blob_id""",
    "a number or day that is not the one given at first": """SELECT o.id FROM outgoing_outgoing o JOIN audit_event e ON
        e.about = 'outgoing.document/' || o.id AND e.what = 'outgoing.numbered' WHERE
        (e.detail ->> 'number', e.detail ->> 'issued_on', e.detail ->> 'code') IS DISTINCT FROM
        (o.number::text, to_char(o.issued_date, 'DD/MM/YYYY'), o.code_number || '/' || o.code_notation)""",
    "a sender who was told less than the receiver's book holds, or more": """SELECT r.id FROM outgoing_recipient r
        JOIN documents_incoming d ON d.id = r.letter_id JOIN LATERAL (SELECT max(p.code) AS told, count(*) AS times,
        bool_or(p.code = '03') AS entered FROM outgoing_report p WHERE p.recipient_id = r.id) p ON true WHERE
        p.entered IS DISTINCT FROM (d.arrival_number IS NOT NULL) OR p.told <> CASE WHEN d.state IN ('registered',
        'presented') THEN '03' WHEN d.state IN ('directed', 'assigned') THEN '04' WHEN d.state = 'in_progress' THEN '05'
        WHEN d.state IN ('answered', 'closed', 'for_information') THEN '06' ELSE '01' END OR p.times <>
        1 + (SELECT count(*) FROM audit_event e WHERE e.about = 'outgoing.document/' || r.document_id AND
        e.what = 'outgoing.status_told' AND e.detail ->> 'recipient' = r.id::text)""",
    "a draft whose versions are not one to the last": """SELECT o.id FROM outgoing_outgoing o WHERE o.version = 0 OR
        o.version <> (SELECT count(*) FROM outgoing_version v WHERE v.document_id = o.id)""",
    "a letter on its way that nobody holds": """SELECT o.id FROM outgoing_outgoing o WHERE o.state IN
        ('unit_review', 'presented', 'signed', 'numbered') AND NOT EXISTS (SELECT FROM tasks_task t WHERE
        t.about = 'outgoing.document/' || o.id AND t.ended_at IS NULL)""",
    "an answer kept half": "SELECT id FROM web_answer WHERE status = 0",
    "a moment of the audit before the moment ahead of it": """SELECT id FROM (SELECT id, at, lag(at) OVER
        (PARTITION BY agency ORDER BY seq) AS before FROM audit_event) e
        WHERE at < before AND at > before - interval '50 hours'""",
}
"""What no crash may leave: each query finds the rows that break its sentence."""


def faults(
    history: History, line: psycopg.Connection, data: Path | None = None, falsified: Collection[str] = ()
) -> list[str]:
    """Every sentence that does not hold after a run, as readable lines; none when all is well.

    Of operations with a `falsified` key the line changed the words: of them only the number of effects is asked.
    """
    return [*_against(history, line, falsified), *invariants(line), *(_contents(line, data) if data else ())]


def _against(history: History, line: psycopg.Connection, falsified: Collection[str]) -> Iterator[str]:
    found = {verb: Counter(row[0] for row in line.execute(query)) for verb, query in EFFECTS.items()}
    keys = {str(row[0]) for row in line.execute("SELECT key FROM web_answer")}
    for one in history.operations:
        effects = found[one.verb][one.mark]
        if one.key not in falsified:
            yield from _one(one, effects, one.key in keys)
        elif effects > 1 and one.verb not in SHARED:
            yield f"falsified on the line and done more than once: {one.verb} {one.mark}, key {one.key}"


def _one(one: Operation, effects: int, is_kept: bool) -> Iterator[str]:
    def told(what: str) -> str:
        tries = [(each.outcome, each.status) for each in one.tries]
        return f"{what}: {one.verb} {one.mark} by {one.client}, key {one.key}, tries {tries}, effects {effects}"

    shared = one.verb in SHARED
    match one.outcome:
        case "ok" if effects == 0 or not (is_kept or one.verb in UNKEPT):
            yield told("acknowledged and lost")
        case "ok" if effects > 1 and not shared:
            yield told("acknowledged once, done more than once")
        case "fail" if is_kept or (effects and not shared):
            yield told("refused and done")
        case "info" if effects > 1:
            yield told("unknown and done more than once")
    answers = {each.told for each in one.tries if each.outcome == OK}
    if len(answers) > 1:
        yield told(f"the same key got different answers {answers}")


def unknown(history: History) -> list[Operation]:
    """Operations of which no client knows the end, though each was asked again."""
    return [one for one in history.operations if one.outcome not in (OK, FAIL)]


def invariants(line: psycopg.Connection) -> Iterator[str]:
    """What no crash may leave half done, and the chains."""
    for sentence, query in HALF_DONE.items():
        rows = [row[0] for row in line.execute(query).fetchmany(5)]
        if rows:
            yield f"{sentence}: {rows}"


def _contents(line: psycopg.Connection, data: Path) -> Iterator[str]:
    """Every content that a row names lies on the disk, byte for byte."""
    rows: list[tuple[Any, ...]] = line.execute("SELECT sha256, size FROM files_blob").fetchall()
    for name, size in rows:
        place = data / "files" / name[:2] / name[2:4] / name
        if not place.exists():
            yield f"a row names a content that is not there: {name}"
        elif place.stat().st_size != size or sha256(place.read_bytes()).hexdigest() != name:
            yield f"a content is not what its row says: {name}"


def orphans(line: psycopg.Connection, data: Path) -> list[str]:
    """Contents on the disk that no row names: harmless, and swept after a day."""
    kept = {row[0] for row in line.execute("SELECT sha256 FROM files_blob")}
    return [path.name for path in (data / "files").glob("??/??/*") if path.name not in kept]
