"""The checks of `tram doctor`: each looks at one thing and answers with one sentence and the command that mends it."""

import os
import shutil
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tram.jobs import queries as jobs
from tram.kernel import clock
from tram.reading.sockets import engines
from tram.site.postgres import spoken, tool
from tram.site.preparation import read_mark
from tram.vietnamese.sorting import person_key

Mark = Literal["ok", "warn", "bad"]
SECRETS = ("secret", "pg-tram.password", "pg-postgres.password", "accounts.json")
OLDEST_SERVER = 150_000
SKEW_SECONDS = 30
OLDEST_WAIT = timedelta(minutes=15)
BACKLOG = 1_000
FONTS = ("web/fonts/be-vietnam-pro-400.woff2", "web/fonts/be-vietnam-pro-600.woff2")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw; `mend` is the command or deed that mends it, empty where all is well."""

    mark: Mark
    sentence: str
    mend: str = ""


Check = Callable[[Path], Finding]


def _ok(sentence: str) -> Finding:
    return Finding("ok", sentence)


def _bad(sentence: str, mend: str) -> Finding:
    return Finding("bad", sentence, mend)


def _warn(sentence: str, mend: str) -> Finding:
    return Finding("warn", sentence, mend)


def _value(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def python(_data: Path) -> Finding:
    """A Python that the locked packages are made for."""
    version = ".".join(map(str, sys.version_info[:3]))
    return _ok(f"Python {version}.")


def folder(data: Path) -> Finding:
    """The data folder is there and can be written."""
    if not data.exists():
        return _bad(f"Chưa có thư mục dữ liệu {data}.", f"tram run --data {data}")
    if not os.access(data, os.W_OK | os.X_OK):
        return _bad(f"Không ghi được vào thư mục dữ liệu {data}.", f"sudo chown -R $(id -u) {data}")
    return _ok(f"Thư mục dữ liệu {data} ghi được.")


def disk(data: Path) -> Finding:
    """Room on the disk: a word from 85 %, an alarm from 95 %."""
    usage = shutil.disk_usage(data)
    full = 100 * (usage.total - usage.free) // usage.total
    sentence = f"Đĩa chứa dữ liệu đã dùng {full} %, còn {usage.free // 2**30} GB."
    mend = f"Dọn hoặc nới đĩa; xem chỗ tốn: du -xh {data} | sort -h | tail"
    return _bad(sentence, mend) if full >= 95 else _warn(sentence, mend) if full >= 85 else _ok(sentence)


def inodes(data: Path) -> Finding:
    """Names left on the disk: a disk with room but without inodes is full."""
    left = os.statvfs(data)
    full = 100 * (left.f_files - left.f_ffree) // left.f_files if left.f_files else 0
    sentence = f"Đĩa đã dùng {full} % số tên tệp."
    return _bad(sentence, "Xoá bớt tệp nhỏ hoặc chuyển dữ liệu sang đĩa khác.") if full >= 95 else _ok(sentence)


def rights(data: Path) -> Finding:
    """Files with secrets are closed to other accounts of the machine."""
    kept = [data / name for name in SECRETS if (data / name).exists()]
    open_files = [file for file in kept if stat.S_IMODE(file.stat().st_mode) & 0o077]
    if open_files:
        names = " ".join(map(str, open_files))
        return _bad(f"Tệp bí mật để người khác trên máy đọc được: {names}.", f"chmod 600 {names}")
    return _ok(f"{len(kept)} tệp bí mật đều chỉ chủ đọc được.")


def signing_secret(data: Path) -> Finding:
    """Sessions and links are signed with a secret of this installation's own."""
    if "TRAM_SECRET" not in os.environ and not (data / "secret").exists():
        return _bad("Chưa có khoá ký phiên làm việc.", "tram run (khoá được tạo ở lần chạy đầu)")
    if len(settings.SECRET_KEY) < 40:
        return _bad("Khoá ký phiên làm việc ngắn hơn 40 ký tự.", "Đặt TRAM_SECRET dài hơn.")
    return _ok("Khoá ký phiên làm việc là của riêng máy này.")


def debug(_data: Path) -> Finding:
    """Error pages do not tell strangers our insides."""
    if settings.DEBUG:
        return _bad("Chế độ gỡ lỗi đang bật.", "Bỏ DEBUG khỏi tram/site/settings.py rồi chạy lại.")
    return _ok("Chế độ gỡ lỗi tắt.")


def hosts(_data: Path) -> Finding:
    """Only named hosts are answered."""
    if "*" in settings.ALLOWED_HOSTS:
        return _bad("Trang web trả lời mọi tên miền.", 'Đặt TRAM_HOSTS="ten-mien-cua-tinh.gov.vn"')
    return _ok(f"Trang web chỉ trả lời {len(settings.ALLOWED_HOSTS)} tên miền đã khai.")


