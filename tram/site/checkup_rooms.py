"""What `tram doctor` asks of the rooms: contents and rows, certificates, mail, administrators who left, tables as the code means them."""

import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from procrastinate.contrib.django.models import ProcrastinateJob

from tram.audit.models import Event
from tram.files.models import Blob
from tram.files.queries import content_file
from tram.identity.models import Account
from tram.kernel import clock
from tram.notifications import queries as notifications
from tram.organisation.models import RoleGrant
from tram.organisation.queries import seats_by_post
from tram.portal.queries import is_open, last_scan, sightings
from tram.signing.models import Certificate
from tram.site.sockets import Check, Finding, bad, warn, well

SAMPLE = 500
OLDEST_WAIT = timedelta(minutes=15)
SOON = timedelta(days=30)
IDLE = timedelta(days=90)
MAIL_SECONDS = 3
HELD_WAL = 2**30
OLD_SCAN = timedelta(hours=50)


def contents(data: Path) -> Finding:
    """What rows call contents lies on the disk with its size; looked at from another place of the store each time."""
    start = secrets.token_hex(2)
    rows = list(Blob.objects.filter(pk__gte=start).order_by("pk").values_list("sha256", "size")[:SAMPLE])
    rows += Blob.objects.filter(pk__lt=start).order_by("pk").values_list("sha256", "size")[: SAMPLE - len(rows)]
    lost = [one for one, size in rows if not _has(content_file(data, one), size)]
    if lost:
        return bad(
            f"{len(lost)} trên {len(rows)} tệp được thử mất nội dung hoặc sai cỡ, ví dụ {content_file(data, lost[0])}.",
            "Lấy lại từ bản sao lưu: tram restore --data THƯ-MỤC-KHÁC, rồi chép tệp ấy về đúng chỗ.",
        )
    return well(f"{len(rows)} tệp được thử đều có nội dung trên đĩa.")


def _has(place: Path, size: int) -> bool:
    return place.exists() and place.stat().st_size == size


def orphans(data: Path) -> Finding:
    """Contents without rows are swept each night; many of them mean that the sweep does not run. One folder of 256."""
    folder = data / "files" / secrets.token_hex(1)
    names = [path.name for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    known = set(Blob.objects.filter(pk__in=names).values_list("pk", flat=True))
    if len(names) - len(known) > SAMPLE // 10:
        return warn(f"{len(names) - len(known)} tệp trong {folder} không ai giữ.", "tram run (việc dọn chạy mỗi đêm)")
    return well("Kho tệp không có nội dung thừa đáng kể.")


def certificates(_data: Path) -> Finding:
    """Certificates are renewed before they run out."""
    living = Certificate.objects.filter(withdrawn_at=None, revoked_at=None, until__lt=clock.now() + SOON)
    names = [f"{name} ({clock.local(until):%d/%m/%Y})" for name, until in living.values_list("name", "until")[:6]]
    if names:
        return warn(
            f"Chứng thư số sắp hết hạn hoặc đã hết: {', '.join(names[:5])}{'…' * (len(names) > 5)}.", "Xin cấp mới."
        )
    return well("Không có chứng thư số nào hết hạn trong 30 ngày tới.")


def queue_age(_data: Path) -> Finding:
    """No background job waits long."""
    due = ProcrastinateJob.objects.filter(status="todo", scheduled_at=None)
    oldest = due.filter(procrastinateevent__at__lt=clock.now() - OLDEST_WAIT).order_by("id").first()
    if oldest:
        return warn("Có việc nền chờ quá 15 phút.", "tram run (tác vụ nền chưa chạy); hoặc tăng TRAM_JOBS")
    return well("Không có việc nền nào chờ quá 15 phút.")


def mail(_data: Path) -> Finding:
    """The mail server answers."""
    if not settings.EMAIL_HOST:
        return warn("Chưa đặt máy chủ thư: thư gộp không gửi đi.", "Đặt TRAM_MAIL_HOST rồi chạy lại tram run.")
    try:
        connection_to = get_connection(fail_silently=False, timeout=MAIL_SECONDS)
        connection_to.open()
        connection_to.close()
    except OSError as error:
        return bad(
            f"Máy chủ thư {settings.EMAIL_HOST} không trả lời: {error}.", "Kiểm tra TRAM_MAIL_HOST và đường mạng."
        )
    return well(f"Máy chủ thư {settings.EMAIL_HOST} trả lời.")


def push_keys(data: Path) -> Finding:
    """Push services know this installation by a key of its own, and take what it sends."""
    if not settings.TRAM_PUSH:
        return well("Thông báo đẩy đang tắt (TRAM_PUSH=off).")
    place = notifications.push_key_place(data)
    try:
        key = notifications.push_key(data)
        known = bool(key and key.public)
    except ValueError:
        return bad(
            f"Khóa đẩy {place} hỏng: không thiết bị nào nhận được thông báo đẩy.",
            "Lấy lại tệp ấy từ bản sao lưu; không có thì xóa nó rồi tram manage found_push_key, mọi người bật lại.",
        )
    if not known:
        return bad(f"Chưa có khóa đẩy {place}.", "tram manage found_push_key")
    failing, devices = notifications.failing_devices()
    if failing:
        return warn(
            f"{failing} trên {devices} thiết bị không nhận được thông báo đẩy.",
            "Cho máy chủ ra ngoài bằng https tới các dịch vụ đẩy (docs/howto/operate.md), hoặc đặt TRAM_PUSH=off.",
        )
    return well(f"Có khóa đẩy; {devices} thiết bị nhận đẩy.")


def idle_administrators(_data: Path) -> Finding:
    """An administrator who has not been here for a season is a door that nobody watches."""
    today = clock.local_day(clock.now())
    over = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gte=today), role__in=["admin_province", "admin_org"], since__lte=today
    )
    held = {seat.account for seat in seats_by_post(over.values_list("post", flat=True), today).values() if seat.account}
    since = clock.now() - IDLE
    last = Subquery(Event.objects.filter(actor=OuterRef("pk")).order_by("-id").values("at")[:1])
    people = Account.objects.filter(pk__in=held, closed_at=None, created_at__lt=since).annotate(last=last)
    names = [one.name for one in people.filter(Q(last=None) | Q(last__lt=since)).order_by("name_key")[:6]]
    if names:
        return warn(
            f"Quản trị viên không làm gì 90 ngày nay: {', '.join(names[:5])}{'…' * (len(names) > 5)}.",
            "Kết thúc phân công hoặc khóa tài khoản ở trang Tổ chức.",
        )
    return well("Quản trị viên nào cũng có hoạt động trong 90 ngày.")


