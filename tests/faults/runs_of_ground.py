"""The runs whose fault lies in the ground: a full disk, a wrong clock, dying workers, and time itself."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from tests.faults.clock import shadow, step
from tests.faults.history import INFO, now, percentile
from tests.faults.runs import Figures, Stage, founded, on, verdict
from tests.faults.workload import Worker, at_work, end, mark
from tests.installation import ROOT, Installation, until
from tram.kernel.space import READ_ONLY, fullness
from tram.web.views import READ_ONLY as SAID

CANNOT_MOUNT = "no small disk can be mounted here: it takes root and the right to mount"
POISON = """
import django; django.setup()
import tram.documents.jobs
from tram.jobs.sockets import later
later("tram.documents.jobs.read_scan", document=10**9)
"""
STEPS = [
    timedelta(0),
    *(sign * gap for gap in (timedelta(hours=1), timedelta(days=1), timedelta(days=3653)) for sign in (1, -1)),
]


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A tmpfs of so many megabytes; raises PermissionError where it cannot be mounted."""
    folder = Path(mkdtemp(prefix="tram-disk-", dir="/tmp"))
    asked = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tram-faults", str(folder)]
    try:
        if subprocess.run(asked, capture_output=True).returncode:
            raise PermissionError(CANNOT_MOUNT)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)
        folder.rmdir()


def disk(*, seconds: float, seed: int, port: int = 0, megabytes: int = 900) -> Figures:
    """The disk fills at one stroke under load, stays full, and gets room again."""
    with small_disk(megabytes) as folder, founded(port, folder) as stage:
        house, office = stage.house, stage.office()
        people = at_work(office, seed, pause=0.3)
        time.sleep(seconds / 3)
        before = len(office.history.operations)
        filler = house.data / "filler"
        filled = now()
        fill(filler)
        time.sleep(seconds / 3)
        asked = office.client("hoa")
        is_readable = asked.ask("/api/documents?limit=1") is not None
        told = asked._exchange(
            "POST", "/api/documents", b"{}", {"Idempotency-Key": "0" * 8 + "-0000-4000-8000-" + "0" * 12}
        )
        full = fullness(house.data)
        filler.unlink()
        freed = now()
        until(lambda: office.history.gaps([freed]), house.said, patience=120)
        end(office, people)
        wrong = [] if full >= READ_ONLY else [f"the disk was never full: {full} %"]
        wrong += [] if is_readable else ["nothing could be read while the disk was full"]
        wrong += [] if told.status == 503 and told.json()["detail"] == SAID else [f"a write was told {told}"]
        unknown = sum(each.outcome == INFO for one in office.history.operations for each in one.tries)
        found = verdict(house, office)
        return {
            "seconds": seconds, "seed": seed, "disk_mb": megabytes, "operations_before": before,
            "full_percent": full, "full_for_s": round(freed - filled, 1),
            "writes_back_s": round(office.history.gaps([freed])[0], 2), "told_to_wait": unknown,
            "ballast_thrown": "bỏ tệp dự trữ" in house.said(), **found, "wrong": wrong + found["wrong"],
        }  # fmt: skip


def fill(place: Path) -> None:
    """Take every byte that is left, at once."""
    with place.open("wb") as file:
        room = os.statvfs(place)
        with_steps = room.f_bavail * room.f_frsize
        while with_steps > 4096:
            try:
                os.posix_fallocate(file.fileno(), file.tell(), with_steps)
                file.seek(0, os.SEEK_END)
            except OSError:
                with_steps //= 2


def clock(*, seconds: float, seed: int, port: int = 0, stage: Stage | None = None) -> Figures:
    """The database's clock steps an hour, a day, ten years, forward and back, under load."""
    with on(stage, port) as stage:
        house, office = stage.house, stage.office()
        with house.connect() as desk:
            shadow(desk)
            desk.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"
            )
        people, steps = at_work(office, seed, pause=0.2), 0
        deadline = now() + seconds
        while now() < deadline:
            for gap in STEPS:
                with house.connect() as desk:
                    step(desk, gap)
                steps += 1
                time.sleep(max(1.0, seconds / 30))
        with house.connect() as desk:
            step(desk, timedelta(0))
        end(office, people)
        with house.connect() as desk:
            [years] = desk.execute("SELECT count(DISTINCT year) FROM documents_incoming").fetchall()
        found = verdict(house, office, ahead=max(STEPS))
        return {"seconds": seconds, "seed": seed, "steps": steps, "years_in_book": years[0], **found}


