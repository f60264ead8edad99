"""Sealed files: AES-256-GCM in pieces, so that memory stays flat and a file that was cut, turned or swapped is found out.

A file is MAGIC, the name of the key (8 bytes), a salt (16 bytes), then pieces of 1 MiB, each with its tag. The nonce of a
piece is its place, and in its last byte whether it is the last one: the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár (2015), as age and Tink use it. Each file has a key of its own (HKDF-SHA256 over the salt), so places
may serve as nonces.
"""

import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from io import RawIOBase
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tram.keeping.rules.recovery import RecoveryKey
from tram.site.trouble import Trouble

MAGIC = b"TRAM-SEALED-1\n"
SALT = 16
PIECE = 1024 * 1024
TAG = 16
HEAD = len(MAGIC) + 8 + SALT


def sealed_size(plain: int) -> int:
    """How many bytes a sealed file takes for so many plain ones."""
    return HEAD + plain + TAG * max(1, -(-plain // PIECE))


def _cipher(key: RecoveryKey, head: bytes) -> AESGCM:
    return AESGCM(key.derived(head[-SALT:], b"tram sealed file"))


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


class Sealer:
    """A new sealed file that takes bytes as they come; whole, and safe on the disk, after `close`."""

    def __init__(self, place: Path, key: RecoveryKey) -> None:
        self._head = MAGIC + key.name + secrets.token_bytes(SALT)
        self._cipher = _cipher(key, self._head)
        self._file = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(self._head)
        self._waiting = bytearray()
        self._places = 0
        self._told = sha256()
        self.size = 0

    def write(self, some: bytes) -> int:
        """Add bytes."""
        self._told.update(some)
        self.size += len(some)
        self._waiting += some
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(some)

    def close(self) -> None:
        """Put the last piece and make the bytes safe."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close what will not be whole."""
        self._file.close()

    @property
    def sha256(self) -> str:
        """The hash of the plain bytes so far."""
        return self._told.hexdigest()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._places, last), piece, self._head))
        self._places += 1


def unsealed(place: Path, key: RecoveryKey) -> Iterator[bytes]:
    """The plain bytes of a sealed file, piece by piece. Raises Trouble: another key's, cut or changed, not there.

    What was yielded before a Trouble is true as far as it goes, but not the whole.
    """
    try:
        with place.open("rb") as file:
            head = file.read(HEAD)
            if head[: len(MAGIC)] != MAGIC or len(head) < HEAD:
                raise Trouble(f"{place} bị cắt hoặc không phải tệp sao lưu của Trạm.")
            if head[len(MAGIC) : -SALT] != key.name:
                raise Trouble(f"Khóa khôi phục này không phải khóa đã khóa {place}.")
            cipher, piece, number = _cipher(key, head), file.read(PIECE + TAG), 0
            while True:
                following = file.read(PIECE + TAG)
                yield cipher.decrypt(_nonce(number, not following), piece, head)
                if not following:
                    return
                piece, number = following, number + 1
    except InvalidTag:
        raise Trouble(f"{place} bị cắt hoặc bị đổi: không còn như lúc sao lưu.") from None
    except FileNotFoundError:
        raise Trouble(f"Bản sao lưu thiếu tệp {place}.") from None


class Stream(RawIOBase):
    """Pieces as a stream to read from, for programs that want one."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer only at the end; all of them for a negative size."""
        found = [self._rest]
        length = len(self._rest)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            found.append(piece)
            length += len(piece)
        plain = b"".join(found)
        wanted = plain if size < 0 else plain[:size]
        self._rest = b"" if size < 0 else plain[size:]
        return wanted
