"""A worker that does what waits, in a thread of its own: a browser of other tests may keep a loop in this one."""

from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connections


def work() -> None:
    """Do everything that waits, then return."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_work).result()


def _work() -> None:
    try:
        call_command("worker", once=True)
    finally:
        connections.close_all()
