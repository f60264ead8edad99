"""Hours of the digest, hours of quiet, and how a mail is worded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tram.kernel.clock import LOCAL, local

HOURS = (7, 16)
"""When a digest goes out to whoever chose no hour of their own."""
OFFERED = range(5, 22)
"""The hours that may be chosen."""
STILL_WORTH_IT = timedelta(hours=3)
"""After an outage longer than this, a digest is left out rather than sent at an odd hour."""
CHANNELS = {"app": "Trong Trạm", "push": "Đẩy", "mail": "Thư gộp"}
DIGEST = "digest"
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class DigestLine:
    """Dòng trong thư gộp: one thing due or overdue. The sentence never tells restricted content."""

    sentence: str
    url: str
    is_late: bool


def slots(at: datetime, wished: Collection[int]) -> list[datetime]:
    """The digests that are to go out at this moment, by their hours: those of today, as long as they are worth it."""
    now = local(at)
    hours = [datetime.combine(now.date(), time(hour), LOCAL) for hour in sorted(wished)]
    return [hour for hour in hours if timedelta(0) <= now - hour <= STILL_WORTH_IT]


def is_quiet(at: time, since: time, until: time) -> bool:
    """Whether an hour lies in the quiet hours; these may run over midnight."""
    return since <= at < until if since <= until else at >= since or at < until


def subject(late: int, due: int, unread: int) -> str:
    """The subject of a digest: numbers only, for a mailbox shows it to anybody."""
    counts = ((late, "việc quá hạn"), (due, "việc đến hạn"), (unread, "thông báo chưa đọc"))
    return "Trạm: " + ", ".join(f"{number} {words}" for number, words in counts if number)


def body(name: str, lines: Sequence[DigestLine], unread: int, home: str) -> str:
    """The text of a digest: what is late, what is due, each with its link."""
    parts = [f"Kính gửi {name},"]
    for title, late in (("Việc quá hạn", True), ("Việc đến hạn", False)):
        shown = [line for line in lines if line.is_late is late]
        if shown:
            parts.append("\n".join([f"{title}:", *(f"- {line.sentence}\n  {home}{line.url}" for line in shown)]))
    if unread:
        parts.append(f"Bạn có {unread} thông báo chưa đọc: {home}/thong-bao")
    parts.append(f"Đổi giờ nhận hoặc tắt thư này: {home}/thong-bao/cach-nhan")
    return "\n\n".join(parts) + "\n"
