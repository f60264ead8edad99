"""`tram backup`, `tram restore`, `tram upgrade`: the doors of this room are at the keyboard of the machine."""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from getpass import getpass
from pathlib import Path
from sys import stdin
from time import perf_counter

from tram.keeping.commands.backing import back_up
from tram.keeping.commands.drilling import drill
from tram.keeping.commands.reading import Opened, opened, read_contents, read_parts, spoken_size
from tram.keeping.commands.replaying import Replay, covered_until, replay, replay_to
from tram.keeping.commands.restoring import restore as bring_back
from tram.keeping.commands.upgrading import rehearse, rehearsed
from tram.keeping.commands.upgrading import upgrade as bring_up
from tram.keeping.rules import places
from tram.keeping.rules.manifest import Manifest, Seen
from tram.keeping.rules.recovery import RecoveryKey, kept_key, key_place, make_key, read_key
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.site.environment import data_folder
from tram.site.supervisor import alone
from tram.site.trouble import Trouble

A_MOMENT = timedelta(seconds=1)
FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d")


def backup(asked: Namespace, why_not: str) -> int:
    """Do one verb of backing up; 1 when something is wrong."""
    data = data_folder(asked.data)
    backups = Path(asked.into).expanduser().resolve() if asked.into else places.backups_folder(data)
    verbs: dict[str, Callable[[Path, Path, Namespace], int]] = {
        "now": _back_up, "list": _list, "check": _check, "drill": _drill, "key": _show_key
    }  # fmt: skip
    if why_not and asked.verb in ("now", "drill"):
        raise Trouble(why_not)
    return verbs[asked.verb](data, backups, asked)


def _back_up(data: Path, backups: Path, asked: Namespace) -> int:
    return 1 if _saved(data, backups, asked.keep).manifest.broken else 0


def _saved(data: Path, backups: Path, keep: int) -> Opened:
    began, key, at = perf_counter(), _own_key(data), clock.now()
    print(f"Sao lưu {data} vào {backups}", flush=True)
    try:
        made: Manifest = back_up(
            actor=Actor.system(), at=at, data=data, backups=backups, key=key, keep=keep, say=_say
        )  # fmt: skip
    except OSError as error:
        raise Trouble(
            f"Không ghi hết được bản sao lưu vào {backups}: {error.strerror}. Không giữ lại gì dở dang."
        ) from error
    name = places.name_of(at)
    seconds = f"{perf_counter() - began:.1f}".replace(".", ",")
    size = spoken_size(sum(file.stat().st_size for file in (backups / name).iterdir()))
    print(f"✓ Bản sao lưu {name}: {size} và {made.contents} tệp, {seconds} giây.")
    return opened(backups, name, key)


def _own_key(data: Path) -> RecoveryKey:
    """The installation's key; made, and shown this once, where there is none."""
    if key := kept_key(data):
        return key
    key = make_key(data)
    print("\n".join(key_lines(data, key)), flush=True)
    return key


def key_lines(data: Path, key: RecoveryKey) -> list[str]:
    """What is said when a key is made."""
    return [
        f"  ! Khóa khôi phục (giữ ở {key_place(data)}): chép ra giấy, cất ngoài máy này. Mất khóa là mất mọi bản sao lưu.",
        f"    {key.written}",
    ]


def _list(_data: Path, backups: Path, asked: Namespace) -> int:
    """Which backups are there."""
    names = places.whole(backups)
    if asked.json:
        print(json.dumps({"folder": str(backups), "backups": [places.moment_of(name).isoformat() for name in names]}))
        return 0
    for name in names:
        print(f"{name}  {spoken_size(sum(file.stat().st_size for file in (backups / name).iterdir()))}")
    print(f"{len(names)} bản sao lưu ở {backups}.")
    return 0


def _check(data: Path, backups: Path, _asked: Namespace) -> int:
    """Read the newest backup back, contents and all."""
    chosen = opened(backups, places.newest(backups), _own_key(data))
    return _told([*read_parts(chosen), *read_contents(chosen)])


def _drill(data: Path, backups: Path, _asked: Namespace) -> int:
    """Restore the newest backup into a place that is thrown away."""
    chosen = opened(backups, places.newest(backups), _own_key(data))
    seen = drill(actor=Actor.system(), at=clock.now(), data=data, backup=chosen, say=_say)
    print(f"{'✓' if seen.is_well else '✗'} {seen.sentence}")
    return 0 if seen.is_well else 1


