"""Kiểm nhật ký của Trạm bằng chương trình riêng: chỉ cần Python, không cần Trạm, không cần cơ sở dữ liệu.

Cách dùng:  python3 verify_audit.py THƯMỤC [DẤU-KIỂM.csv]

THƯMỤC chứa hai tệp, mỗi dòng một đối tượng JSON, lấy bằng `tram audit export` hoặc bằng chính psql:
    psql -At -c "SELECT row_to_json(e) FROM audit_event e ORDER BY agency, seq" > events.jsonl
    psql -At -c "SELECT row_to_json(c) FROM audit_chain c ORDER BY agency"      > chains.jsonl
DẤU-KIỂM.csv (không bắt buộc) là các dòng đã công bố từ trước: agency,kind,first,last,hash

Luật của chuỗi, theo từng cơ quan:
  1. Dòng mang số 1, 2, 3 ... không thiếu số nào.
  2. prev của dòng n là hash của dòng n-1 (dòng 1: rỗng).
  3. hash = SHA-256(prev + dòng viết dạng chuẩn): JSON, khóa theo thứ tự chữ cái, không khoảng trắng, UTF-8, giờ UTC.
  4. Đầu chuỗi (audit_chain) ghi đúng số và hash của dòng cuối.
  5. Dấu kiểm "root" của các dòng a-b là gốc cây Merkle (RFC 6962) trên hash của chúng; "head" là hash của dòng cuối.
     Mỗi đêm Trạm ghi root của mọi cơ quan vào chuỗi số 0 (việc "audit.sealed"); dòng ghi sau dấu kiểm không được mang
     giờ sớm hơn dấu kiểm quá một giờ.
Mỗi chuỗi được báo đủ số dòng, hoặc dòng sai đầu tiên. Mã thoát: 0 nguyên vẹn, 1 có chuỗi đứt.
"""

import csv
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

NAMES = {"actor": "actor_id"}
FIELDS = [
    "about",
    "actor",
    "actor_name",
    "agency",
    "at",
    "detail",
    "post",
    "principal",
    "principal_name",
    "seq",
    "what",
]


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def bytes_of(text):
    return bytes.fromhex(text.removeprefix("\\x"))


def moment(text):
    return datetime.fromisoformat(text).astimezone(timezone.utc)


def standard(row):
    """Luật 3: the bytes of a row that were hashed."""
    told = {name: row[NAMES.get(name, name)] for name in FIELDS}
    told["at"] = moment(row["at"]).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def merkle(leaves):
    """RFC 6962, 2.1: hashes of one level are paired into the next; an odd one out goes up as it is."""
    level = [sha(b"\0", leaf) for leaf in leaves]
    while len(level) > 1:
        paired = [sha(b"\1", level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0] if level else sha()


def check(rows, end, marks):
    """(number of rows, None) of a sound chain; else (first wrong row, why)."""
    hashes, last_moment = [], None
    sealed = {last: at - timedelta(hours=1) for kind, first, last, told, at in marks if at}
    due = {}
    for kind, first, last, told, _ in marks:
        due.setdefault(last, []).append((kind, first, told))
    for seq, row in enumerate(rows, start=1):
        prev = hashes[-1] if hashes else b""
        if row["seq"] != seq:
            return seq, "a row is missing"
        if bytes_of(row["prev"]) != prev or sha(prev, standard(row)) != bytes_of(row["hash"]):
            return seq, "the row is not what was written"
        if last_moment and moment(row["at"]) < last_moment:
            return seq, "the row is dated before the seal of the rows before it"
        hashes.append(bytes_of(row["hash"]))
        for kind, first, told in due.get(seq, []):
            if (merkle(hashes[first - 1 :]) if kind == "root" else hashes[-1]) != told:
                return (first if kind == "root" else seq), "the rows are not as published"
        last_moment = sealed.get(seq, last_moment)
    if due and max(due) > len(hashes):
        return len(hashes) + 1, "rows that were published are gone"
    if end is None:
        return 1, "the chain's end is gone"
    if end[0] != len(hashes):
        return min(end[0], len(hashes)) + 1, "rows are cut off or too many"
    if end[1] != (hashes[-1] if hashes else b""):
        return len(hashes), "the last row is not the chain's end"
    return len(hashes), None


def read(folder, published=None):
    """Chains, their ends and their marks: agency -> rows in order; agency -> (seq, head); agency -> marks."""
    chains, ends, marks = {}, {}, {}
    with (folder / "events.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            chains.setdefault(row["agency"], []).append(row)
    with (folder / "chains.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            ends[row["agency"]] = (row["seq"], bytes_of(row["head"]))
    for row in chains.get(0, []):
        if row["what"] == "audit.sealed":
            told = row["detail"]
            mark = ("root", told["first"], told["last"], bytes.fromhex(told["root"]), moment(row["at"]))
            marks.setdefault(told["chain"], []).append(mark)
    if published:
        with published.open(encoding="utf-8") as lines:
            for agency, kind, first, last, told in csv.reader(lines):
                if agency != "agency":
                    mark = (kind, int(first), int(last), bytes.fromhex(told), None)
                    marks.setdefault(int(agency), []).append(mark)
    return chains, ends, marks


def main(folder, published=None):
    chains, ends, marks = read(Path(folder), Path(published) if published else None)
    sound, breaks = 0, []
    for agency in sorted({*chains, *ends, *marks}):
        rows = sorted(chains.get(agency, []), key=lambda row: row["seq"])
        number, why = check(rows, ends.get(agency), marks.get(agency, []))
        if why:
            breaks.append((agency, number))
            print(f"✗ Cơ quan {agency}, dòng {number}: {why}")
        else:
            sound += number
    print(f"{'✗' if breaks else '✓'} {len(breaks)} chuỗi đứt, {sound} dòng nguyên vẹn.")
    return sound, breaks


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:3])[1] else 0)
