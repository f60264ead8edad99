"""What goes to a push service: a message that only the browser can read (RFC 8291), and who sends it (RFC 8292)."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

CURVE = ec.SECP256R1()
POINT_BYTES, AUTH_BYTES = 65, 16
RECORD = 4096
STEP = 512
"""Messages are filled up to a multiple of this, so that their length does not tell their kind."""
TOKEN_LIFE = timedelta(hours=12)
TOPIC_BYTES = 24


def text64(data: bytes) -> str:
    """Bytes as these protocols write them: base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes64(text: str) -> bytes:
    """The bytes of such a text; raises ValueError where it is none."""
    found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if text64(found) != text:
        raise ValueError("no base64url")
    return found


@dataclass(frozen=True, slots=True)
class HouseKey:
    """Khóa đẩy: tells push services that a message is from this installation; browsers subscribe to its public half."""

    pem: bytes

    @classmethod
    def new(cls) -> "HouseKey":
        """A fresh one."""
        made = ec.generate_private_key(CURVE)
        return cls(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The key itself; raises ValueError where the file holds another kind of thing."""
        key = load_pem_private_key(self.pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("no key of the curve P-256")
        return key

    @property
    def public(self) -> str:
        """What browsers are given."""
        return text64(_point(self.private.public_key()))


def message(title: str, url: str, tag: str) -> bytes:
    """What the browser is told: never more than the kind of thing, and where it stands."""
    return json.dumps({"title": title, "url": url, "tag": tag}, ensure_ascii=False).encode()


def topic(about: str, account: int, secret: str) -> str:
    """What messages about one thing have in common: a later one takes the place of an earlier one that still waits.

    A push service reads it, so it is not to be guessed from.
    """
    return text64(digest(secret.encode(), f"notifications.topic:{account}:{about}".encode(), sha256)[:TOPIC_BYTES])


def is_point(data: bytes) -> bool:
    """Whether these bytes are a browser's public key."""
    try:
        return len(data) == POINT_BYTES and bool(ec.EllipticCurvePublicKey.from_encoded_point(CURVE, data))
    except ValueError:
        return False


def sealed(text: bytes, point: bytes, auth: bytes) -> bytes:
    """A message for the one browser whose public key and secret these are (RFC 8291, coding aes128gcm of RFC 8188)."""
    once, salt = ec.generate_private_key(CURVE), os.urandom(16)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    ours = _point(once.public_key())
    secret = HKDF(SHA256(), 32, auth, b"WebPush: info\0" + point + ours).derive(shared)
    key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    filled = text + b"\x02" + bytes(-(len(text) + 1) % STEP)
    return salt + RECORD.to_bytes(4, "big") + bytes([POINT_BYTES]) + ours + AESGCM(key).encrypt(nonce, filled, None)


def authorization(key: HouseKey, endpoint: str, contact: str, at: datetime) -> str:
    """The header that names the sender. One token serves an hour: a service may refuse who makes them anew each time."""
    parts = urlsplit(endpoint)
    hour = int(at.timestamp()) // 3600 * 3600
    return f"vapid t={_token(key, f'{parts.scheme}://{parts.netloc}', contact, hour)}, k={key.public}"


@lru_cache(maxsize=64)
def _token(key: HouseKey, origin: str, contact: str, hour: int) -> str:
    claims = {"aud": origin, "exp": hour + int(TOKEN_LIFE.total_seconds()), "sub": contact}
    told = ".".join(text64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.private.sign(told.encode(), ec.ECDSA(SHA256())))
    return f"{told}.{text64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