def demo_in_public(data: Path) -> Finding:
    """The demo's known people must not stand on a public address."""
    mark = read_mark(data)
    if mark and mark["demo"] != "none" and settings.TRAM_PUBLIC_URL.startswith("https://"):
        return _bad("Tỉnh mẫu với tài khoản mẫu đang mở trên địa chỉ công khai.", "tram run --empty --data THƯ-MỤC-MỚI")
    return _ok("Không có tài khoản mẫu trên địa chỉ công khai.")


def server(_data: Path) -> Finding:
    """The database answers, and is new enough."""
    version = int(_value("SHOW server_version_num"))
    if version < OLDEST_SERVER:
        return _bad(f"PostgreSQL {spoken(version)} cũ hơn bản 15.", "Nâng máy chủ cơ sở dữ liệu lên bản 15 trở lên.")
    return _ok(f"PostgreSQL {spoken(version)} trả lời.")


def tools(_data: Path) -> Finding:
    """pg_dump and pg_restore are of the server's own version: another version writes copies that cannot be read."""
    version = int(_value("SHOW server_version_num"))
    found = [tool(name, server_version=version) for name in ("pg_dump", "pg_restore")]
    return _ok(f"Công cụ sao lưu cùng bản {spoken(version)} với máy chủ ({found[0].parent}).")


def durable(_data: Path) -> Finding:
    """A committed letter survives a power cut."""
    needed = ("fsync", "full_page_writes", "synchronous_commit")
    off = [name for name in needed if _value(f"SHOW {name}") not in ("on", "remote_apply", "remote_write")]
    if off:
        orders = "; ".join(f"ALTER SYSTEM SET {name} = on" for name in off)
        return _bad(f"PostgreSQL đang tắt {', '.join(off)}: mất điện là mất dữ liệu.", f"psql: {orders}; rồi tram run")
    return _ok("fsync, full_page_writes, synchronous_commit đều bật.")


def checksums(_data: Path) -> Finding:
    """Rot on the disk is noticed when it is read."""
    if _value("SHOW data_checksums") != "on":
        return _warn("PostgreSQL không kiểm tổng trang dữ liệu.", "Dừng máy chủ rồi: pg_checksums --enable -D THƯ-MỤC")
    return _ok("Trang dữ liệu có tổng kiểm.")


def encoding(_data: Path) -> Finding:
    """Vietnamese text is stored and lower-cased rightly."""
    if _value("SHOW server_encoding") != "UTF8" or _value("SELECT lower('ĐÀ NẴNG')") != "đà nẵng":
        return _bad(
            "Cơ sở dữ liệu không hiểu chữ Việt.", "Tạo lại với bảng mã UTF8 và locale C.UTF-8, rồi nạp bản sao lưu."
        )
    return _ok("Cơ sở dữ liệu hiểu chữ Việt hoa và thường.")


def connections(_data: Path) -> Finding:
    """Room for more connections."""
    used, limit = int(_value("SELECT count(*) FROM pg_stat_activity")), int(_value("SHOW max_connections"))
    sentence = f"Đang dùng {used} trên {limit} kết nối cơ sở dữ liệu."
    return _warn(sentence, "Giảm TRAM_WEB_WORKERS hoặc tăng max_connections.") if used > limit * 0.8 else _ok(sentence)


