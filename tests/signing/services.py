"""A licensed provider's twin on loopback: its own root, a signer's certificate that names a revocation list's address, and
RFC 3161 time-stamps over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

PASSWORD = b"mat khau tep khoa"


@dataclass
class Provider:
    """Nhà cung cấp: what it serves, what it was asked."""

    address: str = ""
    root: x509.Certificate | None = None
    asked: list[str] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    is_mute: bool = False

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.stamping = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def certificate(
        self, name: str, public: rsa.RSAPublicKey, *, is_root: bool = False, stamps: bool = False
    ) -> x509.Certificate:
        """A certificate of this provider's; all but the root name the list's address."""
        now = datetime.now(UTC)
        issuer = _name("Nhà cung cấp song sinh, gốc")
        built = x509.CertificateBuilder().subject_name(issuer if is_root else _name(name)).issuer_name(issuer)
        built = built.public_key(public).serial_number(x509.random_serial_number())
        built = built.not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=300))
        built = built.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        built = built.add_extension(
            x509.KeyUsage(not is_root, not is_root and not stamps, False, False, False, is_root, is_root, False, False),
            critical=True,
        )
        built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        built = built.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
        )
        if not is_root:
            point = x509.DistributionPoint(
                [x509.UniformResourceIdentifier(f"{self.address}/list.crl")], None, None, None
            )
            built = built.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        if stamps:
            built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return built.sign(self.key, SHA256())

    def open(self) -> None:
        """Found itself, publish an empty list."""
        self.root = self.certificate("", self.key.public_key(), is_root=True)
        stamps = self.certificate("Dấu thời gian song sinh", self.stamping.public_key(), stamps=True)
        key = keys.PrivateKeyInfo.load(self.stamping.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        self.stamper = DummyTimeStamper(asn1_x509.Certificate.load(stamps.public_bytes(Encoding.DER)), key)
        now = datetime.now(UTC)
        built = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        built = built.last_update(now - timedelta(hours=1)).next_update(now + timedelta(days=1))
        built = built.add_extension(x509.CRLNumber(1), critical=False)
        key_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = built.add_extension(key_id, critical=False).sign(self.key, SHA256())
        self.answers["/list.crl"] = made.public_bytes(Encoding.DER)

    def signer(self, name: str) -> tuple[x509.Certificate, bytes]:
        """A person's certificate and their key file."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        made = self.certificate(name, key.public_key())
        packed = pkcs12.serialize_key_and_certificates(b"x", key, made, [self.root], BestAvailableEncryption(PASSWORD))
        return made, packed


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


@contextmanager
def serving() -> Iterator[Provider]:
    """The provider behind a real socket of this machine."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(provider.answers.get(self.path, b""), "application/pkix-crl")

        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            stamp = b"" if provider.is_mute else provider.stamper.request_tsa_response(request).dump()
            self._say(stamp, "application/timestamp-reply")

        def _say(self, content: bytes, kind: str) -> None:
            provider.asked.append(f"{self.command} {self.path}")
            self.send_response(200 if content else 503)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    provider.open()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
