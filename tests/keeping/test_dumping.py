"""A copy is read back to its last byte, however long its list is."""

from threading import Thread

import psycopg

from tests.keeping.conftest import House
from tram.keeping import queries
from tram.keeping.rules.dumping import copied_out, reached_by, read_back
from tram.site.postgres import tool

TABLES = 1000
"""Their list is longer than a pipe holds (64 KB), and so is what stands behind it in the copy."""


def test_a_list_longer_than_a_pipe_holds_lets_nobody_wait_for_ever(house: House) -> None:
    url, found = queries.database_url(), list[set[str]]()
    with psycopg.connect(url, autocommit=True) as desk:
        version = desk.info.server_version
        desk.execute("CREATE SCHEMA crowd")
        try:
            desk.execute(
                "; ".join(f"CREATE TABLE crowd.table_with_a_long_name_{number} ()" for number in range(TABLES))
            )
            desk.execute("CREATE TABLE crowd.rows AS SELECT gen_random_uuid() FROM generate_series(1, 60000)")
            command = [str(tool("pg_dump", server_version=version)), "--format=custom", "--schema=crowd"]
            copy = b"".join(copied_out(command, reached_by(url)))
        finally:
            desk.execute("DROP SCHEMA crowd CASCADE")
    reading = Thread(target=lambda: found.append(read_back([copy], version)), daemon=True)
    reading.start()
    reading.join(timeout=60)
    assert found == [set()]