def drift(_data: Path) -> Finding:
    """The tables are as the code means them: nobody has changed them by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        found = set(cursor.fetchall())
    meant: set[tuple[str, str]] = {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for field in model._meta.local_concrete_fields
    }
    ours = {table for table, _ in meant}
    odd = sorted((meant - found) | {one for one in found - meant if one[0] in ours})
    if odd:
        return bad(
            f"Bảng không như bản mã: {', '.join('.'.join(one) for one in odd[:3])}.",
            "tram manage migrate, hoặc khôi phục.",
        )
    return well("Các bảng đúng như bản mã.")


def held_log(_data: Path) -> Finding:
    """No forgotten replica makes the server keep its log for ever; a replica that is there keeps up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) FROM pg_replication_slots"
            " WHERE pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > %s",
            [HELD_WAL],
        )
        slots = cursor.fetchall()
    if slots:
        name, lag = slots[0]
        return warn(
            f"Bản sao “{name}” chậm {int(lag) // 2**20} MB nhật ký ghi trước: đĩa sẽ đầy.",
            f"Bật lại bản sao, hoặc bỏ nó: psql -c \"SELECT pg_drop_replication_slot('{name}')\"",
        )
    return well("Không có bản sao cơ sở dữ liệu nào bị chậm.")


def self_scan(_data: Path) -> Finding:
    """The portal was looked through last night, and nothing stands there without leave."""
    last, now = last_scan(is_whole=True), clock.now()
    if not is_open():
        return well("Cổng chưa có gì công khai để tự kiểm.")
    if last is None or last.ended_at is None:
        return well("Cổng tự kiểm lần đầu vào đêm tới; muốn ngay thì: tram manage scan_portal.")
    if last.ended_at < now - OLD_SCAN:
        return warn(f"Cổng chưa được tự kiểm từ {clock.local(last.ended_at):%d/%m/%Y}.", "tram manage scan_portal")
    seen = sightings()
    if not seen:
        return well(f"Tự kiểm cổng lúc {clock.local(last.ended_at):%H:%M %d/%m/%Y}: {last.looked} mục, không có gì lạ.")
    more = f" (và {len(seen) - 1} điều nữa)" if len(seen) > 1 else ""
    sentence = f"Tự kiểm cổng thấy ở {seen[0].place}: {seen[0].sentence}{more}"
    return (bad if seen[0].is_bad else warn)(sentence, f"{seen[0].mend} Xem hết: tram manage scan_portal --list")


def files_host(_data: Path) -> Finding:
    """What somebody brought is not given by the host on which people sign in."""
    if settings.TRAM_FILES_URL:
        if urlsplit(settings.TRAM_FILES_URL).hostname == urlsplit(settings.TRAM_PUBLIC_URL).hostname:
            return bad("Tên miền của tệp (TRAM_FILES_URL) chính là tên miền của cổng.", "Đặt một tên miền khác.")
        return well(f"Tệp công khai ở tên miền riêng: {settings.TRAM_FILES_URL}.")
    if not settings.TRAM_PUBLIC_URL.startswith("https://"):
        return well("Tệp công khai ở ngay tên miền của cổng: chưa mở ra ngoài, chưa cần tên miền riêng.")
    return warn(
        "Tệp công khai ở ngay tên miền của cổng; tải về được, không mở thành trang.",
        "Đặt TRAM_FILES_URL=https://tep.TEN-MIEN là tên miền thứ hai trỏ về máy này.",
    )


ROOM_CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        contents,
        orphans,
        certificates,
        queue_age,
        mail,
        push_keys,
        idle_administrators,
        drift,
        held_log,
        self_scan,
    )
}
