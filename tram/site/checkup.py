"""The checks of `tram doctor`: each looks at one thing and answers with one sentence and the command that mends it."""

import os
import shutil
import stat
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
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
from tram.site.sockets import Check, Finding, bad, warn, well
from tram.vietnamese.sorting import person_key

SECRETS = ("secret", "pg-tram.password", "pg-postgres.password", "accounts.json", "push/vapid.pem")
OLDEST_SERVER = 150_000
SKEW_SECONDS = 30
BACKLOG = 1_000
FONTS = ("web/fonts/be-vietnam-pro-400.woff2", "web/fonts/be-vietnam-pro-600.woff2")


def _value(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def python(_data: Path) -> Finding:
    """A Python that the locked packages are made for."""
    version = ".".join(map(str, sys.version_info[:3]))
    return well(f"Python {version}.")


def folder(data: Path) -> Finding:
    """The data folder is there and can be written."""
    if not data.exists():
        return bad(f"Chưa có thư mục dữ liệu {data}.", f"tram run --data {data}")
    if not os.access(data, os.W_OK | os.X_OK):
        return bad(f"Không ghi được vào thư mục dữ liệu {data}.", f"sudo chown -R $(id -u) {data}")
    return well(f"Thư mục dữ liệu {data} ghi được.")


def disk(data: Path) -> Finding:
    """Room on the disk: a word from 85 %, an alarm from 95 %."""
    usage = shutil.disk_usage(data)
    full = 100 * (usage.total - usage.free) // usage.total
    sentence = f"Đĩa chứa dữ liệu đã dùng {full} %, còn {usage.free // 2**30} GB."
    mend = f"Dọn hoặc nới đĩa; xem chỗ tốn: du -xh {data} | sort -h | tail"
    return bad(sentence, mend) if full >= 95 else warn(sentence, mend) if full >= 85 else well(sentence)


def inodes(data: Path) -> Finding:
    """Names left on the disk: a disk with room but without inodes is full."""
    left = os.statvfs(data)
    full = 100 * (left.f_files - left.f_ffree) // left.f_files if left.f_files else 0
    sentence = f"Đĩa đã dùng {full} % số tên tệp."
    return bad(sentence, "Xoá bớt tệp nhỏ hoặc chuyển dữ liệu sang đĩa khác.") if full >= 95 else well(sentence)


def rights(data: Path) -> Finding:
    """Files with secrets are closed to other accounts of the machine."""
    kept = [data / name for name in SECRETS if (data / name).exists()]
    open_files = [file for file in kept if stat.S_IMODE(file.stat().st_mode) & 0o077]
    if open_files:
        names = " ".join(map(str, open_files))
        return bad(f"Tệp bí mật để người khác trên máy đọc được: {names}.", f"chmod 600 {names}")
    return well(f"{len(kept)} tệp bí mật đều chỉ chủ đọc được.")


def signing_secret(data: Path) -> Finding:
    """Sessions and links are signed with a secret of this installation's own."""
    if "TRAM_SECRET" not in os.environ and not (data / "secret").exists():
        return bad("Chưa có khóa ký phiên làm việc.", "tram run (khóa được tạo ở lần chạy đầu)")
    if len(settings.SECRET_KEY) < 40:
        return bad("Khóa ký phiên làm việc ngắn hơn 40 ký tự.", "Đặt TRAM_SECRET dài hơn.")
    return well("Khóa ký phiên làm việc là của riêng máy này.")


def debug(_data: Path) -> Finding:
    """Error pages do not tell strangers our insides."""
    if settings.DEBUG:
        return bad("Chế độ gỡ lỗi đang bật.", "Bỏ DEBUG khỏi tram/site/settings.py rồi chạy lại.")
    return well("Chế độ gỡ lỗi tắt.")


def hosts(_data: Path) -> Finding:
    """Only named hosts are answered."""
    if "*" in settings.ALLOWED_HOSTS:
        return bad("Trang web trả lời mọi tên miền.", 'Đặt TRAM_HOSTS="ten-mien-cua-tinh.gov.vn"')
    return well(f"Trang web chỉ trả lời {len(settings.ALLOWED_HOSTS)} tên miền đã khai.")


def demo_in_public(data: Path) -> Finding:
    """The demo's known people must not stand on a public address."""
    mark = read_mark(data)
    if mark and mark["demo"] != "none" and settings.TRAM_PUBLIC_URL.startswith("https://"):
        return bad("Tỉnh mẫu với tài khoản mẫu đang mở trên địa chỉ công khai.", "tram run --empty --data THƯ-MỤC-MỚI")
    return well("Không có tài khoản mẫu trên địa chỉ công khai.")


def server(_data: Path) -> Finding:
    """The database answers, and is new enough."""
    version = int(_value("SHOW server_version_num"))
    if version < OLDEST_SERVER:
        return bad(f"PostgreSQL {spoken(version)} cũ hơn bản 15.", "Nâng máy chủ cơ sở dữ liệu lên bản 15 trở lên.")
    return well(f"PostgreSQL {spoken(version)} trả lời.")


def tools(_data: Path) -> Finding:
    """pg_dump and pg_restore are of the server's own version: another version writes copies that cannot be read."""
    version = int(_value("SHOW server_version_num"))
    found = [tool(name, server_version=version) for name in ("pg_dump", "pg_restore")]
    return well(f"Công cụ sao lưu cùng bản {spoken(version)} với máy chủ ({found[0].parent}).")


def durable(_data: Path) -> Finding:
    """A committed letter survives a power cut."""
    needed = ("fsync", "full_page_writes", "synchronous_commit")
    off = [name for name in needed if _value(f"SHOW {name}") not in ("on", "remote_apply", "remote_write")]
    if off:
        orders = "; ".join(f"ALTER SYSTEM SET {name} = on" for name in off)
        return bad(f"PostgreSQL đang tắt {', '.join(off)}: mất điện là mất dữ liệu.", f"psql: {orders}; rồi tram run")
    return well("fsync, full_page_writes, synchronous_commit đều bật.")


def checksums(_data: Path) -> Finding:
    """Rot on the disk is noticed when it is read."""
    if _value("SHOW data_checksums") != "on":
        return warn("PostgreSQL không kiểm tổng trang dữ liệu.", "Dừng máy chủ rồi: pg_checksums --enable -D THƯ-MỤC")
    return well("Trang dữ liệu có tổng kiểm.")


def encoding(_data: Path) -> Finding:
    """Vietnamese text is stored and lower-cased rightly."""
    if _value("SHOW server_encoding") != "UTF8" or _value("SELECT lower('ĐÀ NẴNG')") != "đà nẵng":
        return bad(
            "Cơ sở dữ liệu không hiểu chữ Việt.", "Tạo lại với bảng mã UTF8 và locale C.UTF-8, rồi nạp bản sao lưu."
        )
    return well("Cơ sở dữ liệu hiểu chữ Việt hoa và thường.")


def connections(_data: Path) -> Finding:
    """Room for more connections."""
    used, limit = int(_value("SELECT count(*) FROM pg_stat_activity")), int(_value("SHOW max_connections"))
    sentence = f"Đang dùng {used} trên {limit} kết nối cơ sở dữ liệu."
    return warn(sentence, "Giảm TRAM_WEB_WORKERS hoặc tăng max_connections.") if used > limit * 0.8 else well(sentence)


def skew(_data: Path) -> Finding:
    """The database's clock and ours agree: deadlines and books follow it."""
    apart = abs(float(_value("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    if apart > SKEW_SECONDS:
        return bad(f"Giờ của cơ sở dữ liệu lệch {apart:.0f} giây.", "sudo timedatectl set-ntp true trên cả hai máy")
    return well("Giờ của cơ sở dữ liệu và của máy này khớp nhau.")


def timezone(_data: Path) -> Finding:
    """The office day is Việt Nam's."""
    hours = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
    if hours != timedelta(hours=7):
        return bad(f"Múi giờ đang là {settings.TIME_ZONE}.", 'Đặt TIME_ZONE = "Asia/Ho_Chi_Minh" trong settings.py')
    return well("Múi giờ là Asia/Ho_Chi_Minh.")


def schema(_data: Path) -> Finding:
    """Every migration has run."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return bad(f"Lược đồ còn thiếu {len(waiting)} bước, đầu tiên là {waiting[0][0]}.", "tram manage migrate")
    return well("Lược đồ cơ sở dữ liệu đúng với bản mã.")


def static_files(_data: Path) -> Finding:
    """Style and scripts are in their place."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return bad("Trang web thiếu tệp tĩnh.", "tram manage collectstatic --noinput")
    return well("Tệp tĩnh của trang web đủ.")


def font(_data: Path) -> Finding:
    """The letters with marks have their font."""
    missing = [name for name in FONTS if find(name) is None]
    if missing:
        return bad(f"Thiếu phông chữ {', '.join(missing)}.", "Cài lại Trạm: tệp phông đi cùng gói cài.")
    return well("Phông chữ Be Vietnam Pro có đủ.")


def catalogue(_data: Path) -> Finding:
    """The law as data can be read."""
    files = sorted(Path(settings.TRAM_CATALOGUE).rglob("*.yaml"))
    for file in files:
        try:
            yaml.safe_load(file.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            return bad(f"Không đọc được {file}: {str(error).splitlines()[0]}.", f"Sửa {file} ở chỗ đã nêu.")
    if not files:
        return bad(
            f"Không có danh mục nào trong {settings.TRAM_CATALOGUE}.",
            "Đặt TRAM_CATALOGUE là thư mục danh mục, hoặc cài lại Trạm.",
        )
    return well(f"{len(files)} tệp danh mục đọc được.")


def ocr(_data: Path) -> Finding:
    """Some machine reader of scans is there."""
    ready = [name for name, engine in engines.items() if engine.ready()]
    if not ready:
        return warn("Không có máy đọc bản quét; trường phải gõ tay.", ".venv/bin/pip install trueocr")
    return well(f"Máy đọc bản quét: {', '.join(ready)}.")


def stalled_jobs(_data: Path) -> Finding:
    """No background job hangs on a dead worker."""
    count = jobs.stalled(clock.now()).count()
    if count:
        return bad(
            f"{count} việc nền treo vì tiến trình làm đã chết.", "tram run (việc treo tự được làm lại sau 1 phút)"
        )
    return well("Không có việc nền nào bị treo.")


def waiting_jobs(_data: Path) -> Finding:
    """The queue moves."""
    count = jobs.backlog(clock.now())
    if count > BACKLOG:
        return warn(f"{count} việc nền đang chờ.", "Tăng TRAM_JOBS rồi chạy lại tram run.")
    return well(f"{count} việc nền đang chờ.")


def parked_jobs(_data: Path) -> Finding:
    """Nothing broken waits for a person."""
    rows = jobs.parked()
    if rows:
        return warn(f"{len(rows)} việc nền hỏng chờ xem, mới nhất: {rows[0].reason}", "Xem trang Quản trị › Việc nền.")
    return well("Không có việc nền nào hỏng.")


def late_beats(_data: Path) -> Finding:
    """Every periodic job proves that it ran."""
    late = [row for row in jobs.beats(clock.now()) if row.late and row.ran_at]
    if late:
        return warn(f"Việc định kỳ bị lỡ: {', '.join(row.title for row in late)}.", "tram run")
    return well("Các việc định kỳ chạy đúng nhịp.")


def audit_tail(_data: Path) -> Finding:
    """Each agency's chain ends where its head says."""
    query = """SELECT count(*) FROM audit_chain c LEFT JOIN LATERAL (
        SELECT seq, hash FROM audit_event e WHERE e.agency = c.agency ORDER BY seq DESC LIMIT 1) last ON true
        WHERE c.seq <> coalesce(last.seq, 0) OR (c.seq > 0 AND c.head IS DISTINCT FROM last.hash)"""
    if broken := int(_value(query)):
        return bad(f"Nhật ký của {broken} cơ quan không khớp đầu chuỗi.", "tram audit verify")
    return well("Nhật ký của mọi cơ quan khớp đầu chuỗi.")


def sort_keys(_data: Path) -> Finding:
    """Stored sort keys are those that this code computes."""
    rows = apps.get_model("identity", "Account").objects.order_by("-pk").values_list("name", "name_key")[:200]
    old = [name for name, key in rows if person_key(name)[:240] != key]
    if old:
        return bad(
            f"Khóa sắp xếp của {len(old)} tên là của bản mã cũ, ví dụ {old[0]}.", "tram manage shell: lưu lại tên"
        )
    return well("Khóa sắp xếp tên người đúng với bản mã.")


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        python, folder, disk, inodes, rights, signing_secret, debug, hosts, demo_in_public,
        server, tools, durable, checksums, encoding, connections, skew, timezone, schema,
        static_files, font, catalogue, ocr, stalled_jobs, waiting_jobs, parked_jobs, late_beats, audit_tail, sort_keys,
    )
}  # fmt: skip
