"""`tram verify`: what the signatures of a PDF are worth, for programs and for people. Needs no running database."""

import json
from argparse import Namespace
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from tram.kernel import clock
from tram.kernel.verdicts import Invalid
from tram.site.environment import data_folder, enter


def verify(asked: Namespace) -> int:
    """Print the report on each file: one JSON object a line, or sentences; 1 unless every file holds."""
    enter(data_folder(asked.data))
    django.setup()
    queries = import_module("tram.signing.queries")
    verdicts = []
    for file in asked.files:
        try:
            found = asdict(queries.report(Path(file).resolve(strict=True), clock.now()))
        except Invalid as error:
            found = {"verdict": "unreadable", "summary": str(error), "signatures": [], "stamps": []}
        except OSError as error:
            found = {
                "verdict": "unreadable",
                "summary": f"Không mở được tệp: {error.strerror}.",
                "signatures": [],
                "stamps": [],
            }
        verdicts.append(found["verdict"])
        if asked.json:
            print(json.dumps({"file": str(file), **found}, ensure_ascii=False, default=str), flush=True)
        else:
            _say(file, found)
    return 0 if set(verdicts) == {"valid"} else 1


def _say(file: str, found: dict[str, Any]) -> None:
    print(f"{file}: {found['summary']}")
    for one in found["signatures"]:
        sign = {"valid": "✓", "invalid": "✗"}.get(one["verdict"], "!")
        when = clock.local(one["signed_at"]).strftime("%H:%M ngày %d/%m/%Y") if one["signed_at"] else "không rõ lúc nào"
        print(f"  {sign} {one['signer'] or one['field']}, ký lúc {when}, mức {one['level'] or 'không rõ'}")
        for words in [*one["reasons"], one["changes"], one["revocation"]]:
            print(f"      {words}" if words else "", end="\n" if words else "")
