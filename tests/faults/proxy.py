"""The fault proxy: a bad line between clients and the server, which knows HTTP and is ruled by a seed.

What befalls a request is drawn from the seed, its key and how often it was tried, so a failing seed fails again
whatever order the requests come in.
"""

import asyncio
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

FAULTS: dict[str, float] = {
    "refuse": 0.02,
    "delay": 0.08,
    "reset_before": 0.03,
    "reset_in": 0.03,
    "reset_after": 0.06,
    "truncate": 0.04,
    "duplicate": 0.06,
    "reorder": 0.06,
    "drip": 0.03,
    "half_open": 0.01,
    "corrupt_request": 0.02,
    "corrupt_answer": 0.02,
    "box_before": 0.02,
    "box_after": 0.03,
    "replay": 0.05,
}
"""Each fault with its probability; what is left over is a good line."""
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 11\r\nConnection: close\r\n\r\nbad gateway"
SILENCE = 4.0
MOST = 64 * 1024 * 1024


@dataclass(slots=True)
class Request:
    """One request as it came: its head, its body, and the key by which it counts once."""

    head: bytes
    body: bytes

    @property
    def key(self) -> str:
        for line in self.head.split(b"\r\n"):
            if line.lower().startswith(b"idempotency-key:"):
                return line.partition(b":")[2].strip().decode()
        return ""

    @property
    def whole(self) -> bytes:
        return self.head + self.body


@dataclass
class Line:
    """What the proxy did: how often each fault fell, which keys it falsified, and what it may replay."""

    fell: Counter[str] = field(default_factory=Counter)
    falsified: set[str] = field(default_factory=set)
    seen: list[Request] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)


class Reset(Exception):
    """The client's connection ends here, without a goodbye."""


