"""The build hook: the app is built when its sources have changed, and a package never misses it silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hatch_build import OUTPUT, STAMP, WebAppHook, WebAppMissing, build, stamp
from hatchling.builders.wheel import WheelBuilderConfig
from hatchling.metadata.core import ProjectMetadata


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose app was built, on a machine without Node."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.delenv("EGAKU_NO_WEB", raising=False)
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "package.json").write_text("{}")
    (tmp_path / "web" / "src" / "main.tsx").write_text("export {};")
    (tmp_path / OUTPUT).mkdir(parents=True)
    (tmp_path / OUTPUT / "index.html").write_text("<!doctype html>")
    (tmp_path / OUTPUT / STAMP).write_text(stamp(tmp_path / "web"))
    return tmp_path


def run(root: Path, version: str = "standard") -> None:
    metadata: ProjectMetadata[Any] = ProjectMetadata(str(root), None)
    WebAppHook(str(root), {}, WheelBuilderConfig, metadata, str(root / "dist"), "wheel").initialize(
        version, {}
    )


def test_an_app_that_is_up_to_date_needs_no_node(root: Path) -> None:
    assert build(root) is False
    run(root)


@pytest.mark.parametrize("change", ["changed", "added", "removed", "renamed"])
def test_every_change_of_the_sources_asks_for_a_build(root: Path, change: str) -> None:
    main = root / "web" / "src" / "main.tsx"
    match change:
        case "changed":
            main.write_text("export { };")
        case "added":
            (root / "web" / "src" / "more.ts").write_text("")
        case "removed":
            main.unlink()
        case _:
            main.rename(main.with_name("start.tsx"))
    with pytest.raises(WebAppMissing, match="no npm on this machine"):
        run(root)


def test_installed_packages_are_no_sources(root: Path) -> None:
    (root / "web" / "node_modules" / "react").mkdir(parents=True)
    (root / "web" / "node_modules" / "react" / "index.js").write_text("0")
    assert build(root) is False


@pytest.mark.parametrize("lost", ["index.html", STAMP])
def test_half_an_app_is_none(root: Path, lost: str) -> None:
    (root / OUTPUT / lost).unlink()
    with pytest.raises(WebAppMissing):
        run(root)


def test_an_editable_install_never_builds(root: Path) -> None:
    (root / OUTPUT / STAMP).unlink()
    run(root, "editable")


def test_a_package_without_the_app_has_to_be_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / OUTPUT / STAMP).unlink()
    monkeypatch.setenv("EGAKU_NO_WEB", "1")
    run(root)
    monkeypatch.setenv("EGAKU_NO_WEB", "0")
    with pytest.raises(WebAppMissing):
        run(root)
