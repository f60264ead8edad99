"""Push services: which we speak to, how, and what their answers mean.

A browser gives the address, so a person does: it is held against a list of names, and the name against where it leads,
each time anew. The connection goes to the very address that was judged.
"""

import ipaddress
import re
import socket
import ssl
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

from tram.notifications.rules.digests import is_quiet

KNOWN = ("fcm.googleapis.com", "updates.push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
"""Services of Chrome and its kin, Firefox, Safari, Edge; a name with a dot in front stands for all below it."""
LONGEST = 1000
LIFE = timedelta(hours=24)
"""How long a service keeps a message for a device that sleeps; older notices are not pushed at all."""
CONNECTING, WHOLE = 5.0, 10.0
MOST_BYTES = 16_384
BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
LONGEST_WAIT = timedelta(hours=1)
MOST_DEVICES = 10
MOST_FAILURES = 20
"""Notices in a row that a service did not take, after which the device is let go."""
SELF = ("127.0.0.1", "::1")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
ADDRESS = re.compile(r"[!-~]+")
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")
RETRY_AFTER = re.compile(rb"\r\nretry-after:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)

NO_ADDRESS = "Trình duyệt đưa địa chỉ nhận không đúng. Tải lại trang rồi bấm Bật lần nữa."


class Fate(StrEnum):
    """What became of a message: taken, the device is gone, to be tried again, not taken."""

    TOLD, GONE, LATER, REFUSED = "told", "gone", "later", "refused"


class Inside(ValueError):
    """A name that leads into a network of our own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered: the status, and the seconds that it asks to wait."""

    status: int
    wait: int = 0

    @property
    def fate(self) -> Fate:
        """What it means (RFC 8030; a redirect is not followed, so it takes nothing)."""
        if 200 <= self.status < 300:
            return Fate.TOLD
        if self.status in (404, 410):
            return Fate.GONE
        return Fate.LATER if self.status in (408, 425, 429) or self.status >= 500 else Fate.REFUSED


NOT_ALLOWED, NO_ANSWER = Reply(403), Reply(503)
"""What counts for an address that we do not send to, and for a service that did not answer."""


def problem(endpoint: str, more: Collection[str] = (), *, to_self: bool = False) -> str:
    """Why an address is none to push to, as a sentence; "" where it may be one. `more` are hosts besides the known."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return NO_ADDRESS
    is_own = to_self and host in SELF
    shaped = len(endpoint) <= LONGEST and ADDRESS.fullmatch(endpoint) and not parts.fragment
    is_named = parts.scheme == "https" and port in (None, 443) and HOST.fullmatch(host)
    if not shaped or "@" in parts.netloc or not (is_own or is_named):
        return NO_ADDRESS
    if is_own or any(host == name or (name[:1] == "." and host.endswith(name)) for name in (*KNOWN, *more)):
        return ""
    return (
        f"Máy chủ này không gửi qua dịch vụ {host[:80]}. Dùng Chrome, Edge, Firefox hoặc Safari, hoặc nhờ người coi máy chủ"
        " thêm dịch vụ ấy (TRAM_PUSH_SERVICES)."
    )


def is_outside(address: str) -> bool:
    """Whether an IP address lies in the public internet; one that carries another is judged by what it carries."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in NAT64:
            carried = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if carried is not None:
            return is_outside(str(carried))
    return found.is_global and not found.is_multicast and not found.is_reserved


def places(host: str, port: int, *, to_self: bool = False) -> list[str]:
    """The addresses behind a name, IPv4 first. Raises Inside where one of them is not in the public internet."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    found = list(dict.fromkeys(str(place[0]) for *_, place in sorted(known, key=lambda one: one[0])))
    inside = [one for one in found if not is_outside(one) and not (to_self and one in SELF)]
    if inside or not found:
        raise Inside(f"{host} leads to {inside[:1]}")
    return found


def post(endpoint: str, headers: Mapping[str, str], body: bytes, *, to_self: bool = False) -> Reply:
    """Send one message; nothing is followed, and of the answer only its head is read.

    Raises Inside, and OSError where nobody answers within ten seconds, or answers as no service does.
    """
    parts = urlsplit(endpoint)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    deadline = monotonic() + WHOLE
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"POST {path or '/'} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with _connected(places(host, port, to_self=to_self), port) as bare:
        safe = _trust().wrap_socket(bare, server_hostname=host) if parts.scheme == "https" else nullcontext(bare)
        with safe as line:
            line.sendall("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("ascii") + body)
            return _reply(line, deadline)


def quiet_end(now: datetime, since: time, until: time) -> datetime | None:
    """When the quiet hours that hold now (in local time) end; None outside them."""
    if not is_quiet(now.time(), since, until):
        return None
    end = datetime.combine(now.date(), until, now.tzinfo)
    return end if end > now else end + timedelta(days=1)


def next_try(tried: int, wait: int) -> timedelta | None:
    """How long until the next try, after so many; at least what the service asked for, an hour at most. None: no more."""
    if tried > len(BACK_OFF):
        return None
    return max(BACK_OFF[tried - 1], min(timedelta(seconds=wait), LONGEST_WAIT))


def _connected(found: list[str], port: int) -> socket.socket:
    for place in found[:-1]:
        try:
            return socket.create_connection((place, port), CONNECTING)
        except OSError:
            continue
    return socket.create_connection((found[-1], port), CONNECTING)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reply(line: socket.socket, deadline: float) -> Reply:
    """Read the head of the answer, however slowly it drips, until the deadline."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST_BYTES:
        left = deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        piece = line.recv(4096)
        if not piece:
            break
        head += piece
    status = STATUS.match(head)
    if status is None:
        raise ConnectionError("no answer of HTTP")
    wait = RETRY_AFTER.search(head)
    return Reply(int(status[1]), int(wait[1]) if wait else 0)
