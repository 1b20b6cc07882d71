"""Credentials: what signs pictures, made on the first start or brought by the operator.

C2PA wants a leaf certificate issued by another one (C2PA 2.4, "Certificate Profile": digitalSignature, an
extended key usage, no CA). So a root is made, it issues one leaf, and its key is forgotten: nobody can issue
a second. Neither expires. Without a time stamping authority a picture verifies only while its certificate is
valid, and one drawn today should in twenty years.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KEY_FILE = "provenance.pem"
"""File of the data folder with key, leaf and root, readable by its owner only."""
ROOT_FILE = "provenance-root.pem"
"""File of the data folder to give away: what others need to recognise this server's pictures."""

FOREVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""RFC 5280, section 4.1.2.5: no well-defined expiration date."""
CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
MIN_RSA_BITS = 2048

PrivateKey: TypeAlias = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class CredentialFault(ValueError):
    """A certificate or key that cannot sign, in words that name the file."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs."""

    chain: bytes
    """Certificates, PEM, leaf first."""
    key: bytes = field(repr=False)
    """The leaf's private key, PEM (PKCS #8), unencrypted."""
    algorithm: str
    """As C2PA names it: ed25519, es256, es384, es512 or ps256."""
    origin: Path
    """The file the certificates come from, for messages."""


def own_credentials(folder: Path) -> Credentials:
    """Those of this server, made on first use. Any number of processes may start at once: one's is kept.

    Raises CredentialFault when the file is there and is not ours, OSError when it cannot be written.
    """
    path = folder / KEY_FILE
    if not path.exists():
        _create(path)
    pem = path.read_bytes()
    try:
        leaf, root = x509.load_pem_x509_certificates(pem)
        credentials = _credentials(pem, leaf.public_bytes(serialization.Encoding.PEM), path)
    except (ValueError, TypeError):
        raise CredentialFault(
            f"{path} is not egaku's signing key; delete it to have a new one made"
        ) from None
    _publish(folder / ROOT_FILE, root.public_bytes(serialization.Encoding.PEM))
    return credentials


def own_root(folder: Path) -> bytes:
    """The certificate by which this server's own pictures are recognised, PEM; empty when there is none."""
    try:
        return (folder / ROOT_FILE).read_bytes()
    except OSError:
        return b""


def read_credentials(certificate: Path, key: Path) -> Credentials:
    """The operator's certificate chain (PEM, leaf first) and private key (PEM). Raises CredentialFault."""
    chain, secret = _read(certificate), _read(key)
    try:
        leaf = x509.load_pem_x509_certificates(chain)[0]
    except ValueError:
        raise CredentialFault(f"{certificate} holds no certificates in PEM form") from None
    now = datetime.now(UTC)
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        span = f"{leaf.not_valid_before_utc:%Y-%m-%d} to {leaf.not_valid_after_utc:%Y-%m-%d}"
        raise CredentialFault(f"{certificate} is valid from {span}, not today")
    try:
        found = _credentials(secret, chain, certificate)
    except TypeError:
        raise CredentialFault(f"{key} is protected by a passphrase; store it without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise CredentialFault(f"{key} holds no private key that C2PA allows") from None
    if _public(_private(found.key).public_key()) != _public(leaf.public_key()):
        raise CredentialFault(f"{key} is not the key of the first certificate in {certificate}")
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CredentialFault(f"{path} cannot be read: {error.strerror}") from None


def _credentials(secret: bytes, chain: bytes, origin: Path) -> Credentials:
    key = _private(secret)
    return Credentials(chain, _pkcs8(key), _algorithm(key), origin)


def _private(pem: bytes) -> PrivateKey:
    """The first private key in `pem`. ValueError for none, TypeError when it is encrypted."""
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, PrivateKey):
        raise ValueError("no key that C2PA allows")  # noqa: TRY004  the file is at fault, not a caller's type
    return key


def _algorithm(key: PrivateKey) -> str:
    """By C2PA 2.4, "Digital Signatures". ValueError for curves and sizes it does not allow."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return CURVES[key.curve.name]
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= MIN_RSA_BITS:
        return "ps256"
    raise ValueError("no key that C2PA allows")


def _pkcs8(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(key: object) -> bytes:
    if not isinstance(key, ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        return b""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _create(path: Path) -> None:
    """Write key, leaf and root in one file, unless another process was first."""
    root_key, key = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
    number = secrets.token_hex(4)
    issuer = _name(f"egaku root {number}")
    root = _issue(issuer, issuer, root_key, root_key.public_key(), is_root=True)
    leaf = _issue(_name(f"egaku server {number}"), issuer, root_key, key.public_key(), is_root=False)
    pem = serialization.Encoding.PEM
    _place(path, _pkcs8(key) + leaf.public_bytes(pem) + root.public_bytes(pem), 0o600)


def _publish(path: Path, root: bytes) -> None:
    if not path.exists():
        _place(path, root, 0o644)


def _place(path: Path, data: bytes, mode: int) -> None:
    """A new file at `path` with all of `data`, on disk; does nothing when there is one already."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "egaku"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _issue(
    subject: x509.Name,
    issuer: x509.Name,
    issuer_key: ed25519.Ed25519PrivateKey,
    key: ed25519.Ed25519PublicKey,
    *,
    is_root: bool,
) -> x509.Certificate:
    """A certificate by the profile of C2PA 2.4."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(FOREVER)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_root,
                crl_sign=is_root,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if not is_root:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(issuer_key, None)
