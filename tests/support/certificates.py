"""A certificate authority of a test's own, and a certificate it gave to the server `localhost`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificate:
    """Files: whom to trust, what the server shows, its key."""

    authority: Path
    chain: Path
    key: Path


def for_localhost(folder: Path) -> Certificate:
    """Good for a day, for the name `localhost` and no address."""
    made = Certificate(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    authority, server = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root = _signed("Invented Authority", authority, None, authority, is_authority=True)
    leaf = _signed("localhost", server, root, authority, is_authority=False)
    made.authority.write_bytes(root.public_bytes(Encoding.PEM))
    made.chain.write_bytes(leaf.public_bytes(Encoding.PEM))
    made.key.write_bytes(server.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def _signed(
    name: str,
    key: EllipticCurvePrivateKey,
    by: x509.Certificate | None,
    by_key: EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.subject if by is not None else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if not is_authority:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return built.sign(by_key, SHA256())
