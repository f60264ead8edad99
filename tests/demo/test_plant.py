"""The demo province is planted through the commands, and stands as its plan says."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import which
from subprocess import run

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Q
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tram.audit.models import Event
from tram.audit.queries import Break, verify
from tram.demo.people import CAST, HOME, holders, staff
from tram.demo.plant import plant
from tram.demo.province import province
from tram.documents.models import Incoming, Proposal
from tram.documents.states import State
from tram.files.queries import open_blob
from tram.gazette.queries.public import Public, public, public_at
from tram.identity.models import Account, SignIn
from tram.indicators.models import Figure
from tram.indicators.queries.figures import latest, shown_of
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL, local
from tram.organisation.commands.posts import end_appointment
from tram.organisation.models import Appointment, NumberBook, Unit
from tram.organisation.queries import actor_of, seats_with_role
from tram.outgoing.models import Opinion, Outgoing, Report
from tram.outgoing.states import Asked, Way
from tram.outgoing.states import State as Out
from tram.search.queries import search
from tram.signing.queries import Report as FileReport
from tram.signing.queries import acts_about, own_certificates, report, seals_of
from tram.tasks.models import Task
from tram.tasks.queries import inbox
from tram.visits.models import Ranking
from tram.workfiles.models import Plan, WorkFile

NOW = datetime(2026, 11, 23, 13, 20, tzinfo=LOCAL)
LETTERS = 80
PASSING = {State.VERIFIED, State.ANSWERED, State.PURGED, State.SPLIT, State.REJOINED}
"""States that a letter of the demo does not rest in: the seal is checked for exchange alone, an answer closes at once,
scans of several letters are cut by eye."""


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The data folder of one planted province for all tests of this file; its rows are rolled back afterwards."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(TRAM_DATA=folder), transaction.atomic():
        plant(now=NOW, letters=LETTERS, progress=lambda line: None)
        yield folder
        transaction.set_rollback(True)


def person(login: str) -> Actor:
    return actor_of(Account.objects.get(login=login).pk, NOW.date())


def test_every_unit_and_everybody_stands_in_their_place(data: Path) -> None:
    assert Unit.objects.count() == len(province())
    assert {account.login for account in Account.objects.all()} == {one.login for one in staff()}
    assert Appointment.objects.count() == sum(len(one.seats) for one in staff())
    assert {hat.agency_name for hat in person("tuan").hats} == {"Sở Tài chính"}


def test_letters_rest_in_every_state(data: Path) -> None:
    home = Incoming.objects.filter(agency__abbr="SKHCN")
    assert set(home.values_list("state", flat=True)) == set(State) - PASSING
    assert home.count() == LETTERS


def test_numbers_have_no_gap_and_rise_with_time(data: Path) -> None:
    for book in NumberBook.objects.filter(agency__abbr="SKHCN", code__startswith="incoming"):
        rows = Incoming.objects.filter(agency=book.agency_id, book_code=book.code, year=book.year).order_by(
            "registered_at"
        )
        numbers = list(rows.values_list("arrival_number", flat=True))
        assert numbers == list(range(1, book.next_number)) and numbers


def test_the_audit_verifies_and_lies_in_the_past(data: Path) -> None:
    assert not [found for found in verify() if isinstance(found, Break)]
    moments = [local(at) for at in Event.objects.filter(about__startswith="documents").values_list("at", flat=True)]
    assert max(moments) <= NOW and {at.month for at in moments} == {9, 10, 11}


def test_a_month_of_the_portal_was_counted_and_published(data: Path) -> None:
    ranking = Ranking.objects.get()
    assert (ranking.publisher, ranking.month, local(ranking.at).date()) == (
        "Ủy ban nhân dân tỉnh Lào Cai", date(2026, 10, 1), date(2026, 11, 2)
    )  # fmt: skip
    assert [one.place for one in ranking.standings.order_by("place")] == list(range(1, 13))


def test_figures_stand_with_their_source_and_one_waits(data: Path) -> None:
    lines = {line.indicator.code: line for line in latest()}
    assert {
        "postal_service_points": "277",
        "internet_subscribers": "≥ 11.900",
        "portal_visit_rank": "5/56",
    }.items() <= {code: line.last.amount.text for code, line in lines.items()}.items()
    (density,) = shown_of(slugs=["mat-do-dien-thoai"])
    assert len(density.points) == 6 and len(lines) == 10 and density.points[1].corrections[0].amount.text == "131,2"
    assert Figure.objects.get(state="submitted", sheet=None).series.code == "agencies_with_lan"
    assert Figure.objects.filter(state="submitted", sheet__isnull=False).count() == 12


def test_sons_and_lans_lists_are_worth_opening(data: Path) -> None:
    for login in ("son", "lan", "thang"):
        assert inbox(person(login), NOW.date()).rows, login


def test_a_deputy_stands_in_for_another_who_is_away(data: Path) -> None:
    dung, other = holders(HOME, "deputy-director")[:2]
    assert other.name in [hat.principal_name for hat in person(dung.login).hats]


def test_the_office_chief_directs_because_it_was_lent_in_writing(data: Path) -> None:
    home, week = Unit.objects.get(abbr="SKHCN"), NOW.date() - timedelta(days=7)
    chief = Account.objects.get(login="minh").pk
    assert actor_of(chief, NOW.date()).leads(home.pk, NOW.date()) and not actor_of(chief, week).leads(home.pk, week)


def test_no_work_lies_with_nobody(data: Path) -> None:
    running = Task.objects.filter(ended_at=None).annotate(held=Count("holdings", filter=Q(holdings__until_at=None)))
    assert {task.held for task in running} == {1}
    for task in running:
        seats = [task.turn_post_id] if task.turn_post_id else []
        seats = seats or [seat.post for seat in seats_with_role("unit_head", task.turn_unit_id, NOW.date())]
        assert Appointment.objects.filter(post__in=seats, until=None).exists(), task.title


def test_what_waits_on_the_desk_has_been_read_by_the_machine(data: Path) -> None:
    waiting = Incoming.objects.filter(agency__abbr="SKHCN", state=State.ARRIVED)
    read = Proposal.objects.filter(document__in=waiting)
    assert 0 < read.count() <= waiting.count()
    for proposal in read:
        assert {"organ_name", "code_number", "code_notation", "issued_date"} <= set(proposal.fields)
        assert proposal.fields["code_number"]["value"] in proposal.text


def test_a_planted_letter_is_found_by_those_who_may_read_it(data: Path) -> None:
    letter = Incoming.objects.filter(state=State.CLOSED).earliest("pk")
    found = search(actor=person("son"), at=NOW, text=letter.subject)
    assert letter.url in [hit.url for hit in found.hits]
    assert search(actor=person("tuan"), at=NOW, text=letter.subject).hits == []


def test_letters_that_leave_rest_in_every_state(data: Path) -> None:
    left = Outgoing.objects.order_by("pk")
    assert set(left.values_list("state", flat=True)) >= {
        Out.DRAFTING, Out.UNIT_REVIEW, Out.CONTENT_CHECKED, Out.PRESENTED, Out.RETURNED, Out.APPROVED, Out.ISSUED,
        Out.REPLACED,
    }  # fmt: skip
    numbers = left.filter(number__isnull=False).order_by("number").values_list("number", "issued_date")
    assert [number for number, _ in numbers] == list(range(1, len(numbers) + 1))
    assert [day for _, day in numbers] == sorted(day for _, day in numbers)
    assert {row.code for row in Report.objects.filter(recipient__way=Way.EXCHANGE)} >= {"01", "03"}
    assert Opinion.objects.filter(state=Asked.WAITING).exists() and Opinion.objects.filter(state=Asked.GIVEN).exists()
    assert (
        NumberBook.objects.filter(code="outgoing", year=NOW.year).count() == Unit.objects.filter(is_agency=True).count()
    )
    assert not SignIn.objects.filter(ended_at=None).exists(), "nobody stays signed in"


def test_whoever_signs_and_every_seal_has_a_certificate(data: Path) -> None:
    for login in ("son", "dung", "minh", "binh"):
        assert own_certificates(person(login), NOW)[0].is_test
    assert seals_of(Unit.objects.get(abbr="SKHCN", is_agency=True).pk, NOW)[0].has_picture


def judged(content: bytes, place: Path) -> FileReport:
    place.write_bytes(content)
    return report(place, NOW)


def test_an_issued_letter_is_signed_twice_and_unchanged_for_other_validators_too(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "van-ban.pdf"
    call_command("issued_letter", pdf=place)
    told = report(place, NOW)
    person_, seal = told.signatures
    assert told.verdict == "valid" and (person_.signer, seal.signer) == ("Đinh Quang Sơn", "Sở Khoa học và Công nghệ")
    assert (person_.level, seal.level) == ("B-LTA", "B-LTA") or seal.level == "B-LTA"
    assert person_.is_allowed_change and seal.locks and seal.covers_its_revision, seal.changes
    if validator := which("pdfsig"):
        said = run([validator, "-nocert", place], capture_output=True, text=True, check=False).stdout
        assert said.count("Signature Validation: Signature is Valid.") >= 2 and "not Valid" not in said, said
    broken = bytearray(place.read_bytes())
    broken[broken.index(b"<?xpacket") + 20] ^= 1
    assert judged(bytes(broken), tmp_path / "sua.pdf").verdict == "invalid", "one bit of its metadata"


def test_a_signature_holds_after_the_signer_has_left_the_post(data: Path, tmp_path: Path) -> None:
    letter = Outgoing.objects.filter(state=Out.ISSUED, is_on_paper=False).earliest("pk")
    with transaction.atomic():
        seat = Appointment.objects.get(account__login="son", until=None)
        end_appointment(actor=Actor.system(), at=NOW, appointment=seat, until=NOW.date() - timedelta(days=1))
        assert not person("son").hats
        assert letter.paper_id is not None
        content = open_blob(letter.paper_id).read_bytes()
        assert judged(content, tmp_path / "sau.pdf").verdict == "valid"
        assert [act.title for act in acts_about(letter.ref)][0] == "Giám đốc"
        transaction.set_rollback(True)


def test_the_passwords_of_the_cast_are_kept_for_the_owner_alone(data: Path) -> None:
    place = data / "accounts.json"
    assert place.stat().st_mode & 0o777 == 0o600
    rows = json.loads(place.read_text(encoding="utf-8"))
    assert [row["login"] for row in rows] == [one.login for one in CAST]
    assert len({row["password"] for row in rows}) == len(rows)
    hoa = Account.objects.get(login="hoa")
    assert check_password(rows[0]["password"], hoa.password)
    strangers = Account.objects.exclude(login__in=[one.login for one in CAST])
    assert not any(account.has_usable_password() for account in strangers)


def test_a_second_planting_is_refused_with_a_sentence(data: Path) -> None:
    with pytest.raises(CommandError, match="cơ sở dữ liệu trống"):
        call_command("plant_demo")


def test_what_is_settled_lies_in_files_of_an_approved_plan(data: Path) -> None:
    plan = Plan.objects.get()
    assert (plan.state, plan.year) == ("approved", 2026)
    lan = person("lan")
    own = WorkFile.objects.filter(creator__in=lan.posts(NOW.date()))
    assert set(own.values_list("retention", flat=True)) == {"exchange", "expertise", "informed"}
    assert WorkFile.objects.filter(papers__isnull=False).exists()


def test_a_handful_of_letters_is_public_and_one_of_them_was_replaced(data: Path) -> None:
    lines, following = public(NOW)
    assert len(lines) == 7 and not following and len({line.kind for line in lines}) == 5
    assert [line.holds for line in lines].count(False) == 2
    texts = [public_at(line.slug, NOW) for line in lines if line.paper]
    assert all(
        isinstance(one, Public) and one.line.issuer and one.signer and any(other.slug for other in one.related)
        for one in texts
    )
    lines = [line for line in lines if line.letter]
    whole = public_at(next(line.slug for line in lines if not line.holds), NOW)
    assert (
        isinstance(whole, Public)
        and whole.standing.startswith("Đã được thay thế bằng văn bản")
        and whole.related[0].slug
    )
