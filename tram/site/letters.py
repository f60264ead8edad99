"""`tram read letter`: the fields of a letter, for programs and for people. Needs neither database nor Django."""

import json
from argparse import Namespace

from tram.reading.queries import letters_as_json


def read(asked: Namespace) -> int:
    """Print what the reading room sees: one JSON object a file, or a line for each field; 1 when a file is unreadable."""
    unreadable = 0
    for line in letters_as_json(asked.files):
        fields = json.loads(line)
        unreadable += "error" in fields
        if asked.json:
            print(line, flush=True)
            continue
        sure = fields.pop("confidence", {})
        for name, value in fields.items():
            said = "; ".join(value) if isinstance(value, list) else value
            print(f"{name:14}{said or '–'}" + (f"  ({sure[name]:.0%})" if sure.get(name) else ""))
        print(flush=True)
    return 1 if unreadable else 0
