"""A certificate authority of somebody else's: operators' certificates, and cameras that sign with them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from egaku.imaging.sniff import MEDIA_TYPES, sniff
from egaku.provenance.credentials import PrivateKey

PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Authority:
    """A root, the leaf it issued, and the leaf's key; all PEM."""

    root: bytes
    leaf: bytes
    key: bytes
    algorithm: str

    def files(self, folder: Path) -> tuple[Path, Path]:
        """Chain and key as an operator keeps them."""
        chain, key = folder / "chain.pem", folder / "key.pem"
        chain.write_bytes(self.leaf + self.root)
        key.write_bytes(self.key)
        return chain, key

    def sign(
        self,
        file: bytes,
        actions: Sequence[dict[str, Any]],
        assertions: Sequence[dict[str, Any]] = (),
        before: bytes | None = None,
    ) -> bytes:
        """As a camera or an editor would: thumbnail, title and file names included."""
        info = c2pa.C2paSignerInfo(self.algorithm, self.leaf + self.root, self.key, None)
        settings = c2pa.Settings.from_dict({"verify": {"verify_after_sign": False}})
        claim = {
            "title": "holiday.jpg",
            "claim_generator_info": [{"name": "camera", "version": "1"}],
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": list(actions)}}, *assertions],
        }
        kind = sniff(file)
        assert kind
        out = io.BytesIO()
        with c2pa.Builder(claim, context=c2pa.Context(settings, c2pa.Signer.from_info(info))) as builder:
            if before is not None:
                made = {"title": "IMG_0001", "relationship": "parentOf", "label": "before"}
                builder.add_ingredient(made, MEDIA_TYPES[kind], io.BytesIO(before))
            builder.sign(MEDIA_TYPES[kind], io.BytesIO(file), out)
        return out.getvalue()


def new_key(algorithm: str) -> PrivateKey:
    curves: dict[str, ec.EllipticCurve] = {"es256": ec.SECP256R1(), "es384": ec.SECP384R1()}
    if algorithm in curves:
        return ec.generate_private_key(curves[algorithm])
    if algorithm == "ps256":
        return rsa.generate_private_key(65537, 2048)
    return ed25519.Ed25519PrivateKey.generate()


def authority(algorithm: str = "es256", *, days: float = 365, fit: bool = True) -> Authority:
    """Expired with negative `days`; without the key usage C2PA asks for unless `fit`."""
    root_key, key = new_key(algorithm), new_key(algorithm)
    root = _certificate("Example Root", "Example Root", root_key, root_key, days=3650, is_root=True)
    leaf = _certificate("Example Studio", "Example Root", key, root_key, days=days, fit=fit)
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Authority(root, leaf, secret, algorithm)


def _certificate(
    subject: str,
    issuer: str,
    key: PrivateKey,
    issuer_key: PrivateKey,
    *,
    days: float,
    is_root: bool = False,
    fit: bool = True,
) -> bytes:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if fit and not is_root:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
    digest = None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(issuer_key, digest).public_bytes(PEM)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