def skew(_data: Path) -> Finding:
    """The database's clock and ours agree: deadlines and books follow it."""
    apart = abs(float(_value("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    if apart > SKEW_SECONDS:
        return _bad(f"Giờ của cơ sở dữ liệu lệch {apart:.0f} giây.", "sudo timedatectl set-ntp true trên cả hai máy")
    return _ok("Giờ của cơ sở dữ liệu và của máy này khớp nhau.")


def timezone(_data: Path) -> Finding:
    """The office day is Việt Nam's."""
    hours = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    if hours != timedelta(hours=7):
        return _bad(f"Múi giờ đang là {settings.TIME_ZONE}.", 'Đặt TIME_ZONE = "Asia/Ho_Chi_Minh" trong settings.py')
    return _ok("Múi giờ là Asia/Ho_Chi_Minh.")


def schema(_data: Path) -> Finding:
    """Every migration has run."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return _bad(f"Lược đồ còn thiếu {len(waiting)} bước, đầu tiên là {waiting[0][0]}.", "tram manage migrate")
    return _ok("Lược đồ cơ sở dữ liệu đúng với bản mã.")


def static_files(_data: Path) -> Finding:
    """Style and scripts are in their place."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return _bad("Trang web thiếu tệp tĩnh.", "tram manage collectstatic --noinput")
    return _ok("Tệp tĩnh của trang web đủ.")


def font(_data: Path) -> Finding:
    """The letters with marks have their font."""
    missing = [name for name in FONTS if find(name) is None]
    if missing:
        return _bad(f"Thiếu phông chữ {', '.join(missing)}.", "Cài lại Trạm: tệp phông đi cùng gói cài.")
    return _ok("Phông chữ Be Vietnam Pro có đủ.")


def catalogue(_data: Path) -> Finding:
    """The law as data can be read."""
    files = sorted(Path(settings.TRAM_CATALOGUE).rglob("*.yaml"))
    for file in files:
        try:
            yaml.safe_load(file.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            return _bad(f"Không đọc được {file}: {str(error).splitlines()[0]}.", f"Sửa {file} ở chỗ đã nêu.")
    if not files:
        return _bad(
            f"Không có danh mục nào trong {settings.TRAM_CATALOGUE}.",
            "Đặt TRAM_CATALOGUE là thư mục danh mục, hoặc cài lại Trạm.",
        )
    return _ok(f"{len(files)} tệp danh mục đọc được.")


def ocr(_data: Path) -> Finding:
    """Some machine reader of scans is there."""
    ready = [name for name, engine in engines.items() if engine.ready()]
    if not ready:
        return _warn("Không có máy đọc bản quét; trường phải gõ tay.", ".venv/bin/pip install trueocr")
    return _ok(f"Máy đọc bản quét: {', '.join(ready)}.")


def stalled_jobs(_data: Path) -> Finding:
    """No background job hangs on a dead worker."""
    count = jobs.stalled(clock.now()).count()
    if count:
        return _bad(
            f"{count} việc nền treo vì tiến trình làm đã chết.", "tram run (việc treo tự được làm lại sau 1 phút)"
        )
    return _ok("Không có việc nền nào bị treo.")


def waiting_jobs(_data: Path) -> Finding:
    """The queue moves."""
    count = jobs.backlog(clock.now())
    if count > BACKLOG:
        return _warn(f"{count} việc nền đang chờ.", "Tăng TRAM_JOBS rồi chạy lại tram run.")
    return _ok(f"{count} việc nền đang chờ.")


def parked_jobs(_data: Path) -> Finding:
    """Nothing broken waits for a person."""
    rows = jobs.parked()
    if rows:
        return _warn(f"{len(rows)} việc nền hỏng chờ xem, mới nhất: {rows[0].reason}", "Xem trang Quản trị › Việc nền.")
    return _ok("Không có việc nền nào hỏng.")


def late_beats(_data: Path) -> Finding:
    """Every periodic job proves that it ran."""
    late = [row for row in jobs.beats(clock.now()) if row.late and row.ran_at]
    if late:
        return _warn(f"Việc định kỳ bị lỡ: {', '.join(row.title for row in late)}.", "tram run")
    return _ok("Các việc định kỳ chạy đúng nhịp.")


def audit_tail(_data: Path) -> Finding:
    """Each agency's chain ends where its head says."""
    query = """SELECT count(*) FROM audit_chain c LEFT JOIN LATERAL (
        SELECT seq, hash FROM audit_event e WHERE e.agency = c.agency ORDER BY seq DESC LIMIT 1) last ON true
        WHERE c.seq <> coalesce(last.seq, 0) OR (c.seq > 0 AND c.head IS DISTINCT FROM last.hash)"""
    if broken := int(_value(query)):
        return _bad(f"Nhật ký của {broken} cơ quan không khớp đầu chuỗi.", "tram audit verify")
    return _ok("Nhật ký của mọi cơ quan khớp đầu chuỗi.")


def sort_keys(_data: Path) -> Finding:
    """Stored sort keys are those that this code computes."""
    rows = apps.get_model("identity", "Account").objects.order_by("-pk").values_list("name", "name_key")[:200]
    old = [name for name, key in rows if person_key(name)[:240] != key]
    if old:
        return _bad(
            f"Khoá sắp xếp của {len(old)} tên là của bản mã cũ, ví dụ {old[0]}.", "tram manage shell: lưu lại tên"
        )
    return _ok("Khoá sắp xếp tên người đúng với bản mã.")


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        python, folder, disk, inodes, rights, signing_secret, debug, hosts, demo_in_public,
        server, tools, durable, checksums, encoding, connections, skew, timezone, schema,
        static_files, font, catalogue, ocr, stalled_jobs, waiting_jobs, parked_jobs, late_beats, audit_tail, sort_keys,
    )
}  # fmt: skip
