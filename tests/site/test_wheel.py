"""A wheel is the whole product: built outside the checkout, installed elsewhere, it finds its law, its pages and its fonts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_AT_HOME = {".pyc"}


def ran(command: list[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRAM_", "DATABASE", "DJANGO"))}
    return subprocess.run(command, cwd=cwd, env=kept | environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel lies installed, without what it depends on; far from the checkout."""
    source, wheels, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "installed"))
    for name in ("tram", "catalogue"):
        shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    built = ran([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), "."], source)
    assert built.returncode == 0, built.stderr
    wheel = next(wheels.glob("tram-*.whl"))
    placed = ran([*pip, "install", "--no-deps", "--no-compile", "--target", str(target), str(wheel)], wheels)
    assert placed.returncode == 0, placed.stderr
    return target


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, links followed, caches left out."""
    return {
        str(Path(place).relative_to(folder) / name): (Path(place) / name).read_bytes()
        for place, _, names in os.walk(folder, followlinks=True)
        for name in names
        if Path(name).suffix not in LEFT_AT_HOME
    }


def test_every_file_of_the_product_is_in_the_wheel(installed: Path) -> None:
    ours, theirs = files(ROOT / "tram"), files(installed / "tram")
    scripts = {name for name in ours if name.endswith(".sh")}
    assert ours.keys() - theirs.keys() == scripts, "name them in pyproject.toml, [tool.setuptools.package-data]"
    assert theirs.keys() <= ours.keys()
    assert not [name for name in theirs if theirs[name] != ours[name]]
    law = files(ROOT / "catalogue")
    assert law and {f"catalogue/{name}": words for name, words in law.items()}.items() <= theirs.items()


def test_the_console_of_the_wheel_explains_itself(installed: Path, tmp_path: Path) -> None:
    said = ran([str(installed / "bin" / "tram"), "--help"], tmp_path, PYTHONPATH=str(installed))
    assert said.returncode == 0 and "cách dùng: tram" in said.stdout, said.stderr


def test_the_doctor_of_the_wheel_finds_the_law_and_the_fonts(installed: Path, tmp_path: Path) -> None:
    asked = [str(installed / "bin" / "tram"), "doctor", "--json", "--data", str(tmp_path / "data")]
    said = ran(asked, tmp_path, PYTHONPATH=str(installed))
    assert "Traceback" not in said.stderr and said.returncode == 1, said.stderr
    found = json.dumps(json.loads(said.stdout), ensure_ascii=False)
    assert "Phông chữ Be Vietnam Pro có đủ." in found
    assert f"{len(list((ROOT / 'catalogue').rglob('*.yaml')))} tệp danh mục đọc được." in found


def asked_of(place: Path, cwd: Path, **environment: str) -> str:
    """Which catalogue the settings name, and whether the calendar of 2026 and the kinds of papers are read from it."""
    code = (
        "from django.conf import settings; import tram; from tram.documents.rules import kinds;"
        "from tram.vietnamese.calendar import WorkingCalendar as C; C.load(); assert kinds()['Công văn'] is not None;"
        "print(tram.__file__, settings.TRAM_CATALOGUE)"
    )
    told = {"PYTHONPATH": str(place), "DJANGO_SETTINGS_MODULE": "tram.site.settings", **environment}
    said = ran([sys.executable, "-c", code], cwd, **told)
    assert said.returncode == 0, said.stderr
    return said.stdout.strip()


def test_the_catalogue_is_found_in_the_wheel_in_the_checkout_and_where_it_is_told(
    installed: Path, tmp_path: Path
) -> None:
    for place in (installed, ROOT):
        assert asked_of(place, tmp_path) == f"{place}/tram/__init__.py {place}/tram/catalogue"
    amended = shutil.copytree(ROOT / "catalogue", tmp_path / "amended")
    assert asked_of(installed, tmp_path, TRAM_CATALOGUE=str(amended)).endswith(f" {amended}")
