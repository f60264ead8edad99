"""What is sealed opens with its key alone, whole, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tram.keeping.rules.recovery import RecoveryKey, kept_key, make_key
from tram.keeping.rules.sealing import HEAD, PIECE, TAG, Sealer, Stream, sealed_size, unsealed
from tram.site.trouble import Trouble

KEY = RecoveryKey.new()


def sealed(place: Path, content: bytes) -> Path:
    sealer = Sealer(place, KEY)
    for at in range(0, len(content), 300_000):
        sealer.write(content[at : at + 300_000])
    sealer.close()
    return place


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_went_in_comes_out_and_the_size_is_known_before(tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    place = sealed(tmp_path / "a", content[:size])
    assert b"".join(unsealed(place, KEY)) == content[:size]
    assert place.stat().st_size == sealed_size(size)
    assert place.stat().st_mode & 0o077 == 0


def wrongs() -> Iterator[tuple[str, int, bytes]]:
    whole = HEAD + PIECE + TAG
    yield from ((f"byte {at}", at, b"") for at in (0, HEAD - 1, HEAD, whole - 1, whole, whole + TAG))
    yield from ((f"cut at {at}", -at, b"") for at in (1, HEAD - 1, HEAD, HEAD + TAG, whole - 1, whole, whole + 1))


@pytest.mark.parametrize(("at"), [at for _, at, _ in wrongs()], ids=[name for name, _, _ in wrongs()])
def test_a_turned_byte_and_a_cut_are_found_out_wherever_they_are(tmp_path: Path, at: int) -> None:
    place = sealed(tmp_path / "a", b"x" * (PIECE + 100))
    content = bytearray(place.read_bytes())
    if at < 0:
        del content[-at:]
    else:
        content[at] ^= 1
    place.write_bytes(content)
    with pytest.raises(Trouble):
        b"".join(unsealed(place, KEY))


def test_pieces_that_change_places_are_found_out(tmp_path: Path) -> None:
    place = sealed(tmp_path / "a", b"x" * PIECE + b"y" * PIECE + b"z")
    content, step = place.read_bytes(), PIECE + TAG
    first, second = content[HEAD : HEAD + step], content[HEAD + step : HEAD + 2 * step]
    place.write_bytes(content[:HEAD] + second + first + content[HEAD + 2 * step :])
    with pytest.raises(Trouble, match="bị đổi"):
        b"".join(unsealed(place, KEY))


def test_another_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    place = sealed(tmp_path / "a", b"x")
    with pytest.raises(Trouble, match="không phải khóa"):
        b"".join(unsealed(place, RecoveryKey.new()))


def test_equal_contents_never_look_equal(tmp_path: Path) -> None:
    one, other = sealed(tmp_path / "a", b"x" * 100), sealed(tmp_path / "b", b"x" * 100)
    assert one.read_bytes()[HEAD:] != other.read_bytes()[HEAD:]
    assert KEY.hides("ab" * 32) != RecoveryKey.new().hides("ab" * 32)


def test_a_program_reads_in_steps_of_its_own(tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000
    stream = Stream(unsealed(sealed(tmp_path / "a", content), KEY))
    assert stream.read(10) + stream.read(PIECE) + stream.read() == content


def test_the_key_is_read_as_people_write_it_and_a_slip_is_noticed() -> None:
    assert RecoveryKey.read(f"  {KEY.written.lower().replace('-', ' ')} ") == KEY
    for at, letter in enumerate(KEY.letters):
        other = "A" if letter != "A" else "B"
        with pytest.raises(Trouble, match="9 nhóm"):
            RecoveryKey.read(KEY.letters[:at] + other + KEY.letters[at + 1 :])
    for text in ("", KEY.written[:-1], KEY.written + "A", "khóa", "0" * 36):
        with pytest.raises(Trouble, match="9 nhóm"):
            RecoveryKey.read(text)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    data = tmp_path / "house"
    assert kept_key(data) is None
    made = make_key(data)
    place = tmp_path / "house.recovery-key"
    assert make_key(data) == kept_key(data) == made and place.stat().st_mode & 0o777 == 0o600
