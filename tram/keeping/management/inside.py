"""What is asked of a house that is being built from a backup: run as a process of its own, whose Django sees that house.

python -m tram.keeping.management.inside tables|everything|restored < arguments.json
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import django
from django.apps import apps

from tram.kernel import clock
from tram.kernel.actors import Actor

if not apps.ready:
    django.setup()

from tram.keeping import queries
from tram.keeping.commands.recording import note_restore


def tables(_told: Any) -> object:
    """Every table's rows and hashes."""
    return {"tables": queries.tables()}


def everything(told: Any) -> object:
    """Tables, landmarks, and whether the audit verifies, also against marks that are told."""
    rows, breaks = queries.broken_chains(told["marks"] if told else [])
    marks = asdict(queries.landmarks())
    return {
        "tables": queries.tables(),
        "landmarks": marks,
        "rows": rows,
        "breaks": breaks,
        "behind": queries.books_behind(),
    }


def restored(told: Any) -> object:
    """Record the restore, and destroy again what must not come back."""
    note_restore(actor=Actor.system(), at=clock.now(), backup=told["backup"], destroyed=told["destroyed"])
    return None


VERBS: dict[str, Callable[[Any], object]] = {"tables": tables, "everything": everything, "restored": restored}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]](json.load(sys.stdin))))
