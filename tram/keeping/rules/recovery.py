"""The recovery key: what opens the backups when nothing else is left; short enough to be written on paper."""

import os
import secrets
from base64 import b32decode, b32encode
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tram.kernel.crashpoints import crashpoint
from tram.site.trouble import Trouble

BYTES = 20
CHECK = 4
"""Letters at the end that tell a slip of the pen."""
GROUP = 4


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """Khóa khôi phục: 160 random bits. Every file has its own key, derived from these bits and the file's salt."""

    bits: bytes

    @classmethod
    def new(cls) -> "RecoveryKey":
        """A key that nobody has had before."""
        return cls(secrets.token_bytes(BYTES))

    @classmethod
    def read(cls, text: str) -> "RecoveryKey":
        """The key as it was written down, in any case, with or without its dashes. Raises Trouble for a slip of the pen."""
        letters = "".join(letter for letter in text.upper() if letter.isalnum())
        try:
            key = cls(b32decode(letters[:-CHECK].encode()))
        except ValueError:
            key = cls(b"")
        if len(key.bits) != BYTES or key.letters != letters:
            raise Trouble(
                "Khóa khôi phục chép chưa đúng: phải đủ 9 nhóm, mỗi nhóm 4 ký tự từ A đến Z và 2 đến 7. Đối chiếu lại bản giấy."
            )
        return key

    @property
    def letters(self) -> str:
        """The key and its check, without dashes."""
        body = b32encode(self.bits).decode()
        return body + b32encode(sha256(body.encode()).digest()).decode()[:CHECK]

    @property
    def written(self) -> str:
        """As people write it down: nine groups of four letters."""
        return "-".join(self.letters[at : at + GROUP] for at in range(0, len(self.letters), GROUP))

    @property
    def name(self) -> bytes:
        """Eight bytes that tell which key sealed a file, and nothing of the key."""
        return self.derived(b"", b"tram name of the key")[:8]

    def derived(self, salt: bytes, purpose: bytes) -> bytes:
        """32 bytes for one purpose."""
        return HKDF(SHA256(), 32, salt, purpose).derive(self.bits)

    def hides(self, sha256_hex: str) -> str:
        """The name of a content in the store: it does not tell a stranger which known papers are there."""
        return digest(self.derived(b"", b"tram names of contents"), bytes.fromhex(sha256_hex), "sha256").hex()


def key_place(data: Path) -> Path:
    """Where the key lies on its own machine: beside the data folder, not inside, so that no copy of the data takes it."""
    return Path(os.environ.get("TRAM_RECOVERY_KEY", f"{data}.recovery-key"))


def kept_key(data: Path) -> RecoveryKey | None:
    """The key of this installation; None before its first backup. Raises Trouble where it cannot be read."""
    place = key_place(data)
    return read_key(place) if place.exists() else None


def read_key(place: Path) -> RecoveryKey:
    """The key in a file. Raises Trouble where it cannot be read."""
    try:
        return RecoveryKey.read(place.read_text().strip().splitlines()[-1])
    except (OSError, UnicodeDecodeError, IndexError) as wrong:
        raise Trouble(f"Không đọc được khóa khôi phục ở {place}. Chỉ tệp khác: --key TỆP") from wrong


def make_key(data: Path, given: RecoveryKey | None = None) -> RecoveryKey:
    """Keep a new key, or the given one, where only the installation's account can read it; an older one is left as it is.

    Raises Trouble where it cannot be kept.
    """
    place, key = key_place(data), given or RecoveryKey.new()
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{key.written}\n")
            file.flush()
            os.fsync(file.fileno())
        crashpoint("keeping.key.written")
        os.link(fresh, place)
    except FileExistsError:
        return read_key(place)
    except OSError as wrong:
        raise Trouble(
            f"Không giữ được khóa khôi phục ở {place}: {wrong.strerror}. Đặt TRAM_RECOVERY_KEY là tệp khác."
        ) from wrong
    finally:
        fresh.unlink(missing_ok=True)
    return key
