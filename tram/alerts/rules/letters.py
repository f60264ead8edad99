"""How the mails are worded: plain text, and the same as simple HTML in which every word is escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from tram.vietnamese.text import tidy

LONGEST_SUBJECT = 150
WHY = "Bạn nhận thư này vì đã xác nhận nhận tin ở {portal}."
FRAME = (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="font:16px/1.6 system-ui,sans-serif;max-width:40em;margin:0 auto;padding:1em;color:#1c1d21">{body}</body></html>'
)
SMALL = '<p style="font-size:13px;color:#565a63;border-top:1px solid #dedad1;padding-top:1em">{}</p>'


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng tin trong thư: `url` is whole, with the host."""

    topic: str
    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Thư: what is sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Links:
    """Các liên kết ở cuối thư: of the portal, to choose anew, to stop."""

    portal: str
    home: str
    choose: str
    stop: str


def digest(lines: Sequence[Line], more: int, links: Links) -> Letter:
    """What is new, by topics as the lines come; `more`: so many things besides, for which there is no room."""
    parts = [(topic, list(those)) for topic, those in groupby(lines, lambda one: one.topic)]
    rest = f"Còn {more} mục nữa: " if more else ""
    text = [
        *("\n".join([topic.upper(), *(_told(one) for one in those)]) for topic, those in parts),
        *([f"{rest}{links.home}"] if more else []),
        f"--\n{WHY.format(portal=links.portal)}\nĐổi chủ đề: {links.choose}\nThôi nhận, xóa địa chỉ: {links.stop}",
    ]  # fmt: skip
    body = [
        *(f"<h2 style=\"font-size:18px\">{escape(topic)}</h2><ul>{''.join(map(_shown, those))}</ul>" for topic, those in parts),
        *([f'<p>{rest}<a href="{escape(links.home)}">{escape(links.portal)}</a></p>'] if more else []),
        SMALL.format(
            f'{escape(WHY.format(portal=links.portal))} <a href="{escape(links.choose)}">Đổi chủ đề</a> · '
            f'<a href="{escape(links.stop)}">Thôi nhận, xóa địa chỉ</a>'
        ),
    ]  # fmt: skip
    title = subject(lines, more)
    return Letter(title, "\n\n".join(text) + "\n", FRAME.format(title=escape(title), body="".join(body)))


def subject(lines: Sequence[Line], more: int) -> str:
    """The first thing by its name, and how many there are besides. One line, whatever a title holds."""
    others = len(lines) + more - 1
    tail = f" và {others} mục khác" if others else ""
    title = tidy(lines[0].title)
    room = LONGEST_SUBJECT - len(tail)
    return (title if len(title) <= room else title[: room - 1].rstrip() + "…") + tail


def confirmation(portal: str, link: str, days: int) -> Letter:
    """Whether the owner of an address wants mail at all. Not one word that somebody typed stands in it."""
    title = f"Xác nhận nhận tin từ {portal}"
    said = [
        f"Có người, có thể là bạn, vừa xin nhận tin của {portal} vào địa chỉ này.",
        f"Nếu là bạn: mở liên kết dưới đây rồi bấm nút trên trang. Liên kết dùng được {days} ngày.",
    ]
    unless = "Nếu không phải bạn: không cần làm gì. Không có tin nào được gửi tới, và địa chỉ này bị xóa sau mấy ngày."
    text = "\n\n".join([*said, link, unless]) + "\n"
    body = "".join(
        [
            *(f"<p>{escape(one)}</p>" for one in said),
            f'<p><a href="{escape(link)}">{escape(link)}</a></p>',
            SMALL.format(unless),
        ]
    )
    return Letter(title, text, FRAME.format(title=escape(title), body=body))


def headers(stop: str, host: str) -> dict[str, str]:
    """That a machine sent it (RFC 3834), of which list it is (RFC 2919), how a mail program stops it in one press (RFC 8058: over https alone)."""
    told = {
        "List-Id": f"<nhan-tin.{host}>", "List-Unsubscribe": f"<{stop}>", "Auto-Submitted": "auto-generated",
        "Precedence": "bulk", "X-Auto-Response-Suppress": "All",
    }  # fmt: skip
    return told | ({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop.startswith("https://") else {})


def _told(line: Line) -> str:
    return "\n  ".join(["- " + tidy(line.title), *([tidy(line.note)] if line.note else []), line.url])


def _shown(line: Line) -> str:
    note = f'<br><span style="color:#565a63">{escape(tidy(line.note))}</span>' if line.note else ""
    return f'<li><a href="{escape(line.url)}">{escape(tidy(line.title))}</a>{note}</li>'


def each_once(lines: Iterable[Line]) -> list[Line]:
    """Each thing once, as it comes first."""
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.url, line)
    return list(found.values())
