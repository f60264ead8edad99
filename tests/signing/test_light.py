"""What signs stays out of the web worker; what is asked of it is bounded."""

import subprocess
import sys
from pathlib import Path

import pytest

from tram.signing.rules import asking
from tram.signing.rules.words import Trouble

HEAVY = ("pyhanko", "asn1crypto", "aiohttp", "pkcs11", "lxml")


def test_the_web_worker_loads_nothing_that_signs() -> None:
    program = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tram.site.settings'; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns; import tram.signing.commands.away;"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""


def test_an_order_that_takes_too_long_is_ended_and_the_next_one_is_carried_out(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="quá lâu"):
        asking.ask("judge", {"source": "/dev/zero", "at": "2026-11-16T09:00:00+07:00", "trusted": []}, seconds=0)
    with pytest.raises(Trouble, match="trục trặc"):
        asking.ask("judge", {"source": str(tmp_path / "khong-co"), "at": "2026-11-16T09:00:00+07:00", "trusted": []})


def test_a_program_that_died_while_it_rested_is_passed_over() -> None:
    asking.warm()
    asking._resting[-1].kill()
    asking._resting[-1].wait()
    with pytest.raises(Trouble, match="trục trặc"):
        asking.ask("judge", {"source": "/khong/co", "at": "2026-11-16T09:00:00+07:00", "trusted": []})
