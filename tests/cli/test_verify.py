"""`egaku verify`: a line for people, JSON for programs, a code for scripts."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from egaku.imaging.encode import encode
from egaku.provenance.credentials import ROOT_FILE
from egaku.provenance.manifest import Origin
from egaku.provenance.signer import Provenance
from tests.cli.run import run_cli
from tests.pictures import noise

MADE = Origin(act="generate", engine="illustrator", digital_source="algorithmicMedia")
EDITED = Origin(act="edit", engine="illustrator", digital_source="algorithmicMedia")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four pictures in it: made, edited, tampered with, and plain."""
    found = tmp_path_factory.mktemp("data")
    provenance, plain = Provenance.open(found), encode(noise(16, 16))
    made = provenance.sign(plain, "png", MADE)
    (found / "made.png").write_bytes(made)
    (found / "edited.png").write_bytes(provenance.sign(plain, "png", EDITED, parent=made))
    (found / "bad.png").write_bytes(made[:-20] + bytes([made[-20] ^ 1]) + made[-19:])
    (found / "plain.png").write_bytes(plain)
    return found


def test_people_read_it(folder: Path) -> None:
    ran = run_cli("verify", str(folder / "edited.png"), data_dir=folder)
    assert ran.code == 0, ran.err
    for words in (
        "edited.png: valid",
        "made by    egaku ",
        "illustrator",
        "edited, composite",
        "(this server)",
    ):
        assert words in ran.out
    assert "edit of a file:" in ran.out


def test_codes(folder: Path) -> None:
    cases = {
        ("made.png", "edited.png"): 0,
        ("made.png", "bad.png"): 1,
        ("plain.png",): 2,
        ("absent.png",): 2,
        ("plain.png", "bad.png"): 1,
    }
    for names, code in cases.items():
        ran = run_cli("verify", *(str(folder / name) for name in names), data_dir=folder)
        assert ran.code == code, ran.out


def test_programs_read_it(folder: Path) -> None:
    names = ("made.png", "bad.png", "plain.png", "absent.png")
    ran = run_cli("verify", "--json", *(str(folder / name) for name in names), data_dir=folder)
    made, bad, plain, absent = ran.json()
    assert [one["standing"] for one in (made, bad, plain, absent)] == ["valid", "invalid", "none", "none"]
    assert made["signer"] == "this server"
    assert made["statement"]["source_type"] == "algorithmicMedia"
    assert bad["faults"] == ["assertion.dataHash.mismatch: the file was changed after it was signed"]
    assert absent["faults"] == ["cannot be read: No such file or directory"]


def test_elsewhere_the_root_is_given(folder: Path, tmp_path: Path) -> None:
    file = str(folder / "made.png")
    unknown = run_cli("verify", file, data_dir=tmp_path)
    known = run_cli("verify", file, "--trust", str(folder / ROOT_FILE), data_dir=tmp_path)
    assert (unknown.code, known.code) == (0, 0)
    assert "(unknown)" in unknown.out
    assert "(trusted certificate)" in known.out
    assert not list(tmp_path.iterdir())
    wrong = run_cli("verify", file, "--trust", file, data_dir=tmp_path)
    assert wrong.code == 2
    assert "holds no certificates" in wrong.err


def test_a_pipe_is_read_and_a_folder_is_not(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(b"not a picture",))
    writing.start()
    ran = run_cli("verify", str(pipe), str(tmp_path), data_dir=tmp_path / "data")
    writing.join()
    assert ran.code == 2
    assert "cannot be read: Is a directory" in ran.out
    assert ran.out.count("cannot be read") == 1