def jobs(*, times: int, seed: int, port: int = 0) -> Figures:
    """A worker dies with a job in hand, and with a job done but not yet ticked off; and a job that can never succeed."""
    with founded(port) as stage:
        house, office, armoury, recovered = stage.house, stage.office(), stage.armoury, list[float]()
        clerk = Worker(office, "hoa", seed)
        for turn in range(times):
            point, word, begun = ("jobs.done", "jobs.taken")[turn % 2], mark(), now()
            armoury.arm(point)
            brought = clerk.client.write("bring", "/api/documents/arrivals", None, mark=word, file=clerk.paper(word))
            pk = brought["document"]["id"]
            until(lambda point=point: not armoury.is_armed(point), house.said)
            until(lambda pk=pk: _is_done(house, pk), house.said, patience=150)
            recovered.append(now() - begun)
        parked = _poisoned(house)
        with house.connect() as line:
            [(twice,)] = line.execute(
                "SELECT count(*) FROM (SELECT about FROM audit_event WHERE what = 'documents.read'"
                " GROUP BY about HAVING count(*) > 1) double"
            ).fetchall()
        found = verdict(house, office)
        wrong = found["wrong"] + ([f"{twice} papers were read twice"] if twice else [])
        wrong += [] if parked["tries"] == 5 and "Nhật ký" in parked["reason"] else [f"parked as {parked}"]
        wrong += [] if max(recovered) <= 90 else [f"a job came back after {max(recovered):.0f} s"]
        return {
            "seed": seed, "deaths": times, "back_p50_s": percentile(recovered, 0.5),
            "back_max_s": percentile(recovered, 1.0), "poison": parked, **found, "wrong": wrong,
        }  # fmt: skip


def _is_done(house: Installation, document: int) -> bool:
    with house.connect() as line:
        query = """SELECT bool_and(status = 'succeeded') FROM procrastinate_jobs
            WHERE task_name = 'tram.documents.jobs.read_scan' AND (args ->> 'document')::bigint = %s"""
        return bool(line.execute(query, [document]).fetchall()[0][0])


def _poisoned(house: Installation) -> Figures:
    """Put in a job that fails at every try, hurry it through its pauses, and see where it ends."""
    subprocess.run([sys.executable, "-c", POISON], cwd=ROOT, env=house.environment(), check=True)
    with house.connect() as line:

        def is_parked() -> bool:
            line.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
            return bool(line.execute("SELECT FROM jobs_parked").fetchall())

        until(is_parked, house.said, patience=180)
        [(tries, reason)] = line.execute("SELECT tries, reason FROM jobs_parked").fetchall()
    return {"tries": tries, "reason": reason}


def soak(*, seconds: float, seed: int, port: int = 0) -> Figures:
    """An ordinary day without faults: memory, open files and answers at its end against those after warming up."""
    with founded(port) as stage:
        house, office = stage.house, stage.office()
        people = at_work(office, seed, pause=1.0)
        samples: list[tuple[float, float, int]] = []
        begun = now()
        while now() - begun < seconds:
            time.sleep(min(15.0, seconds / 20))
            samples.append((now() - begun, *_weight(house)))
        end(office, people)
        warm = [one for one in samples if one[0] > seconds / 4]
        part = max(1, len(warm) // 5)
        first, last = ([median(one[i] for one in some) for i in (1, 2)] for some in (warm[:part], warm[-part:]))
        latency = [each.answered - each.invoked for one in office.history.operations for each in one.tries]
        found = verdict(house, office)
        drift = 100 * (last[0] - first[0]) / first[0]
        wrong = found["wrong"] + ([f"memory grew by {drift:.1f} %"] if drift > 5 else [])
        return {
            "seconds": seconds, "seed": seed, "memory_mb_warm": round(first[0], 1), "memory_mb_end": round(last[0], 1),
            "memory_drift_percent": round(drift, 2), "open_files_warm": first[1], "open_files_end": last[1],
            "write_p50_s": percentile(latency, 0.5), "write_p95_s": percentile(latency, 0.95), **found, "wrong": wrong,
        }  # fmt: skip


def _weight(house: Installation) -> tuple[float, int]:
    """What web and worker weigh together in MB, shared pages counted once (PSS), and how many files they hold open."""
    pids = house.part("tram-web") + house.part("tram-worker")
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            total += int(line.split()[1]) if line.startswith("Pss:") else 0
    return total / 1024, sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)
