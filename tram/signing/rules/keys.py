"""Where keys lie: in an encrypted file, in a PKCS#11 token, or with a service that signs far away.

Each adapter is a way to open a pyHanko signer for the length of one signature. Only the signing program imports this.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from asn1crypto import x509
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import ExternalSigner, Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tram.signing.rules.words import Trouble


class Keeper(Protocol):
    """Nơi giữ khóa: opens a signer from what the certificate's row says of the key's place."""

    def __call__(self, told: dict[str, Any], chain: list[x509.Certificate]) -> AbstractContextManager[Signer]: ...


@contextmanager
def file_key(told: dict[str, Any], chain: list[x509.Certificate]) -> Iterator[Signer]:
    """PKCS#12, encrypted under `password`."""
    try:
        signer = SimpleSigner.load_pkcs12(told["path"], passphrase=told["password"].encode(), other_certs=chain)
    except (OSError, ValueError) as error:
        raise Trouble("key_missing") from error
    if signer is None:
        raise Trouble("key_locked")
    yield signer


@contextmanager
def token_key(told: dict[str, Any], chain: list[x509.Certificate]) -> Iterator[Signer]:
    """PKCS#11: a USB token, a module in the server, or SoftHSM. `settings` are the module's own variables."""
    os.environ.update(told["settings"])
    try:
        session = open_pkcs11_session(
            told["module"], token_criteria=TokenCriteria(label=told["token"]), user_pin=told["pin"]
        )
    except (PinIncorrect, PinLenRange) as error:
        raise Trouble("pin_wrong") from error
    except PinLocked as error:
        raise Trouble("pin_locked") from error
    except (PKCS11Error, OSError, RuntimeError) as error:
        raise Trouble("token_missing") from error
    with session:
        certificate = x509.Certificate.load(bytes.fromhex(told["certificate"]))
        yield PKCS11Signer(session, signing_cert=certificate, key_label=told["key"], ca_chain=chain)


@contextmanager
def outside_key(told: dict[str, Any], chain: list[x509.Certificate]) -> Iterator[Signer]:
    """The key of a remote service: the signature comes later, so a place as large as the largest is kept free."""
    certificate = x509.Certificate.load(bytes.fromhex(told["certificate"]))
    store = SimpleCertificateStore.from_certs([certificate, *chain])
    yield ExternalSigner(certificate, store, signature_value=told.get("signature") or 512)


KEEPERS: dict[str, Keeper] = {"KeyFile": file_key, "Token": token_key, "Outside": outside_key}


def opened(key: dict[str, Any], chain: list[x509.Certificate]) -> AbstractContextManager[Signer]:
    """The signer of a key as it came over the wire: {"kind": "KeyFile", …}."""
    keeper: Callable[..., AbstractContextManager[Signer]] = KEEPERS[key["kind"]]
    return keeper(key, chain)
