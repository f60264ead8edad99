"""The floor under register + direct: the very rows that the two commands left, written once more by plain SQL.

What a careful programmer would write who needs no rights, no checks and no reading: one statement for each table, each
prepared, in the same two transactions. The rows are read back from what the commands wrote and differ only in their
keys, the number in the book and the place in the chain, so the floor never does less than they did.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

Row = dict[str, Any]
Rows = dict[str, list[Row]]
TABLES = {
    "documents_incoming": "id = %(id)s",
    "organisation_booknumber": "about = %(ref)s AND id > (SELECT max(id) - 100 FROM organisation_booknumber)",
    "search_card": "kind = 'documents.incoming' AND key = %(id)s",
    "documents_direction": "document_id = %(id)s",
    "tasks_task": "about = %(ref)s",
    "tasks_holding": "task_id = ANY(%(tasks)s)",
    "documents_access": "document_id = %(id)s",
    "documents_share": "task_id = ANY(%(tasks)s)",
    "notifications_notice": "about = ANY(%(refs)s) AND read_at IS NULL",
    "audit_event": "about = ANY(%(refs)s)",
}
"""Every table in which a registered and directed paper leaves rows, in the order in which they are written; each is read
by an index that it has, for a province of years is read as well."""
PLACES = {
    "id": "{table}", "document_id": "documents_incoming", "direction_id": "documents_direction",
    "task_id": "tasks_task", "arrival_number": "number", "number": "number", "book_id": "book",
}  # fmt: skip
NAMED = re.compile(r"(documents\.incoming/|/van-ban-den/)(\d+)|(tasks\.task/|/viec/)(\d+)")


def rows_of(database: psycopg.Connection[Any], document: int) -> Rows:
    """Every row that this paper left, table by table."""
    found = {}
    known: dict[str, Any] = {"id": document, "ref": f"documents.incoming/{document}", "tasks": [], "refs": []}
    with database.cursor(row_factory=dict_row) as cursor:
        for table, where in TABLES.items():
            cursor.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id", known)
            found[table] = cursor.fetchall()
            if table == "tasks_task":
                known["tasks"] = [row["id"] for row in found[table]]
                known["refs"] = [known["ref"], *(f"tasks.task/{pk}" for pk in known["tasks"])]
    return found


@dataclass(slots=True)
class Statement:
    """One statement; `holes` say which values are known only when it runs: position, name of a key, and where the key
    stands in a text the parts between which it stands."""

    text: str
    values: list[Any]
    holes: list[tuple[int, str, list[str]]] = field(default_factory=list)
    gives: str = ""

    def run(self, cursor: psycopg.Cursor[Any], keys: dict[str, Any]) -> None:
        """Fill the holes, run, keep the key that it gives."""
        for place, name, parts in self.holes:
            self.values[place] = str(keys[name]).join(parts) if parts else keys[name]
        cursor.execute(self.text, self.values, prepare=True)
        if self.gives:
            [keys[self.gives]] = cursor.fetchone() or [0]


class Copy:
    """One paper ready to be written again: both transactions as statements with holes."""

    def __init__(self, registered: Rows, directed: Rows) -> None:
        self.agency, self.year = (directed["documents_incoming"][0][name] for name in ("agency_id", "year"))
        self.entering = list(_statements(registered, {}))
        self.directing = list(_statements(directed, registered))
        old = {row["id"] for row in registered["audit_event"]}
        self.events = [registered["audit_event"], [row for row in directed["audit_event"] if row["id"] not in old]]

    def write(self, database: psycopg.Connection[Any]) -> int:
        """Write it in two transactions; returns the key of the new document."""
        keys = dict[str, Any]()
        for statements, events in zip((self.entering, self.directing), self.events, strict=True):
            with database.transaction(), database.cursor() as cursor:
                if statements is self.entering:
                    self._take_number(cursor, keys)
                for statement in statements:
                    statement.run(cursor, keys)
                self._chain(cursor, events, keys)
        return int(keys["documents_incoming"])

    def _take_number(self, cursor: psycopg.Cursor[Any], keys: dict[str, Any]) -> None:
        cursor.execute(
            "UPDATE organisation_numberbook SET next_number = next_number + 1"
            " WHERE agency_id = %s AND code = 'incoming' AND year = %s RETURNING id, next_number - 1",
            [self.agency, self.year],
            prepare=True,
        )
        keys["book"], keys["number"] = cursor.fetchone() or (0, 0)

    def _chain(self, cursor: psycopg.Cursor[Any], events: list[Row], keys: dict[str, Any]) -> None:
        """The audit's rows in their places; their hash needs the one before, so the head is read and locked."""
        cursor.execute(
            "SELECT seq, head, at FROM audit_chain WHERE agency = %s FOR UPDATE", [self.agency], prepare=True
        )
        seq, head, last = cursor.fetchone() or (0, b"", None)
        rows = []
        for event in events:
            seq, last = seq + 1, max(event["at"], last or event["at"])
            told = {**event, "about": _filled(event["about"], keys), "seq": seq, "at": last}
            prev, head = head, _hash(head, told)
            rows.append({**told, "prev": prev, "hash": head, "detail": Jsonb(event["detail"])})
        names = [name for name in rows[0] if name != "id"]
        cursor.execute(
            f"WITH moved AS (UPDATE audit_chain SET seq = %s, head = %s, at = %s WHERE agency = %s) {_insert('audit_event', names, len(rows))}",
            [seq, head, last, self.agency, *(row[name] for row in rows for name in names)],
            prepare=True,
        )


