"""Holding back whoever asks too often at a door that anybody may use. Kept by this process alone and forgotten with it."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

MOST_KEYS = 20_000


class Throttle:
    """At most `times` in `span` for one key. With several web processes each counts for itself."""

    def __init__(self, times: int, span: timedelta) -> None:
        self.times, self.span = times, span
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def is_full(self, key: str, at: datetime) -> bool:
        """Whether the key has had its times."""
        with self._lock:
            return len(self._fresh(self._seen.get(key, deque()), at)) >= self.times

    def note(self, key: str, at: datetime) -> None:
        """One more time; the keys longest unheard of are forgotten when there are too many."""
        with self._lock:
            self._fresh(self._seen.setdefault(key, deque()), at).append(at)
            self._seen.move_to_end(key)
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)

    def _fresh(self, times: deque[datetime], at: datetime) -> deque[datetime]:
        while times and times[0] <= at - self.span:
            times.popleft()
        return times


def neighbourhood(address: str) -> str:
    """What is counted together: one IPv4 address, however it is written, one IPv6 network of a house (/64)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    # a server that listens on both kinds is told of IPv4 addresses as ::ffff:203.0.113.7: those share one /64
    return str(found.ipv4_mapped or ip_network(f"{found}/64", strict=False))
