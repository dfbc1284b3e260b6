import pytest

from symposia.running import frontend
from symposia.running.problems import CannotRun


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A checkout whose front end is one file."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    (folder / "build.mjs").write_text("process.exit(0)", encoding="ascii")
    (tmp_path / "package-lock.json").write_text("{}", encoding="ascii")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / ".package-lock.json").write_text("{}", encoding="ascii")
    (tmp_path / "dist").mkdir()
    (tmp_path / ".cache").mkdir()
    for name, value in {
        "CHECKOUT": tmp_path,
        "SOURCES": folder,
        "BUILT": tmp_path / "dist",
        "_CACHE": tmp_path / ".cache",
        "_LOCKED": tmp_path / "package-lock.json",
    }.items():
        monkeypatch.setattr(frontend, name, value)
    frontend._mark("packages", frontend.fingerprint_of_packages())
    return folder


def test_it_builds_once_and_again_when_a_source_changes(sources):
    assert not frontend.up_to_date()
    frontend.bring_up_to_date()
    assert frontend.up_to_date()

    (sources / "shell.ts").write_text("export {}", encoding="ascii")

    assert not frontend.up_to_date()


def test_a_failed_build_is_shown_and_not_taken_for_done(sources):
    (sources / "build.mjs").write_text("throw new Error('no such icon')", encoding="ascii")

    with pytest.raises(CannotRun, match="no such icon"):
        frontend.bring_up_to_date()

    assert not frontend.up_to_date()


def test_an_emptied_folder_of_packages_is_filled_again(sources, tmp_path, monkeypatch):
    frontend.bring_up_to_date()
    (tmp_path / "node_modules" / ".package-lock.json").unlink()
    filled = []
    monkeypatch.setattr(frontend, "_install_packages", lambda: filled.append(True))

    assert not frontend.up_to_date()
    frontend.bring_up_to_date()

    assert filled == [True]
