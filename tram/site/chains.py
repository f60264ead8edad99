"""`tram audit verify`: the proof that nobody changed the record."""

import json
from argparse import Namespace

from tram.audit.queries import Break, verify
from tram.site.trouble import Trouble


def audit(asked: Namespace, why_not: str) -> int:
    """Walk every agency's chain; 1 when one of them is broken, each with its first wrong row."""
    if why_not:
        raise Trouble(why_not)
    found = list(verify())
    breaks = [row for row in found if isinstance(row, Break)]
    rows = sum(row for row in found if isinstance(row, int))
    if asked.json:
        told = [{"agency": row.agency, "seq": row.seq, "reason": row.reason} for row in breaks]
        print(json.dumps({"chains": len(found), "rows": rows, "breaks": told}, ensure_ascii=False))
    else:
        for row in breaks:
            print(f"✗ Cơ quan {row.agency}, dòng {row.seq}: {row.reason}.")
        print(f"{'✗' if breaks else '✓'} {len(found)} chuỗi, {len(breaks)} chuỗi đứt, {rows} dòng nguyên vẹn.")
    return 1 if breaks else 0
