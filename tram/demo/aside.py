"""Indexes and constraints put aside while rows are laid down by the million, and brought back, each checked as it comes."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype = 'f'
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p', 'u')
AND (conrelid::regclass::text = ANY(%(tables)s) OR confrelid::regclass::text = ANY(%(tables)s))
ORDER BY contype
"""
INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid::regclass::text = ANY(%(tables)s) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""


class Aside:
    """What is put aside of some tables."""

    def __init__(self, tables: Iterable[str]) -> None:
        self.tables = sorted(tables)
        self.keys: dict[str, list[str]] = {table: [] for table in self.tables}
        self.links: list[str] = []

    def put(self) -> None:
        """Drop the indexes and all constraints but those that look at one row alone."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(CONSTRAINTS, {"tables": self.tables})
            for table, name, definition, is_link in cursor.fetchall():
                add = f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
                (self.links if is_link else self.keys[table]).append(add)
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            cursor.execute(INDEXES, {"tables": self.tables})
            for table, name, definition in cursor.fetchall():
                self.keys[table].append(definition)
                cursor.execute(f"DROP INDEX {name}")
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")

    def bring_back(self) -> None:
        """Build and check everything again, two tables at a time."""
        size = "SELECT pg_table_size(%s::regclass)"
        with connection.cursor() as cursor:
            sizes = {table: cursor.execute(size, [table]).fetchone()[0] for table in self.tables}
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(_do, [self.keys[table] for table in sorted(self.tables, key=lambda one: -sizes[one])]))
        _do(self.links)
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(_do, [[f"VACUUM (ANALYZE) {table}"] for table in self.tables]))


def _do(statements: list[str]) -> None:
    """In a connection of this thread, which ends with it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()
