"""People and units are found while typing: by anybody who has signed in, one's own agency first."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tram.identity.commands.accounts import close_account
from tram.identity.models import Account
from tram.kernel.actors import ANONYMOUS, Actor
from tram.organisation.plugs import People

pytestmark = pytest.mark.django_db


def found(actor: Actor, text: str) -> list[tuple[str, str]]:
    return [(entry.kind, entry.title) for entry in People().find(actor, AT.date(), text, 4)]


def test_a_person_is_found_by_the_beginnings_of_words_with_or_without_marks(cast: Cast) -> None:
    hoa = cast.actor("hoa")
    assert ("Người", hoa.name) in found(hoa, "hoa") and ("Người", hoa.name) in found(hoa, hoa.name)
    assert all(kind == "Đơn vị" for kind, _ in found(hoa, "oa"))
    assert found(hoa, "zzz") == [] and found(hoa, "  ") == []


def test_a_unit_is_found_by_its_abbreviation_and_leads_to_its_page(cast: Cast, client: Client) -> None:
    hoa = cast.actor("hoa")
    entry = next(one for one in People().find(hoa, AT.date(), "vien thong", 4) if one.kind == "Đơn vị")
    assert cast.telecoms.name in (entry.title, entry.line.split(", ")[0]) or "Viễn thông" in entry.title
    assert cast.signed_in(client, "hoa").get(entry.url).status_code == 200


def test_a_visitor_finds_nobody_and_who_left_is_not_found(cast: Cast, client: Client) -> None:
    lan = cast.actor("lan")
    assert found(ANONYMOUS, "lan") == [] and client.get("/tim/goi-y", {"q": "lan"}).json() == {"hits": []}
    close_account(actor=Actor.system(), at=AT, account=Account.objects.get(login="lan"))
    assert ("Người", lan.name) not in found(cast.actor("hoa"), "lan")


def test_the_palette_gets_people_units_and_letters_in_one_answer(cast: Cast, client: Client) -> None:
    hits = cast.signed_in(client, "hoa").get("/tim/goi-y", {"q": "hoa"}).json()["hits"]
    person = next(hit for hit in hits if hit["kind"] == "Người")
    assert person["url"].startswith("/to-chuc/vi-tri/") and person["line"]
    assert cast.signed_in(client, "hoa").get("/tim/goi-y", {"q": "h\x00"}).json() == {"hits": []}


def test_finding_costs_two_queries_however_many_fit(cast: Cast, django_assert_num_queries: Any) -> None:
    hoa = cast.actor("hoa")
    with django_assert_num_queries(2):
        assert People().find(hoa, AT.date(), "n", 50)
