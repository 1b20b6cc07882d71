"""Where `egaku generate | edit | vary` write: the format is what the name says, and nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from egaku.cli.outputs import Output, OutputFault
from tests.cli.run import Ran, run_cli
from tests.pictures import encoded, format_of, holed

BLANK = {"EGAKU_ENGINE": "blank", "EGAKU_WORKERS": "1"}


def draw(command: str, folder: Path, *args: str) -> Ran:
    """One of the three, with what it needs from `folder`."""
    source = folder / "source.png"
    source.write_bytes(encoded(holed(64, 64)))
    words = {"generate": ("a fox",), "edit": (str(source), "a fox"), "vary": (str(source),)}
    return run_cli(command, *words[command], "-s", "64x64", *args, env=BLANK)


@pytest.mark.parametrize("command", ["generate", "edit", "vary"])
@pytest.mark.parametrize(
    ("name", "format_"), [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.webp", "WEBP"), ("a.png", "PNG")]
)
def test_the_name_says_the_format(tmp_path: Path, command: str, name: str, format_: str) -> None:
    ran = draw(command, tmp_path, "-o", str(tmp_path / name))
    assert ran.code == 0, ran.err
    assert format_of((tmp_path / name).read_bytes()) == format_


UNFIT = [
    (("-o", "a.gif"), "a.gif: a picture's name ends in .png, .jpg, .jpeg, .webp, and this is no folder"),
    (("-o", "v1.2"), "v1.2: a picture's name ends in .png, .jpg, .jpeg, .webp, and this is no folder"),
    (("-o", "a.png", "--format", "jpeg"), "a.png is the name of a png file, and --format says jpeg"),
    (("-o", "a.jpg", "--format", "webp"), "a.jpg is the name of a jpeg file, and --format says webp"),
    (("-o", "a.png", "--format", "gif"), "'gif' is not one of ['png', 'jpeg', 'webp'] - 'output_format'"),
]


@pytest.mark.parametrize(("args", "said"), UNFIT, ids=lambda value: " ".join(value)[:30])
def test_a_name_that_does_not_fit_is_refused(
    tmp_path: Path, args: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run_cli("generate", "a fox", *args, env=BLANK)
    assert (ran.code, ran.out, ran.err) == (1, "", f"egaku: {said}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_fits_the_name_may_be_said_too(tmp_path: Path) -> None:
    ran = draw("generate", tmp_path, "-o", str(tmp_path / "a.jpg"), "--format", "jpeg")
    assert ran.code == 0, ran.err
    assert format_of((tmp_path / "a.jpg").read_bytes()) == "JPEG"


def test_a_folder_with_a_dot_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "v1.2"
    folder.mkdir()
    assert draw("generate", tmp_path, "-o", str(folder)).code == 0
    assert [path.suffix for path in folder.iterdir()] == [".png"]


@pytest.mark.parametrize("command", ["generate", "edit", "vary"])
def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path: Path, command: str) -> None:
    mine = tmp_path / "mine.png"
    mine.write_bytes(b"cannot be drawn again")
    ran = draw(command, tmp_path, "-o", str(mine))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"egaku: {mine} is there already; --force replaces it\n"
    assert mine.read_bytes() == b"cannot be drawn again"
    assert draw(command, tmp_path, "-o", str(mine), "--force").code == 0
    assert format_of(mine.read_bytes()) == "PNG"


def test_one_of_several_that_is_there(tmp_path: Path) -> None:
    """None is drawn: half a series beside an old picture is nothing anybody asked for."""
    second = tmp_path / "fox-2.png"
    second.write_bytes(b"mine")
    ran = draw("generate", tmp_path, "-n", "3", "-o", str(tmp_path / "fox.png"))
    assert (ran.code, ran.err) == (1, f"egaku: {second} is there already; --force replaces it\n")
    assert sorted(path.name for path in tmp_path.glob("fox*")) == ["fox-2.png"]


def test_a_source_is_not_replaced_by_its_variation(tmp_path: Path) -> None:
    ran = draw("vary", tmp_path, "-o", str(tmp_path / "source.png"))
    assert (ran.code, "is there already" in ran.err) == (1, True)


def test_a_file_made_meanwhile_is_kept(tmp_path: Path) -> None:
    output = Output(tmp_path / "a.png", None, force=False)
    output.check(1)
    (tmp_path / "a.png").write_bytes(b"mine")
    with pytest.raises(OutputFault, match=r"a\.png cannot be written: File exists"):
        output.write([b"new"], 1, "png")
    assert (tmp_path / "a.png").read_bytes() == b"mine"


def test_programs_of_one_second_do_not_replace_each_others_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "strftime", lambda _: "now")
    output = Output(tmp_path / "new", None, force=False)
    first, second = output.write([b"1"], 1, "png"), output.write([b"2"], 1, "png")
    several = output.write([b"3", b"4"], 2, "png")
    assert [path.name for path in first + second] == ["egaku now.png", "egaku now 2.png"]
    assert [path.name for path in several] == ["egaku now 1.png", "egaku now 3.png"]
    assert [path.read_bytes() for path in first + second + several] == [b"1", b"2", b"3", b"4"]


def test_withheld_pictures_leave_the_names_of_the_rest(tmp_path: Path) -> None:
    written = Output(tmp_path / "a.png", None, force=False).write([b"only one of two"], 2, "png")
    assert written == [tmp_path / "a-1.png"]


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for out in ("file/a.png", "file"):
        ran = draw("generate", tmp_path, "-o", str(tmp_path / out))
        (said,) = ran.err.split("\n")[-2:-1]
        assert ran.code == 1
        assert said.startswith(f"egaku: {tmp_path / 'file'} cannot be written: ")
        assert "Traceback" not in ran.err
