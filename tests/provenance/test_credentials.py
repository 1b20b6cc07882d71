"""Credentials: made once, whole and private; operators' faults named by file."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from egaku.provenance.credentials import (
    KEY_FILE,
    ROOT_FILE,
    CredentialFault,
    own_credentials,
    own_root,
    read_credentials,
)
from egaku.provenance.signer import Provenance
from tests.provenance.authority import authority, new_key

ALGORITHMS = ("ed25519", "es256", "es384", "ps256")


def test_made_once_and_private(tmp_path: Path) -> None:
    first = own_credentials(tmp_path)
    assert own_credentials(tmp_path) == first
    assert first.algorithm == "ed25519"
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [ROOT_FILE, KEY_FILE]
    assert b"PRIVATE" not in own_root(tmp_path)
    assert "PRIVATE" not in repr(first)


def test_the_root_issued_the_leaf_and_its_key_is_gone(tmp_path: Path) -> None:
    own_credentials(tmp_path)
    pem = (tmp_path / KEY_FILE).read_bytes()
    leaf, root = x509.load_pem_x509_certificates(pem)
    leaf.verify_directly_issued_by(root)
    assert pem.count(b"BEGIN PRIVATE KEY") == 1
    key = serialization.load_pem_private_key(pem, None)
    assert key.public_key() == leaf.public_key()
    assert leaf.not_valid_after_utc.year == 9999


def test_processes_starting_at_once_agree(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from egaku.provenance.credentials import own_credentials;"
        "sys.stdin.read(1); print(own_credentials(Path(sys.argv[1])).chain.decode())"
    )
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in racing:
        assert process.stdin
        process.stdin.write("x")
        process.stdin.flush()
    chains = {process.communicate(timeout=60)[0] for process in racing}
    assert len(chains) == 1
    assert "BEGIN CERTIFICATE" in chains.pop()
    assert sorted(path.name for path in tmp_path.iterdir()) == [ROOT_FILE, KEY_FILE]


@pytest.mark.parametrize("rest", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\n"])
def test_a_damaged_file_is_named_and_kept(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(rest)
    with pytest.raises(CredentialFault, match=r"provenance\.pem is not egaku's signing key"):
        own_credentials(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == rest


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_operators_certificates(tmp_path: Path, algorithm: str) -> None:
    found = read_credentials(*authority(algorithm).files(tmp_path))
    assert found.algorithm == algorithm


def test_faults_of_operators_are_named(tmp_path: Path) -> None:
    good, other = authority("es256"), authority("es256")
    chain, key = good.files(tmp_path)
    encrypted = new_key("es256").private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    cases = {
        "is not the key of the first certificate": (good.leaf + good.root, other.key),
        "holds no certificates in PEM form": (b"nothing", good.key),
        "holds no private key that C2PA allows": (good.leaf, b"nothing"),
        "is protected by a passphrase": (good.leaf, encrypted),
        "is valid from .* not today": (authority(days=-1).leaf, good.key),
    }
    for sentence, (certificates, secret) in cases.items():
        chain.write_bytes(certificates)
        key.write_bytes(secret)
        with pytest.raises(CredentialFault, match=sentence):
            read_credentials(chain, key)
    with pytest.raises(CredentialFault, match="cannot be read: No such file"):
        read_credentials(tmp_path / "absent", key)


def test_a_certificate_c2pa_refuses_is_found_at_the_start(tmp_path: Path) -> None:
    chain, key = authority("es256", fit=False).files(tmp_path)
    with pytest.raises(CredentialFault, match=r"chain\.pem cannot sign pictures"):
        Provenance.open(tmp_path, certificate=chain, key=key)


def test_certificate_and_key_go_together(tmp_path: Path) -> None:
    with pytest.raises(CredentialFault, match="go together"):
        Provenance.open(tmp_path, certificate=tmp_path / "chain.pem")
