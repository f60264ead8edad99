"""Ballast: a file that only takes up room, thrown off when the disk is full, so that there is room to mend things in.

With it gone PostgreSQL comes up again, people sign in and read, and an administrator can clean up.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from tram.kernel.space import FILLING, READ_ONLY, fullness

SIZE = 256 * 1024 * 1024
SMALL_DISK = 50
"""On a small disk the ballast is this part of it: one fiftieth."""


class Ballast:
    """The ballast of a data folder, and what is said to the operator when the disk fills."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.file = data / "ballast"
        self.size = min(SIZE, shutil.disk_usage(data).total // SMALL_DISK)
        self.told = 0

    def trim(self) -> None:
        """Take ballast in while there is room, throw it off when there is none, and say what the disk has come to."""
        full = fullness(self.data)
        with suppress(OSError):  # the words may go to a file on the same disk, and find no room there
            self._say(full)
        with suppress(OSError):
            if self.file.exists():
                if shutil.disk_usage(self.data).free < self.size // 4:
                    self.file.unlink()
                    print("! Đĩa đã đầy: đã bỏ tệp dự trữ để còn chỗ đăng nhập và dọn dẹp.", flush=True)
            elif full < FILLING:
                self._take_in()

    def _take_in(self) -> None:
        fresh = self.file.with_suffix(".new")
        try:
            with fresh.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self.size)
            fresh.replace(self.file)
        finally:
            fresh.unlink(missing_ok=True)

    def _say(self, full: int) -> None:
        level = READ_ONLY if full >= READ_ONLY else FILLING if full >= FILLING else 0
        before, self.told = self.told, level
        if level == READ_ONLY != before:
            print(f"! Đĩa đã dùng {full} %: Trạm tạm chỉ đọc. Dọn hoặc nới đĩa, Trạm tự ghi tiếp.", flush=True)
        elif level == FILLING and not before:
            print(f"! Đĩa đã dùng {full} %: sắp đầy, dọn hoặc nới đĩa.", flush=True)
        elif before == READ_ONLY and level < READ_ONLY:
            print(f"Đĩa đã dùng {full} %: Trạm ghi lại bình thường.", flush=True)
