"""Certificates for tests, good and bad, made anew for each run.

    python3 certificates.py FOLDER

leaves in FOLDER: `ca.pem`, `other-ca.pem`, and for each name of `LEAVES` `NAME.pem` (the certificate)
and `NAME.key`; further `encrypted.key`, the key of `good` behind a passphrase.
"""

from __future__ import annotations

import datetime
import ipaddress
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
Pair = tuple[x509.Certificate, Key]

DAY = datetime.timedelta(days=1)

# What each certificate is for, and its first and last day counted from today.
LEAVES: dict[str, tuple[list[str], int, int]] = {
    "good": (["backend.example", "localhost", "127.0.0.1"], -1, 1),
    "renewed": (["backend.example", "localhost", "127.0.0.1"], -1, 2),
    "names": (["a.example", "b.example"], -1, 1),
    "address": (["127.0.0.1"], -1, 1),
    "wildcard": (["*.backend.example"], -1, 1),
    "expired": (["backend.example", "127.0.0.1"], -3, -1),
    "future": (["backend.example", "127.0.0.1"], 1, 3),
}


def make(folder: Path) -> None:
    """Writes all of them. `folder` must exist."""
    authority = _signed("test authority", [], -30, 30, None)
    stranger = _signed("another authority", [], -30, 30, None)
    _write_certificate(folder / "ca.pem", authority[0])
    _write_certificate(folder / "other-ca.pem", stranger[0])
    for name, (names, first, last) in LEAVES.items():
        _write(folder, name, _signed(name, names, first, last, authority))
    _write(folder, "unknown", _signed("unknown", ["backend.example", "127.0.0.1"], -1, 1, stranger))
    _write(folder, "self", _signed("self", ["backend.example", "127.0.0.1"], -1, 1, None))
    _encrypt(folder / "good.key", folder / "encrypted.key")


def _signed(title: str, names: list[str], first: int, last: int, issuer: Pair | None) -> Pair:
    """A new pair: an authority when it is for no name, signed by itself without an issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    now = datetime.datetime.utcnow()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + first * DAY)
        .not_valid_after(now + last * DAY)
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
    )
    if names:
        alternatives = x509.SubjectAlternativeName([_general_name(name) for name in names])
        builder = builder.add_extension(alternatives, critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(folder: Path, name: str, pair: Pair) -> None:
    _write_certificate(folder / f"{name}.pem", pair[0])
    (folder / f"{name}.key").write_bytes(_pem(pair[1], serialization.NoEncryption()))


def _write_certificate(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _encrypt(plain: Path, encrypted: Path) -> None:
    key = serialization.load_pem_private_key(plain.read_bytes(), None)
    encrypted.write_bytes(_pem(key, serialization.BestAvailableEncryption(b"secret")))


def _pem(key: Key, encryption: serialization.KeySerializationEncryption) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             encryption)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
