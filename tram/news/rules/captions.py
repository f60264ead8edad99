"""Pictures in old articles: their captions and who took them, told from the words around."""

import re

from tram.news.rules.capitals import SMALL

MARK = re.compile(r"\[(?:img|image|ảnh|hình)\]\s*", re.I)
CREDIT = re.compile(
    r"(?:^|(?<=[\s.(–-]))[-–(]?\s*(?:Ảnh|Nguồn ảnh|Ảnh tư liệu)(?:\s+minh họa)?\s*:\s*(?P<who>[^.:()]{1,40}(?:\.[^\s.:()]{1,20})*)\.?\)?\s*$"
)
OPENING = r"(?:Ngày|Sáng|Trưa|Chiều|Tối|Trong|Hôm nay|Hôm qua|Vừa qua|Mới đây|Tại|Theo|Nhân|Thực hiện|Để|Nhằm|Sau|Từ|Với|Đến|Hiện nay|Tiếp tục)"
GLUED = re.compile(rf"(?<=[{SMALL}])(?={OPENING}\b[ ,])")
FEWEST_WORDS, MOST_WORDS = 4, 45


def credit(line: str) -> tuple[str, str] | None:
    """ "Một góc trung tâm xã. Ảnh: TRỌNG LỢI" gives (caption, who); None where nobody is named as taking a picture."""
    found = CREDIT.search(line)
    if not found or len(line.split()) > MOST_WORDS:
        return None
    return line[: found.start()].rstrip(" -–(").strip(), found["who"].strip()


def glued_at(lead: str) -> int:
    """Where a caption ends that was printed without a space before the lead: "…Sở BCVT Sơn La|Ngày 18/01/2007, …".

    The words after it must open a report, and those before it must be no report themselves. 0 where there is none.
    """
    for found in GLUED.finditer(lead):
        before = lead[: found.start()]
        if FEWEST_WORDS <= len(before.split()) <= MOST_WORDS and not re.match(OPENING + r"\b", before):
            return found.start()
    return 0
