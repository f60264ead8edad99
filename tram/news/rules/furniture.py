"""The furniture of an old page: label of the source, rating that nobody used, name of the writer. Told from the text itself."""

import re
from dataclasses import dataclass

from tram.news.rules.capitals import CAPITAL

LABEL_LINE = re.compile(r"\(\s*([^()]{2,60}?)\s*\)\s*[-–—:]?\s*")
LABEL_START = re.compile(rf"(?:\(\s*([^()]{{2,40}}?)\s*\)|([^\s()\-–—]{{2,20}}))\s*[-–—]\s+(?=[\"“{CAPITAL}])")
RATING = re.compile(r"đánh giá bài viết\s*:?\s*\(?\s*(\d{1,6})\s*\)?\s*", re.I)
SCORED = re.compile(r"tổng số điểm của bài viết là\s*:?\s*(\d{1,7})\s*trong\s*(\d{1,6})\s*đánh giá\s*", re.I)
TO_RATE = re.compile(r"click để đánh giá bài viết\s*|xếp hạng\s*:?\s*[\d.,]+\s*-\s*\d+\s*phiếu bầu\s*", re.I)
NAME = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
WORK = re.compile(r"(?:tin|bài|ảnh|nguồn|theo|tác giả|thực hiện)(?:[\s,/&và-]+(?:tin|bài|ảnh))*\s*:?\s+(?=\S)", re.I)
LONGEST_BYLINE = 40


@dataclass(frozen=True, slots=True)
class Rating:
    """Khung chấm điểm: how many marks, and their sum where it is printed."""

    count: int
    total: int | None = None


def label_of_line(line: str) -> str:
    """ "(Mic.gov.vn) - " alone on a line gives "Mic.gov.vn"; "" for any other line."""
    found = LABEL_LINE.fullmatch(line)
    return found[1] if found else ""


def label_at_start(line: str) -> tuple[str, int]:
    """ "ICTnews - Ngày…" gives ("ICTnews", 10); ("", 0) where no label stands. "Hà Nội - " is a place, so a label without
    brackets is one word with a dot or with two capitals."""
    found = LABEL_START.match(line)
    if not found:
        return "", 0
    bare = found[2] or ""
    if bare and not ("." in bare or sum(char.isupper() for char in bare) >= 2):
        return "", 0
    return found[1] or bare, found.end()


def rating(line: str) -> Rating | None:
    """A line that is nothing but the frame of a rating."""
    if found := RATING.fullmatch(line):
        return Rating(int(found[1]))
    if found := SCORED.fullmatch(line):
        return Rating(int(found[2]), int(found[1]))
    return Rating(0) if TO_RATE.fullmatch(line) else None


def is_byline(line: str) -> bool:
    """Whether a line may be a name at the end of an article: a full name or initials, every word with a capital."""
    if len(line) > LONGEST_BYLINE:
        return False
    plain = WORK.sub("", line, count=1).strip("() ")
    words = plain.replace(" - ", " ").replace(",", " ").split()
    return 1 <= len(words) <= 6 and all(NAME.fullmatch(word) and word[0].isupper() for word in words)