class Proxy:
    """A proxy on a port of its own before `upstream`, for as long as `running` is entered."""

    def __init__(self, upstream: int, seed: int, odds: Mapping[str, float] | None = None) -> None:
        self.upstream, self.seed = upstream, seed
        self.odds = dict(FAULTS if odds is None else odds)
        assert set(self.odds) <= set(FAULTS) and sum(self.odds.values()) <= 1
        self.line = Line()
        self.port = 0
        self._held: asyncio.Event | None = None
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def running(self) -> Iterator["Proxy"]:
        """Serve in a thread of its own."""
        ready = threading.Event()
        thread = threading.Thread(target=self._serve, args=(ready,), name="proxy", daemon=True)
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)

    def replay_all(self) -> int:
        """Send every POST that ever came through once more, straight to the server; how many there were."""
        posts = [one for one in self.line.seen if one.key and one.key not in self.line.falsified]
        for one in posts:
            asyncio.run_coroutine_threadsafe(self._quietly(one), self._loop).result(60)
        return len(posts)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._met, "127.0.0.1", 0, limit=MOST))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            try:
                request = await self._read(reader)
                fault, dice = self._draw(request)
                self.line.fell[fault] += 1
                await self._befall(fault, dice, request, writer)
            except Reset:
                self._hang_up(writer)
            finally:
                writer.close()

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> Request:
        head = await reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return Request(head, await reader.readexactly(length))

    def _draw(self, request: Request) -> tuple[str, Random]:
        """The fault of this try. Reading is let through: what a client only looks at has no effect to lose."""
        key = request.key
        if not key:
            return "good", Random(0)
        self.line.tries[key] += 1
        self.line.seen.append(request)
        dice = Random(f"{self.seed}-{key}-{self.line.tries[key]}")
        names = [*self.odds, "good"]
        weights = [*self.odds.values(), 1 - sum(self.odds.values())]
        return dice.choices(names, weights)[0], dice

    async def _befall(self, fault: str, dice: Random, request: Request, writer: asyncio.StreamWriter) -> None:
        befall: dict[str, Callable[[Random, Request], Awaitable[bytes]]] = {
            "refuse": self._reset_before,
            "delay": self._delay,
            "reset_before": self._reset_before,
            "reset_in": self._reset_in,
            "reset_after": self._reset_after,
            "duplicate": self._duplicate,
            "reorder": self._reorder,
            "half_open": self._half_open,
            "corrupt_request": self._corrupt_request,
            "corrupt_answer": self._corrupt_answer,
            "box_before": self._box_before,
            "box_after": self._box_after,
            "replay": self._replay,
        }
        answer = await befall.get(fault, self._good)(dice, request)
        if fault == "truncate":
            writer.write(answer[: dice.randrange(len(answer) or 1)])
            await writer.drain()
            raise Reset
        if fault == "drip":
            await self._drip(dice, answer, writer)
        else:
            writer.write(answer)
        await writer.drain()

    async def _good(self, _dice: Random, request: Request) -> bytes:
        return await self._forward(request.whole)

    async def _delay(self, dice: Random, request: Request) -> bytes:
        await asyncio.sleep(dice.uniform(0.05, 1.0))
        return await self._forward(request.whole)

    async def _reset_before(self, _dice: Random, _request: Request) -> bytes:
        raise Reset

    async def _reset_in(self, dice: Random, request: Request) -> bytes:
        """Half a request reaches the server, which must do nothing with it."""
        await self._forward(request.whole[: dice.randrange(1, len(request.whole))], wait=0.05)
        raise Reset

    async def _reset_after(self, _dice: Random, request: Request) -> bytes:
        """The server has committed and answered; the client never hears of it."""
        await self._forward(request.whole)
        raise Reset

    async def _duplicate(self, _dice: Random, request: Request) -> bytes:
        answers = await asyncio.gather(self._forward(request.whole), self._forward(request.whole))
        return answers[0]

    async def _reorder(self, _dice: Random, request: Request) -> bytes:
        """Held back until the next one that is held back lets it go, at most a second: the later one goes first."""
        held, self._held = self._held, None
        if held is not None:
            answer = await self._forward(request.whole)
            held.set()
            return answer
        mine = self._held = asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(mine.wait(), 1.0)
        if self._held is mine:
            self._held = None
        return await self._forward(request.whole)

    async def _half_open(self, _dice: Random, request: Request) -> bytes:
        await self._forward(request.whole)
        await asyncio.sleep(SILENCE)
        raise Reset

    async def _corrupt_request(self, dice: Random, request: Request) -> bytes:
        self.line.falsified.add(request.key)
        return await self._forward(request.head + _flipped(dice, request.body))

    async def _corrupt_answer(self, dice: Random, request: Request) -> bytes:
        self.line.falsified.add(request.key)
        head, gap, body = (await self._forward(request.whole)).partition(b"\r\n\r\n")
        return head + gap + _flipped(dice, body)

    async def _box_before(self, _dice: Random, _request: Request) -> bytes:
        return BAD_GATEWAY

    async def _box_after(self, _dice: Random, request: Request) -> bytes:
        await self._forward(request.whole)
        return BAD_GATEWAY

    async def _replay(self, dice: Random, request: Request) -> bytes:
        """Beside this one an old one is sent again, by nobody."""
        old = dice.choice([one for one in self.line.seen if one.key not in self.line.falsified] or [request])
        answer = await self._forward(request.whole)
        task = self._loop.create_task(self._quietly(old))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return answer

    async def _quietly(self, request: Request) -> None:
        with suppress(OSError, Reset):
            await self._forward(request.whole)

    async def _drip(self, dice: Random, answer: bytes, writer: asyncio.StreamWriter) -> None:
        step = max(1, len(answer) // dice.randrange(5, 20))
        for start in range(0, len(answer), step):
            writer.write(answer[start : start + step])
            await writer.drain()
            await asyncio.sleep(0.05)

    async def _forward(self, sent: bytes, wait: float | None = None) -> bytes:
        """Send bytes to the server and read all that it answers; with `wait` hang up after so many seconds instead."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream, limit=MOST)
        except OSError:
            raise Reset from None
        try:
            writer.write(sent)
            await writer.drain()
            if wait is not None:
                await asyncio.sleep(wait)
                return b""
            answer = await reader.read(-1)
        except OSError:
            raise Reset from None
        finally:
            writer.close()
        if not answer:
            raise Reset
        return answer

    @staticmethod
    def _hang_up(writer: asyncio.StreamWriter) -> None:
        """RST, not FIN: what was on its way is lost."""
        line = writer.get_extra_info("socket")
        with suppress(OSError, AttributeError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _flipped(dice: Random, body: bytes) -> bytes:
    if not body:
        return body
    place = dice.randrange(len(body))
    return body[:place] + bytes([body[place] ^ (1 << dice.randrange(8))]) + body[place + 1 :]
