"""The database's own clock, set wrong on purpose: what `clock_timestamp()` and `now()` answer is moved by a gap."""

from datetime import timedelta

import psycopg

SHADOW = """
CREATE SCHEMA shadow;
CREATE TABLE shadow.clock (gap interval NOT NULL);
INSERT INTO shadow.clock VALUES ('0');
CREATE FUNCTION shadow.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.clock_timestamp() + gap FROM shadow.clock';
CREATE FUNCTION shadow.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT pg_catalog.now() + gap FROM shadow.clock';
"""
PATH = "shadow, pg_catalog, public"


def shadow(line: psycopg.Connection, database: str = "tram") -> None:
    """Put the clock in; connections made from now on go by it."""
    line.execute(SHADOW)
    line.execute(f'ALTER DATABASE "{database}" SET search_path = {PATH}')


def step(line: psycopg.Connection, gap: timedelta) -> None:
    """Set the clock wrong by so much."""
    line.execute("UPDATE shadow.clock SET gap = %s", [gap])
