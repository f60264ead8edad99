"""Which modules may speak to another machine: none fetches what somebody typed. Each of them has its own tests of where it may go."""

import re

from tests.house.plan import TRAM

OUT = re.compile(
    r"^\s*(?:from|import) (?:socket|http|smtplib|ftplib|requests|httpx|aiohttp|urllib3|urllib\.request)\b"
    r"|\b(?:send_mail|EmailMessage|HTTPTimeStamper|urlopen)\b",
    re.MULTILINE,
)
MAY = {
    "alerts/jobs.py": "mail to readers, through the one server that the installation names (tests/alerts)",
    "notifications/jobs.py": "mail, through the one server that the installation names",
    "notifications/rules/services.py": "push, to the services that the installation names (tests/notifications/test_services.py)",
    "signing/rules/sealing.py": "the time stamping authority that the installation names (tests/signing/test_services.py)",
    "site/supervisor.py": "whether a port is free, whether our own web process answers",
}
"""`bench` asks this house from outside, and no page asks `bench`."""


def test_nothing_else_opens_a_connection() -> None:
    places = {path.relative_to(TRAM).as_posix() for path in TRAM.rglob("*.py") if OUT.search(path.read_text())}
    assert {place for place in places if not place.startswith("bench/")} == set(MAY), "say why, test where it may go"
