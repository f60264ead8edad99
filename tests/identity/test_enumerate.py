"""Nobody learns from the clock which accounts exist."""

from random import Random
from time import perf_counter
from typing import Any

from django.contrib.auth.hashers import ScryptPasswordHasher, make_password

from tests.cast import Cast
from tests.identity.people import enter
from tram.identity.models import Account, Attempt
from tram.kernel import clock

ROUNDS = 200


class CheapScrypt(ScryptPasswordHasher):
    """A sixteenth of the work, so that anything else that differs stands out sixteen times clearer."""

    algorithm = "cheap"
    work_factor = 2**10


def _auc(known: list[float], unknown: list[float]) -> float:
    """How well a threshold on the time tells known from unknown: 0.5 is not at all, 1 always."""
    share = sum((a > b) + (a == b) / 2 for a in known for b in unknown) / (len(known) * len(unknown))
    return max(share, 1 - share)


def test_the_time_of_an_answer_does_not_tell_known_from_unknown(cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CheapScrypt"]
    Account.objects.update(password=make_password("một câu rất dài"))
    times: dict[bool, list[float]] = {True: [], False: []}
    order = [True, False] * ROUNDS
    Random(7).shuffle(order)
    at = clock.now()
    for turn, known in enumerate(order):
        Attempt.objects.all().delete()
        begun = perf_counter()
        enter("hoa" if known else "khong-co-ai", "sai", at, f"203.0.113.{turn % 200}")
        times[known].append(perf_counter() - begun)
    assert _auc(times[True], times[False]) <= 0.6
