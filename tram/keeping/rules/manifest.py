"""The manifest: what a backup holds, and what a house restored from it is held against."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

FORMAT = 1


class Seen(NamedTuple):
    """One line of a proof: whether it holds, and the sentence."""

    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Mốc đối chiếu: the ends of every chain of the audit, the hash of all published roots, the next number of every book."""

    heads: list[str]
    roots: str
    numbers: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Bản kê: sizes in bytes, hashes of plain bytes (SHA-256), and of each table its rows and their sum of hashes."""

    made_at: str
    version: str
    code: str
    server: int
    parts: dict[str, tuple[int, str]]
    tables: dict[str, tuple[int, str]]
    landmarks: Landmarks
    contents: int
    content_bytes: int
    database_bytes: int
    broken: list[str] = field(default_factory=list)
    format: int = FORMAT

    def written(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """As it was kept; raises ValueError for one of a newer format."""
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise ValueError("newer format")
        marks = Landmarks(**found.pop("landmarks"))
        for name in ("parts", "tables"):
            found[name] = {key: (size, told) for key, (size, told) in found[name].items()}
        return cls(**found, landmarks=marks)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(rows for rows, _ in self.tables.values())


def same_tables(kept: dict[str, tuple[int, str]], found: dict[str, tuple[int, str]]) -> Iterator[Seen]:
    """Every table's rows, held against those of the backup."""
    wrong = [name for name in sorted({*kept, *found}) if kept.get(name) != found.get(name)]
    for name in wrong[:20]:
        before, now = kept.get(name, (0, "")), found.get(name, (0, ""))
        yield Seen(False, f"Bảng {name}: bản sao lưu có {before[0]} dòng, đang có {now[0]} dòng, dấu băm khác nhau.")
    if not wrong:
        yield Seen(True, f"{len(kept)} bảng, {_dotted(sum(n for n, _ in kept.values()))} dòng: dấu băm từng bảng khớp.")


def same_landmarks(kept: Landmarks, found: Landmarks) -> Iterator[Seen]:
    """The audit's chains and the books' next numbers, held against those of the backup."""
    if kept.heads == found.heads and kept.roots == found.roots:
        yield Seen(True, f"{len(kept.heads)} chuỗi nhật ký: đầu chuỗi và dấu kiểm khớp.")
    else:
        yield Seen(False, "Đầu chuỗi hoặc dấu kiểm của nhật ký khác bản kê.")
    wrong = sorted(set(kept.numbers) ^ set(found.numbers))
    if wrong:
        yield Seen(False, f"Số kế tiếp của {len(wrong)} sổ khác bản kê, ví dụ {wrong[0]}.")
    else:
        yield Seen(True, f"{len(kept.numbers)} sổ: số kế tiếp khớp.")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
