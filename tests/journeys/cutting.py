"""A line that is cut: a TCP proxy that breaks every connection after so many bytes, and counts what was sent.

The browser sees a reset; the site gets what had passed before, as with a cable that is pulled, and then the end.
"""

import socket
import struct
import threading
from contextlib import suppress


def head_of(piece: bytes) -> int:
    """Bytes of the request's head at the beginning of a piece: they are no content."""
    return piece.find(b"\r\n\r\n") + 4 if piece.startswith((b"GET ", b"PUT ", b"POST ", b"DELETE ")) else 0


class CuttingLine:
    """Everything sent to `port` goes on to the site; after each `every` bytes from the browser all connections break."""

    def __init__(self, site: str, every: int, cuts: int) -> None:
        host, port = site.removeprefix("http://").split(":")
        self.target, self.every, self.cuts_left = (host, int(port)), every, cuts
        self.sent, self.since, self.is_down = 0, 0, False
        self.pairs: set[tuple[socket.socket, socket.socket]] = set()
        self.lock = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self.door.accept()
                far = socket.create_connection(self.target)
            except OSError:
                return
            pair = (near, far)
            if self.is_down:
                self._break([pair])
                continue
            with self.lock:
                self.pairs.add(pair)
            threading.Thread(target=self._carry, args=(pair, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(pair, False), daemon=True).start()

    def _carry(self, pair: tuple[socket.socket, socket.socket], outward: bool) -> None:
        source, sink = pair if outward else pair[::-1]
        with suppress(OSError):
            while piece := source.recv(4096):
                if outward and self._counted(len(piece) - head_of(piece)):
                    return
                sink.sendall(piece)
        self._break([pair])

    def _counted(self, size: int) -> bool:
        """Count what the browser sent; True when the line breaks here, and this piece with it."""
        with self.lock:
            self.sent += size
            self.since += size
            if not self.cuts_left or self.since < self.every:
                return False
            self.cuts_left, self.since = self.cuts_left - 1, 0
            broken = list(self.pairs)
        self._break(broken)
        return True

    def _break(self, pairs: list[tuple[socket.socket, socket.socket]]) -> None:
        for pair in pairs:
            with self.lock:
                self.pairs.discard(pair)
            near, far = pair
            with suppress(OSError):
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                near.shutdown(socket.SHUT_RDWR)
                near.close()
            with suppress(OSError):
                far.shutdown(socket.SHUT_RDWR)
                far.close()

    def down(self) -> None:
        """From now on nothing gets through."""
        self.is_down = True
        self._break(list(self.pairs))

    def up(self) -> None:
        """The line is back."""
        self.is_down = False

    def close(self) -> None:
        """The end of the test."""
        self.door.close()
        self._break(list(self.pairs))
