"""What is told of a figure when it is entered, and whether that is enough."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from tram.indicators.rules.reading import Amount, Period

LONGEST = {"publisher": 200, "document": 300, "link": 300, "note": 300, "reason": 500}


@dataclass(frozen=True, slots=True)
class Entry:
    """Điều người nhập kể: the figure, its period, who published it in which document. `is_sure`: an odd jump was looked at."""

    period: Period
    amount: Amount
    publisher: str
    document: str = ""
    link: str = ""
    note: str = ""
    reason: str = ""
    is_sure: bool = False


def wrong_in(entry: Entry) -> dict[str, str]:
    """What is missing, too long or leads elsewhere: a sentence for each field."""
    wrong = {
        name: f"Viết ngắn lại, nhiều nhất {most} chữ."
        for name, most in LONGEST.items()
        if len(getattr(entry, name)) > most
    }
    if not entry.publisher.strip():
        wrong["publisher"] = "Ghi nơi công bố, ví dụ “Sở Khoa học và Công nghệ” hoặc “Bộ Thông tin và Truyền thông”."
    if not entry.document.strip() and not entry.link.strip():
        wrong["document"] = (
            "Ghi văn bản hoặc bài có số liệu này, ví dụ “Báo cáo 45/BC-SKHCN ngày 10/10/2026”, hoặc dán liên kết."
        )
    if entry.link.strip() and not is_public_place(entry.link.strip()):
        wrong["link"] = "Liên kết phải tới trang của cơ quan nhà nước (https://….gov.vn/…) hoặc của cổng này (/cong/…)."
    return wrong


def is_public_place(link: str) -> bool:
    """Whether an address leads to this portal, or to a state body."""
    if not link.isprintable() or " " in link or "\\" in link:
        return False
    if link.startswith("/cong/"):
        return True
    try:
        told = urlsplit(link)
        return (
            told.scheme == "https" and told.port is None and "@" not in told.netloc
            and (told.hostname or "").endswith(".gov.vn")
        )  # fmt: skip
    except ValueError:
        return False
