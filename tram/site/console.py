"""The small commands of `tram`: what the demo's people are called, what a letter says, whether the audit is whole."""

import json
from argparse import Namespace
from importlib import import_module
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from tram.site.environment import data_folder, database
from tram.site.trouble import Trouble


def demo(asked: Namespace) -> int:
    """Print the accounts of the cast, which planting wrote into the data folder."""
    kept = data_folder(asked.data) / "accounts.json"
    if not kept.exists():
        raise Trouble(f"Chưa có tỉnh mẫu trong {kept.parent}. Nạp: tram run --data {kept.parent}")
    text = kept.read_text()
    print(text if asked.json else "\n".join(account_lines(json.loads(text))))
    return 0


def account_lines(accounts: list[dict[str, str]]) -> list[str]:
    """One line for each account, in columns."""
    widths = [max(len(str(account[key])) for account in accounts) for key in accounts[0]] if accounts else []
    return [
        "  ".join(str(word).ljust(width) for word, width in zip(account.values(), widths, strict=True)).rstrip()
        for account in accounts
    ]


def read(asked: Namespace) -> int:
    """Print what the reading room sees in each file, one JSON object a file. Needs no database."""
    for file in asked.files:
        if not Path(file).exists():
            raise Trouble(f"Không có tệp {file}.")
    for line in import_module("tram.reading.queries").letters_as_json([Path(file) for file in asked.files]):
        print(line, flush=True)
    return 0


def audit(asked: Namespace) -> int:
    """Walk every agency's chain; 1 when one of them is broken."""
    with database(data_folder(asked.data)):
        django.setup()
        queries = import_module("tram.audit.queries")
        found = list(queries.verify())
    breaks = [row for row in found if isinstance(row, queries.Break)]
    rows = sum(row for row in found if isinstance(row, int))
    if asked.json:
        told = [{"agency": row.agency, "seq": row.seq, "reason": row.reason} for row in breaks]
        print(json.dumps({"chains": len(found), "rows": rows, "breaks": told}, ensure_ascii=False))
    else:
        for row in breaks:
            print(f"✗ Cơ quan {row.agency}, dòng {row.seq}: {row.reason}.")
        print(f"{'✗' if breaks else '✓'} {len(found)} chuỗi, {len(breaks)} chuỗi đứt, {rows} dòng nguyên vẹn.")
    return 1 if breaks else 0


def manage(asked: Namespace) -> int:
    """Hand the words to Django's own commands, with the database running."""
    with database(data_folder(asked.data)):
        execute_from_command_line(["tram manage", *asked.words])
    return 0
