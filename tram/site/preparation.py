"""What a data folder needs before the first page: schema, static files, and the demo province or a first administrator.

Runs in a process of its own, so that the supervisor stays small. The mark in the data folder says what is ready; a
start that finds it up to date skips all of this.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import TypedDict

import django
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

ROOMS = Path(__file__).resolve().parents[1]
USUAL_LETTERS = 400


class Mark(TypedDict):
    """What a data folder has: `code` is the fingerprint it was prepared for; `demo` is none, begun or planted."""

    code: str
    demo: str


def code_fingerprint() -> str:
    """The same for the same migrations, static files and packages that bring migrations or static files."""
    told = sha256("".join(version(name) for name in ("django", "procrastinate", "django-htmx")).encode())
    for file in sorted([*ROOMS.glob("*/migrations/*.py"), *ROOMS.glob("*/static/**/*")]):
        if file.is_file():
            told.update(str(file.relative_to(ROOMS)).encode() + b"\0" + file.read_bytes())
    return told.hexdigest()


def read_mark(data: Path) -> Mark | None:
    """The mark of the data folder; None before the first preparation."""
    kept = data / "prepared.json"
    mark: Mark | None = json.loads(kept.read_text()) if kept.exists() else None
    return mark


def write_mark(data: Path, mark: Mark) -> None:
    """Leave the mark whole or not at all."""
    fresh = data / "prepared.new"
    fresh.write_text(json.dumps(mark))
    fresh.replace(data / "prepared.json")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print what is being done, and the seconds it took."""
    print(f"  … {name}", flush=True)
    begun = time.monotonic()
    yield
    print(f"  ✓ {name}: {f'{time.monotonic() - begun:.1f}'.replace('.', ',')} giây", flush=True)


def prepare(demo: bool, letters: int = USUAL_LETTERS) -> None:
    """Bring the data folder to the state that this code needs; says each step with its seconds."""
    data = Path(settings.TRAM_DATA)
    mark = read_mark(data) or Mark(code="", demo="none")
    code = code_fingerprint()
    if mark["code"] != code:
        with step("Lược đồ cơ sở dữ liệu"):
            call_command("migrate", verbosity=0, interactive=False)
        with step("Tệp tĩnh của trang web"):
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        if not demo:
            with step("Bản đồ hành chính"):
                call_command("load_areas", stdout=StringIO())
    if not mark["code"] or not (data / "signing").exists():  # a first preparation may have been cut in the middle
        with step("Nơi cấp chứng thư thử"):
            call_command("found_test_authority")
    call_command("found_push_key")
    call_command("found_backups")
    if demo and mark["demo"] == "none" and not apps.get_model("organisation", "Unit").objects.exists():
        write_mark(data, Mark(code="", demo="begun"))
        with step("Tỉnh mẫu"):
            call_command("plant_demo", letters=letters, progress=True)
        mark["demo"] = "planted"
    write_mark(data, Mark(code=code, demo=mark["demo"]))
    if mark["demo"] == "none":
        _show_first_admin_link()


def _show_first_admin_link() -> None:
    """Nobody can sign in to an empty house yet. The command refuses once an administrator is there."""
    told = StringIO()
    with suppress(CommandError):
        call_command("first_admin_link", stdout=told)
        print("  ! Người quản trị đầu tiên vào bằng đường dẫn này, một lần, trong 30 phút:")
        print(f"    {told.getvalue().strip()}", flush=True)


if __name__ == "__main__":
    django.setup()
    prepare(demo=len(sys.argv) > 1, letters=int(sys.argv[2]) if len(sys.argv) > 2 else USUAL_LETTERS)