def _filled(text: str, keys: dict[str, Any]) -> str:
    return NAMED.sub(lambda m: f"{m[1] or m[3]}{keys['documents_incoming' if m[1] else 'tasks_task']}", text)


def _hash(prev: bytes, event: Row) -> bytes:
    told = {name: value for name, value in event.items() if name not in ("id", "prev", "hash", "actor_id")}
    told |= {"actor": event["actor_id"], "at": event["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(bytes(prev) + text.encode()).digest()


def _insert(table: str, names: list[str], count: int) -> str:
    one = "(" + ", ".join("%s::tsvector" if name == "terms" else "%s" for name in names) + ")"
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([one] * count)}"


def _statements(after: Rows, before: Rows) -> list[Statement]:
    """What turns the rows before into the rows after; the audit's rows are written apart, for they need their chain."""
    found = []
    number = after["documents_incoming"][0]["arrival_number"]
    for table in TABLES:
        if table == "audit_event":
            continue
        old = {row["id"]: row for row in before.get(table, [])}
        fresh = [row for row in after[table] if row["id"] not in old]
        if fresh:
            found.append(_inserting(table, fresh, number))
        for row in after[table]:
            changed = {name: value for name, value in row.items() if old.get(row["id"], row)[name] != value}
            if changed:
                found.append(_changing(table, row, changed, number))
    return found


def _inserting(table: str, rows: list[Row], number: int) -> Statement:
    names = [name for name in rows[0] if name != "id"]
    text = _insert(table, names, len(rows)) + " RETURNING id"
    values = [(name, row[name]) for row in rows for name in names]
    return _with_holes(Statement(text, [], gives=table), table, values, number)


def _changing(table: str, row: Row, changed: Row, number: int) -> Statement:
    places = ", ".join(f"{name} = %s" + ("::tsvector" if name == "terms" else "") for name in changed)
    where = "kind = %s AND key = %s" if table == "search_card" else "id = %s"
    sought = ["kind", "key"] if table == "search_card" else ["id"]
    statement = Statement(f"UPDATE {table} SET {places} WHERE {where}", [])
    return _with_holes(statement, table, [*changed.items(), *((name, row[name]) for name in sought)], number)


def _with_holes(statement: Statement, table: str, values: list[tuple[str, Any]], number: int) -> Statement:
    for place, (name, value) in enumerate(values):
        statement.values.append(Jsonb(value) if isinstance(value, dict | list) else value)
        key = "documents_incoming" if (table, name) == ("search_card", "key") else PLACES.get(name, "")
        if key and value is not None and not isinstance(value, str):
            statement.holes.append((place, key.format(table=table), []))
        elif isinstance(value, str) and (found := NAMED.fullmatch(value)):
            named = "documents_incoming" if found[1] else "tasks_task"
            statement.holes.append((place, named, [found[1] or found[3], ""]))
        elif table == "search_card" and name in ("line", "terms"):
            statement.holes.append((place, "number", re.split(rf"(?<!\d){number}(?!\d)", value)))
    return statement
