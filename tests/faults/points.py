"""Every crash point of the product, and how a test arms one."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.installation import ROOT

POINTS = (
    "audit.chained",
    "documents.direct.shared",
    "documents.direct.written",
    "documents.register.filled",
    "documents.register.numbered",
    "files.store.kept",
    "files.store.written",
    "jobs.done",
    "jobs.taken",
    "outgoing.draft.kept",
    "outgoing.issue.sent",
    "outgoing.number.taken",
    "web.once.claimed",
    "web.once.committed",
    "web.once.kept",
)
"""Those that an office at work passes all the time."""
SIGNING = ("signing.sign.proved", "signing.sign.made", "signing.sign.stored", "signing.sign.kept")
"""In the order of a signature: before the file is made, after it, after its row, after the row of the act."""
LETTERS = (
    *SIGNING,
    "documents.exchange.taken_in",
    "outgoing.report.kept",
    "outgoing.seal.kept",
    "outgoing.sign.kept",
    "web.repeatable.done",
)
"""Passed now and then; each is struck by itself while a letter takes its last steps (letters.py)."""
BACKUP = (
    "keeping.backup.dumped",
    "keeping.backup.copied",
    "keeping.content.sealed",
    "keeping.backup.stored",
    "keeping.backup.read",
    "keeping.backup.named",
    "keeping.base.copied",
    "keeping.log.sealed",
    "keeping.log.kept",
    "keeping.backup.followed",
)
RESTORE = (
    "keeping.restore.filled",
    "keeping.restore.loaded",
    "keeping.restore.checked",
    "keeping.restore.aside",
    "keeping.restore.placed",
)
APART = (*BACKUP, *RESTORE, "keeping.key.written")
"""Passed by commands of their own, in this order, and armed there (runs_of_keeping.py, tests/keeping)."""
MADE = ("outputs.kept", "outputs.told")
"""Passed by the worker when it makes a long list (tests/outputs/test_make.py)."""
EVERY = (*POINTS, *LETTERS, *APART, *MADE)


def named() -> Iterator[str]:
    """The points that stand in the code."""
    for path in sorted((ROOT / "tram").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "crashpoint":
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path}: a crash point is named by a plain word"
                yield str(name.value)


class Armoury:
    """A folder whose files arm points; `house` gets it by its environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        return {"TRAM_CRASH_POINTS": str(self.folder)}

    def arm(self, point: str) -> None:
        """The next process that passes the point dies."""
        assert point in EVERY
        (self.folder / point).touch()

    def is_armed(self, point: str) -> bool:
        return (self.folder / point).exists()

    def disarm(self) -> None:
        for file in self.folder.iterdir():
            file.unlink(missing_ok=True)
