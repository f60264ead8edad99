"""What leaves the house: only the browser reads it, its length tells nothing, and it says truly from whom it is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from tests.notifications.pushing import FCM, Browser, claims
from tram.notifications.rules.sealing import HouseKey, authorization, bytes64, is_point, message, sealed, text64, topic

AT = datetime(2026, 11, 18, 10, 20, tzinfo=UTC)
KEY = HouseKey.new()
RFC = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl"
    "95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_browser_of_these_tests_opens_the_example_of_the_standard() -> None:
    """RFC 8291, section 5: so what it opens of ours is sealed as the standard says."""
    number = int.from_bytes(bytes64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    browser = Browser(ec.derive_private_key(number, ec.SECP256R1()), bytes64("BTBZMqHH6r4Tts7J_aSIgg"))
    assert browser.opened(bytes64(RFC)) == b"When I grow up, I want to be a watermelon"


def test_only_its_browser_opens_a_message_and_every_sealing_differs() -> None:
    browser, text = Browser(), message("Việc mới", "/viec/12", "abc")
    first, second = (sealed(text, browser.point, browser.auth) for _ in range(2))
    assert browser.told(first) == {"title": "Việc mới", "url": "/viec/12", "tag": "abc"}
    assert first[:16] != second[:16] and first[21:86] != second[21:86]
    for other in (Browser(), Browser(browser.private, b"another auth 16b")):
        with pytest.raises(InvalidTag):
            other.opened(first)


def test_the_length_of_a_message_does_not_tell_its_kind() -> None:
    browser = Browser()
    lengths = {
        len(sealed(message(title, url, "t" * 32), browser.point, browser.auth))
        for title, url in (("Việc mới", "/viec/1"), ("Hồ sơ nộp lưu bị trả lại", "/ho-so/123456789"))
    }
    assert lengths == {16 + 4 + 1 + 65 + 512 + 16} and max(lengths) <= 4096


def test_a_message_names_its_sender_to_one_service_for_half_a_day() -> None:
    told = claims(authorization(KEY, FCM + "abc", "https://tram.laocai.gov.vn", AT))
    assert told["aud"] == "https://fcm.googleapis.com" and told["sub"] == "https://tram.laocai.gov.vn"
    assert timedelta(hours=11) < datetime.fromtimestamp(told["exp"], UTC) - AT <= timedelta(hours=24)


def test_a_token_serves_an_hour_and_no_other_service() -> None:
    now, soon, later, other = (
        authorization(KEY, to, "https://a.vn", at)
        for to, at in (
            (FCM, AT),
            (FCM + "x", AT.replace(minute=59)),
            (FCM, AT + timedelta(hours=1)),
            ("https://b.vn", AT),
        )
    )
    assert now == soon and len({now, later, other}) == 3


def test_a_foreign_signature_does_not_pass() -> None:
    ours, theirs = (authorization(key, FCM, "https://a.vn", AT) for key in (KEY, HouseKey.new()))
    with pytest.raises(InvalidSignature):
        claims(ours.partition(", k=")[0] + ", k=" + theirs.partition(", k=")[2])


def test_a_topic_fits_the_header_and_cannot_be_guessed_without_the_secret() -> None:
    one = topic("tasks.task/12", 7, "secret")
    assert one == topic("tasks.task/12", 7, "secret") and len(one) == 32 and bytes64(one)
    others = {topic("tasks.task/13", 7, "secret"), topic("tasks.task/12", 8, "secret"), topic("tasks.task/12", 7, "x")}
    assert len({one, *others}) == 4


def test_the_key_is_kept_as_a_file_and_read_again() -> None:
    assert HouseKey(KEY.pem).public == KEY.public and is_point(bytes64(KEY.public))
    with pytest.raises(ValueError):
        _ = HouseKey(b"rot").public


@pytest.mark.parametrize("text", ["a b", "a+/=", "đ", "abcde", "A" * 5 + "\n", "_w==", "_x"])
def test_what_is_no_base64url_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        bytes64(text)


def test_a_point_off_the_curve_is_none() -> None:
    good = Browser().point
    assert is_point(good) and not is_point(good[:-1]) and not is_point(b"\x04" + bytes(64)) and not is_point(b"")
    assert json.loads(message("a", "b", "c")) and text64(b"\xff\xfe") == "__4"
