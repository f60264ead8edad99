"""The arithmetic of identity: how long to wait, what a code proves, how secrets are kept."""

import base64
import hashlib
import ipaddress
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

import pyotp
from cryptography.fernet import Fernet

HOUR = timedelta(hours=1)
IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
HALF_WAY = timedelta(minutes=10)
FRESH = timedelta(minutes=10)
PROOF_LIFE = timedelta(minutes=2)
INVITATION_LIFE = timedelta(minutes=30)
TOKEN_LIFE = timedelta(days=365)
HOUSE_MEMORY = timedelta(days=30)
STILL_THEIRS = timedelta(days=30)
TRACES_KEPT = timedelta(days=90)

# Two lanes for each account: addresses where somebody signed in lately, and strange ones. Five guesses an hour each,
# so that ten an hour are evaluated whatever the attacker does, and strangers cannot use up the lane of the office.
LANE_WAITS = (0, 0, 15, 15, 15)
LONGEST_WAIT = timedelta(minutes=15)
ADDRESS_FREE = {True: 100, False: 10}

LOCAL_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)

RECOVERY_CODES = 10
RECOVERY_BYTES = 15
TOTP_STEP = 30
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")

BROWSERS = (("Edg", "Edge"), ("CocCoc", "Cốc Cốc"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"),
            ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("Linux", "Linux"))  # fmt: skip


def new_secret() -> str:
    """256 random bits as text that fits a link or a header."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """How a random secret of 112 bits or more is kept: SHA-256 is enough for those, passwords have their own way."""
    return hashlib.sha256(secret.encode()).digest()


def subject(door: str, who: str) -> bytes:
    """What a guess was aimed at, as a hash: people also type passwords where the login belongs."""
    return hash_of(f"{door}:{who.strip().casefold()}")


def lock_number(aim: bytes) -> int:
    """A subject as a number for PostgreSQL's advisory locks."""
    return int.from_bytes(aim[:8], "big", signed=True)


def is_private(address: str) -> bool:
    """Whether an address belongs to a local network."""
    try:
        return any(ipaddress.ip_address(address) in network for network in LOCAL_NETWORKS)
    except ValueError:
        return False


def lane_wait(failures: Sequence[datetime], at: datetime) -> timedelta:
    """How long a lane stays shut. `failures` are its wrong guesses of the last hour, oldest first.

    Any hour holds at most `len(LANE_WAITS)` of them. The wait is never above 15 minutes: from the third on, guesses
    stand 15 minutes apart, so when five fill the hour the oldest leaves it within 15 minutes.
    """
    if not failures:
        return timedelta(0)
    if len(failures) >= len(LANE_WAITS):
        return max(timedelta(0), failures[-len(LANE_WAITS)] + HOUR - at)
    return max(timedelta(0), failures[-1] + timedelta(minutes=LANE_WAITS[len(failures)]) - at)


def address_wait(failures: int, last: datetime | None, is_house: bool, at: datetime) -> timedelta:
    """How long an address waits after its wrong guesses of the last hour: 1, 2, 4, 8, then 15 minutes."""
    over = failures - ADDRESS_FREE[is_house]
    if last is None or over < 0:
        return timedelta(0)
    return max(timedelta(0), last + min(LONGEST_WAIT, timedelta(minutes=2 ** min(over, 4))) - at)


def wait_words(wait: timedelta) -> str:
    """The sentence for somebody who must wait."""
    return f"Đợi {ceil(wait / timedelta(minutes=1))} phút rồi thử lại: đã có nhiều lần thử sai liên tiếp."


def device_words(agent: str) -> str:
    """A browser's name of itself as people say it: "Chrome trên Windows"."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "Trình duyệt khác")
    system = next((name for mark, name in SYSTEMS if mark in agent), "máy khác")
    return f"{browser} trên {system}"


def totp_step(secret: str, code: str, at: datetime, used: int) -> int | None:
    """Which 30-second step a code belongs to, one step early or late allowed; None when wrong or used already."""
    now = int(at.timestamp()) // TOTP_STEP
    machine, typed = pyotp.TOTP(secret), code.encode("utf-8", "replace")
    steps = [step for step in (now - 1, now, now + 1) if step > used]
    return next((step for step in steps if secrets.compare_digest(machine.at(step * TOTP_STEP).encode(), typed)), None)


def code_digits(typed: str) -> str:
    """A code as typed, without the spaces and dashes people put in."""
    return re.sub(r"[\s-]", "", typed).upper()


def new_recovery_code() -> str:
    """120 random bits as six groups of four letters and digits."""
    letters = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def seal(secret: str, key: str) -> bytes:
    """Encrypt a secret that must be read again, under a key derived from the installation's."""
    return _fernet(key).encrypt(secret.encode())


def unseal(sealed: bytes, key: str) -> str:
    """Read a sealed secret; raises cryptography.fernet.InvalidToken when the installation's key has changed."""
    return _fernet(key).decrypt(bytes(sealed)).decode()


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"identity.factor:" + key.encode()).digest()))
