"""`tram audit`: the proof that nobody changed the record, and what others need to prove it themselves."""

import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tram.audit.commands import seal_all
from tram.audit.events import COLUMNS, Mark, marks_in
from tram.audit.queries import Break, export, heads, marks, verify
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.site.trouble import Trouble


def audit(asked: Namespace, why_not: str) -> int:
    """Do one verb of the audit."""
    if why_not:
        raise Trouble(why_not)
    verbs: dict[str, Callable[[Namespace], int]] = {
        "verify": _verify,
        "roots": _roots,
        "seal": _seal,
        "export": _export,
    }
    return verbs[asked.verb](asked)


def _verify(asked: Namespace) -> int:
    """Walk every agency's chain; 1 when one of them is broken, each with its first wrong row."""
    began = perf_counter()
    found = list(verify(published=_published(asked.against)))
    seconds = perf_counter() - began
    breaks = [row for row in found if isinstance(row, Break)]
    rows = sum(row for row in found if isinstance(row, int))
    if asked.json:
        told = [{"agency": row.agency, "seq": row.seq, "reason": row.reason} for row in breaks]
        figures = {"chains": len(found), "rows": rows, "seconds": round(seconds, 2), "breaks": told}
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for row in breaks:
            print(f"✗ Cơ quan {row.agency}, dòng {row.seq}: {row.reason}.")
        print(
            f"{'✗' if breaks else '✓'} {len(found)} chuỗi, {len(breaks)} chuỗi đứt, {rows} dòng nguyên vẹn, {seconds:.1f} giây."
        )
    return 1 if breaks else 0


def _published(name: str | None) -> list[Mark]:
    if name is None:
        return []
    try:
        with Path(name).open(encoding="utf-8") as lines:
            return marks_in(lines)
    except (OSError, UnicodeDecodeError) as wrong:
        raise Trouble(f"Không đọc được {name}. Chỉ đúng tệp đã lưu bằng `tram audit roots`.") from wrong
    except ValueError as wrong:
        raise Trouble(f"{name}: {wrong}. Mỗi dòng là: {','.join(COLUMNS)}") from wrong


def _roots(asked: Namespace) -> int:
    """Print what to publish: every night's root of every agency, and where each chain ends now."""
    told = [*marks(), *heads()]
    if asked.json:
        rows = [dict(zip(COLUMNS, mark.line.split(","), strict=True)) for mark in told]
        print(json.dumps(rows))
    else:
        print("\n".join([",".join(COLUMNS), *(mark.line for mark in told)]))
    return 0


def _seal(_asked: Namespace) -> int:
    """Seal now what came since the last night; 1 when a chain is broken."""
    wrong = seal_all(actor=Actor.system(), at=clock.now())
    for sentence in wrong:
        print(f"✗ {sentence}")
    return 1 if wrong else 0


def _export(asked: Namespace) -> int:
    """Write all rows and ends of chains as lines of JSON, for a verifier that needs neither Trạm nor its database."""
    folder = Path(asked.to or "nhat-ky")
    folder.mkdir(parents=True, exist_ok=True)
    for table in ("events", "chains"):
        with (folder / f"{table}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in export(table))
    print(f"Đã xuất vào {folder}. Kiểm độc lập: python3 verify_audit.py {folder}")
    return 0
