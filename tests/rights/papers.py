"""Small files that the table sends: a certificate that its own authority issued, a picture."""

from datetime import timedelta
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from PIL import Image

from tests.cast import AT


@cache
def own_certificate() -> bytes:
    """Issued by itself: the scene trusts it as an authority, the table enrols it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nơi cấp của cảnh")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(7).not_valid_before(AT - timedelta(days=9)).not_valid_after(AT + timedelta(days=900))
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 200, 90)).save(out, "PNG")
    return out.getvalue()


PNG = _png()