def _show_key(data: Path, _backups: Path, _asked: Namespace) -> int:
    """Print the key, to be written down."""
    print(_own_key(data).written)
    return 0


def restore(asked: Namespace) -> int:
    """Bring a house back from a backup."""
    data = data_folder(asked.data)
    backups = Path(asked.source).expanduser().resolve() if asked.source else places.backups_folder(data)
    until = _moment(asked.to) if asked.to else None
    name = places.newest(backups, until)
    chosen = opened(backups, name, _given_key(asked.key, data))
    plan = replay_to(backups, until, places.moment_of(name)) if until else None
    print(f"Khôi phục bản sao lưu lúc {places.told(name)} vào {data}", flush=True)
    _say_how_far(backups, name, until, plan)
    try:
        if plan:
            replay(backup=chosen, plan=plan, data=data, replace=asked.replace, say=_say)
        else:
            bring_back(backup=chosen, data=data, replace=asked.replace, say=_say)
    except OSError as error:
        raise Trouble(
            f"Khôi phục chưa xong: {error.filename or data}: {error.strerror}. Chưa thay gì ở {data}."
        ) from error
    print(f"✓ Đã khôi phục. Chạy: tram run --data {data}")
    return 0


def _say_how_far(backups: Path, name: str, until: datetime | None, plan: Replay | None) -> None:
    """Up to when the restored house will be, and how to come further."""
    end = covered_until(backups)
    if plan:
        moment = plan.until or end
        print(f"  ! Phát lại nhật ký ghi trước đến {moment:%H:%M:%S ngày %d/%m/%Y}; việc làm sau lúc ấy không có.")
    elif until:
        print(f"  ! Bản gần nhất không muộn hơn {until:%H:%M ngày %d/%m/%Y}; việc làm sau bản này không có trong đó.")
    elif end and end > places.moment_of(name):
        print(
            f'  ! Nhật ký ghi trước có đến {end:%H:%M:%S ngày %d/%m/%Y}. Muốn cả việc đến lúc ấy: thêm --to "{end + A_MOMENT:%Y-%m-%d %H:%M:%S}"'
        )


def _given_key(given: str | None, data: Path) -> RecoveryKey:
    if given:
        return read_key(Path(given))
    if key := kept_key(data):
        return key
    if not stdin.isatty():
        raise Trouble(f"Thiếu khóa khôi phục: không có {key_place(data)}. Chỉ tệp khóa: --key TỆP")
    return RecoveryKey.read(getpass("Khóa khôi phục (9 nhóm 4 ký tự): "))


def _moment(text: str) -> datetime:
    for form in FORMS:
        try:
            found = datetime.strptime(text, form).replace(tzinfo=clock.LOCAL)
        except ValueError:
            continue
        return found if "H" in form else found.replace(hour=23, minute=59, second=59)
    raise Trouble(f'Không hiểu thời điểm “{text}”. Viết như: --to "2026-03-12 14:00"')


def upgrade(asked: Namespace, why_not: str) -> int:
    """Rehearse the upgrade on a fresh backup; with `--now` carry it out on the house."""
    if why_not:
        raise Trouble(why_not)
    data = data_folder(asked.data)
    backups = places.backups_folder(data)
    if not asked.now:
        _rehearse(data, _saved(data, backups, places.KEEP))
        print(f"Nâng cấp thật: dừng Trạm, rồi tram upgrade --now --data {data}")
        return 0
    with alone(data):
        saved = _saved(data, backups, places.KEEP)
        if rehearsed(data, clock.now()) is None:
            _rehearse(data, saved)
        bring_up(actor=Actor.system(), at=clock.now(), data=data, backup=saved, say=_say)
    print(f"✓ Đã nâng cấp. Chạy: tram run --data {data}. Bản trước khi nâng: {saved.place}")
    return 0


def _rehearse(data: Path, saved: Opened) -> None:
    print("Diễn tập nâng cấp trên bản sao lưu vừa làm", flush=True)
    found = rehearse(data=data, backup=saved, at=clock.now(), say=_say)
    seconds = f"{found['seconds']:.1f}".replace(".", ",")
    print(f"✓ Diễn tập xong trong {seconds} giây: nâng cấp được, hệ thống thật chưa bị chạm tới.")


def _told(lines: list[Seen]) -> int:
    for seen in lines:
        _say(seen)
    return 0 if all(seen.ok for seen in lines) else 1


def _say(seen: Seen) -> None:
    print(f"  {'✓' if seen.ok else '✗'} {seen.sentence}", flush=True)
