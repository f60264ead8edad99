"""`tram doctor`: look at everything that can go wrong, and go on looking when something has."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

import psycopg
from django.db import DatabaseError, connection

from tram.site.checkup import CHECKS
from tram.site.checkup_rooms import ROOM_CHECKS
from tram.site.environment import data_folder
from tram.site.sockets import Check, Finding, checks
from tram.site.trouble import Trouble

PATIENCE_SECONDS = 5
SIGNS = {"ok": "✓", "warn": "!", "bad": "✗"}


def doctor(asked: Namespace, why_not: str) -> int:
    """Print a finding for each check; 1 when one of them is bad."""
    connection.settings_dict["OPTIONS"]["connect_timeout"] = PATIENCE_SECONDS
    findings = examine(data_folder(asked.data), why_not)
    if asked.json:
        print(json.dumps({name: asdict(finding) for name, finding in findings.items()}, ensure_ascii=False, indent=1))
    else:
        for finding in dict.fromkeys(findings.values()):
            print(f"{SIGNS[finding.mark]} {finding.sentence}" + (f"\n    → {finding.mend}" if finding.mend else ""))
    return 1 if any(finding.mark == "bad" for finding in findings.values()) else 0


def examine(data: Path, why_not: str = "") -> dict[str, Finding]:
    """Every check's finding by its name. `why_not` is why the database is not there, where it is not."""
    every = CHECKS | ROOM_CHECKS | dict(checks.items())
    return {name: _finding(check, data, why_not) for name, check in every.items()}


def _finding(check: Check, data: Path, why_not: str) -> Finding:
    """One check's finding; its own failure is a finding too, and does not keep the others from looking."""
    try:
        return check(data)
    except Trouble as trouble:
        return Finding("bad", str(trouble))
    except (DatabaseError, psycopg.Error) as error:
        reason = why_not or f"Cơ sở dữ liệu báo: {str(error).strip().splitlines()[0]}"
        return Finding("bad", f"Nhiều mục chưa khám được vì thiếu cơ sở dữ liệu. {reason}", "tram run")
    except OSError as error:
        return Finding("bad", f"Không mở được {error.filename}: {error.strerror}.", f"ls -ld {error.filename}")
    except Exception as error:
        return Finding("bad", f"Chưa khám được mục {check.__name__}. {type(error).__name__}: {error}", "tram run")
