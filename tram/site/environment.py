"""Where the installation's data lies, and what its programs must know before Django wakes."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import django

from tram.site.postgres import Server, lent_account, reaches
from tram.site.trouble import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]


def data_folder(given: str | None = None) -> Path:
    """The data folder: the given one, else TRAM_DATA, else `var` in the checkout.

    Root lends PostgreSQL to an account that often cannot enter a checkout (under /root, say): then a folder of this
    checkout's own in /var/lib/tram.
    """
    if chosen := given or os.environ.get("TRAM_DATA"):
        return Path(chosen).expanduser().resolve()
    if not (CHECKOUT / "pyproject.toml").exists():
        return Path.home() / ".local/share/tram"
    if reaches(lent_account(), CHECKOUT):
        return CHECKOUT / "var"
    return Path("/var/lib/tram") / sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]


def place_of_restore(data: Path) -> Path:
    """Where a restore builds the house that will stand at `data`."""
    return data.with_name(f"{data.name}.restoring")


def refuse_half_restored(data: Path) -> None:
    """Raise Trouble where a restore was cut before its house was in place: a new, empty house would hide the real one."""
    if place_of_restore(data).exists() and not (data.exists() and any(data.iterdir())):
        older = sorted(path for path in data.parent.glob(f"{data.name}.before-*") if path.is_dir())
        kept = f" Dữ liệu cũ còn nguyên ở {older[-1]}." if older else ""
        raise Trouble(
            f"Lần khôi phục vào {data} bị ngắt giữa chừng.{kept} Chạy lại: tram restore --data {data}. "
            f"Không cần bản khôi phục nữa thì xoá {place_of_restore(data)}."
        )


@contextmanager
def database(data: Path, *, tied: bool = False, loading: bool = False) -> Iterator[Server | None]:
    """A running database for this process and its children; our own server unless DATABASE_URL names another.

    `loading`: to be filled for the first time.
    """
    if os.environ.get("DATABASE_URL"):
        data.mkdir(parents=True, exist_ok=True)
        enter(data)
        yield None
        return
    server = Server(data, loading=loading)
    with server.held(tied=tied) as url:
        os.environ["DATABASE_URL"] = url
        enter(data)
        yield server


@contextmanager
def awake(data: Path) -> Iterator[str]:
    """Database and Django up as far as they go; yields the sentence that says why the database is not, else ""."""
    with ExitStack() as stack:
        why_not = ""
        try:
            refuse_half_restored(data)
            if not data.exists():
                raise Trouble(f"Chưa có thư mục dữ liệu {data}. Tạo: tram run --data {data}")
            stack.enter_context(database(data))
        except (Trouble, OSError) as trouble:
            why_not = str(trouble)
            with suppress(OSError):
                enter(data)
        django.setup()
        yield why_not


def without_house() -> None:
    """Wake Django where there is no data folder and no database yet: for a restore, which makes them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tram.site.settings")
    django.setup()


def enter(data: Path) -> None:
    """Tell Django, here and in children, whose data it serves; the signing secret is made on the first entry."""
    os.environ["TRAM_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tram.site.settings")
    kept = data / "secret"
    if data.exists() and not kept.exists():
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
