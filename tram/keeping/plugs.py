"""What backups plug into lower rooms: what the doctor looks at, and the words of notices."""

import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

from tram.keeping.rules import log
from tram.keeping.rules.manifest import Manifest
from tram.keeping.rules.places import backups_folder, backups_wanted, last_drill, moment_of, told, whole
from tram.keeping.rules.recovery import kept_key, key_place
from tram.keeping.rules.sealing import unsealed
from tram.kernel import clock
from tram.kernel.space import FILLING, READ_ONLY, fullness
from tram.notifications.sockets import Phrase, Push
from tram.site.postgres import Server
from tram.site.sockets import Check, Finding, bad, warn, well

OLD, TOO_OLD = timedelta(hours=30), timedelta(hours=50)
OLD_DRILL = timedelta(days=15)
VEILED = "Có tin về sao lưu."
NOTICES = {
    "keeping.drilled": Phrase("Diễn tập khôi phục hằng tuần", "{sentence}", VEILED),
    "keeping.failed": Phrase("Sao lưu có vấn đề", "Sao lưu cần xem ngay: {sentence}", VEILED, Push.WAITS),
}


def backup_age(data: Path) -> Finding:
    """The last backup is of the last night."""
    if not backups_wanted():
        return warn("Sao lưu tự động đang tắt (TRAM_BACKUPS=none).", "Bỏ biến TRAM_BACKUPS, hoặc tự lo bản sao lưu.")
    names = whole(backups_folder(data))
    if not names:
        return warn("Chưa có bản sao lưu nào.", f"tram backup --data {data}")
    age = clock.now() - moment_of(names[-1])
    ends = [end for folder in log.systems(backups_folder(data)) if (end := log.covered(folder))]
    further = f"; nhật ký ghi trước đến {max(ends):%H:%M ngày %d/%m/%Y}" if ends else ""
    sentence = f"Bản sao lưu gần nhất lúc {told(names[-1])}, đang giữ {len(names)} bản{further}."
    mend = f"tram backup --data {data}"
    return bad(sentence, mend) if age > TOO_OLD else warn(sentence, mend) if age > OLD else well(sentence)


def backup_place(data: Path) -> Finding:
    """The backups survive the disk that they are for, and have room."""
    backups = backups_folder(data)
    if not backups_wanted() or not backups.exists():
        return well("Nơi sao lưu sẽ được tạo ở lần sao lưu đầu.")
    if fullness(backups) >= READ_ONLY:
        return bad(f"Đĩa chứa bản sao lưu đã dùng {fullness(backups)} %.", "Nới đĩa, hoặc giữ ít bản hơn: --keep")
    if backups.stat().st_dev == data.stat().st_dev:
        return warn(
            f"Bản sao lưu ({backups}) nằm cùng đĩa với dữ liệu: hỏng đĩa là mất cả hai.",
            "Đặt TRAM_BACKUPS là thư mục trên đĩa khác, hoặc hằng đêm chép thư mục này sang máy khác.",
        )
    if fullness(backups) >= FILLING:
        free = shutil.disk_usage(backups).free // 10**9
        return warn(f"Đĩa chứa bản sao lưu còn {free} GB.", "Nới đĩa, hoặc giữ ít bản hơn: --keep")
    return well(f"Bản sao lưu ở {backups}, khác đĩa với dữ liệu.")


def recovery_key(data: Path) -> Finding:
    """The key is there, closed to others, not inside what it protects."""
    place = key_place(data)
    if not place.exists():
        return warn("Chưa có khóa khôi phục.", f"tram backup key --data {data} (tạo khóa và in ra để chép vào giấy)")
    if stat.S_IMODE(place.stat().st_mode) & 0o077:
        return bad(f"Khóa khôi phục {place} để người khác trên máy đọc được.", f"chmod 600 {place}")
    if place.resolve().is_relative_to(backups_folder(data)):
        return bad(f"Khóa khôi phục {place} nằm trong nơi sao lưu: ai lấy được bản sao là mở được.", "Chuyển khóa đi.")
    kept_key(data)
    return well(f"Khóa khôi phục ở {place}, chỉ chủ đọc được. Bản giấy phải ở ngoài máy này.")


def backup_opens(data: Path) -> Finding:
    """The newest backup opens with the key that is here, is of this server's version or older, and misses no file."""
    backups, key = backups_folder(data), kept_key(data)
    names = whole(backups)
    if not names or key is None:
        return well("Chưa có bản sao lưu để mở thử.")
    manifest = Manifest.read(b"".join(unsealed(backups / names[-1] / "manifest.sealed", key)))
    if manifest.broken:
        return bad(
            f"{len(manifest.broken)} tệp trong thư mục dữ liệu mất hoặc hỏng, bản sao lưu mới nhất không có chúng.",
            "Tìm ở bản sao lưu cũ hơn: tram restore --to NGÀY --data THƯ-MỤC-KHÁC",
        )
    ours = Server(data).version()
    if ours // 10_000 < manifest.server // 10_000:
        return bad(
            f"Bản sao lưu của PostgreSQL {manifest.server // 10_000}, máy này có {ours // 10_000}: không khôi phục được ở đây.",
            f"Cài PostgreSQL {manifest.server // 10_000} và đặt TRAM_PG_BIN.",
        )
    return well(f"Bản sao lưu mới nhất mở được bằng khóa của máy này: {manifest.rows} dòng, {manifest.contents} tệp.")


def restore_drill(data: Path) -> Finding:
    """A backup was restored lately, and what came out was right."""
    if not backups_wanted():
        return well("Không diễn tập khôi phục vì sao lưu tự động đang tắt.")
    last = last_drill(backups_folder(data))
    mend = f"tram backup drill --data {data}"
    if last is None:
        return warn("Chưa diễn tập khôi phục lần nào.", mend)
    day = f"{clock.local(datetime.fromisoformat(last.at)):%d/%m/%Y}"
    if not last.is_well:
        return bad(f"Diễn tập khôi phục ngày {day} thấy lỗi: {last.sentence}", f"tram backup --data {data}, rồi {mend}")
    sentence = f"Diễn tập khôi phục gần nhất ngày {day}: {last.sentence}"
    return warn(sentence, mend) if clock.now() - datetime.fromisoformat(last.at) > OLD_DRILL else well(sentence)


CHECKS: dict[str, Check] = {
    check.__name__: check for check in (backup_age, backup_place, recovery_key, backup_opens, restore_drill)
}
