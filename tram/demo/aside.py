"""Indexes and constraints put aside while rows are laid down by the million, and brought back, each checked as it comes."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype, pg_get_indexdef(conindid),
    CASE WHEN condeferrable THEN ' DEFERRABLE' ELSE '' END || CASE WHEN condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p', 'u')
AND (conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s))
ORDER BY contype
"""
INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid::regclass::text = ANY(%(tables)s) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""
KINDS = {"p": "PRIMARY KEY", "u": "UNIQUE"}


class Aside:
    """What is put aside of some tables. `indexes`: by table; `keys`: what makes some of them constraints; `links`: foreign
    keys, first named and then checked by `checks`, by the table that refers."""

    def __init__(self, tables: Iterable[str]) -> None:
        self.tables = sorted(tables)
        self.indexes: dict[str, list[str]] = {table: [] for table in self.tables}
        self.keys: list[str] = []
        self.links: list[str] = []
        self.checks: dict[str, list[str]] = {}

    def put(self) -> None:
        """Drop the indexes and all constraints but those that look at one row alone."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(CONSTRAINTS, {"tables": self.tables})
            for table, name, definition, kind, index, deferred in cursor.fetchall():
                add = f"ALTER TABLE {table} ADD CONSTRAINT {name}"
                if kind == "f":
                    self.links.append(f"{add} {definition} NOT VALID")
                    self.checks.setdefault(table, []).append(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
                else:
                    self.indexes[table].append(index)
                    self.keys.append(f"{add} {KINDS[kind]} USING INDEX {name}{deferred}")
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            cursor.execute(INDEXES, {"tables": self.tables})
            for table, name, definition in cursor.fetchall():
                self.indexes[table].append(definition)
                cursor.execute(f"DROP INDEX {name}")
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")

    def bring_back(self) -> None:
        """Build and check everything again, two statements at a time, those of large tables first.

        Rows are swept before there are indexes, which would be swept too. A foreign key is checked under a lock that
        lets others of other tables be checked meanwhile.
        """
        size = "SELECT pg_table_size(%s::regclass)"
        with connection.cursor() as cursor:
            sizes = {table: cursor.execute(size, [table]).fetchone()[0] for table in {*self.tables, *self.checks}}
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")
        largest = sorted(sizes, key=lambda one: -sizes[one])
        tables = [table for table in largest if table in self.indexes]
        _do_in_two([f"VACUUM {table}"] for table in tables)
        _do_in_two([statement] for table in tables for statement in self.indexes[table])
        _do([*self.keys, *self.links])
        _do_in_two(self.checks[table] for table in largest if table in self.checks)
        _do_in_two([f"ANALYZE {table}"] for table in tables)


def _do_in_two(lists: Iterable[list[str]]) -> None:
    """Each list in its order, two lists at a time."""
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(_do, lists))


def _do(statements: list[str]) -> None:
    """In a connection of this thread, which ends with it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()
