"""Passwords and PINs that must be used again, kept under a key derived from the installation's."""

import base64
import hashlib

from cryptography.fernet import Fernet


def key_password(secret: str) -> str:
    """The password of the key files that this installation makes."""
    return hashlib.sha256(b"signing.keys:" + secret.encode()).hexdigest()


def seal(text: str, secret: str) -> bytes:
    """Encrypt a password or PIN."""
    return _fernet(secret).encrypt(text.encode())


def unseal(sealed: bytes, secret: str) -> str:
    """Read it again; raises cryptography.fernet.InvalidToken when the installation's key has changed."""
    return _fernet(secret).decrypt(bytes(sealed)).decode()


def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"signing.secret:" + secret.encode()).digest()))
