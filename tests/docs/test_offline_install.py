"""A machine without a network installs transfers as docs/offline-install.md says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from email import message_from_bytes
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = ROOT / "docs/offline-install.md", ROOT / "docs/zh/offline-install.md"
LINUX = ("make", "sums", "check", "install", "update")
NEEDS_A_NETWORK = pytest.mark.skipif(
    "TRANSFERS_TEST_SET_UP" not in os.environ,
    reason="needs a package index: TRANSFERS_TEST_SET_UP is not set",
)
WINDOWS = {"platform_system": "Windows", "sys_platform": "win32", "os_name": "nt"}


@cache
def commands(path: Path) -> dict[str, str]:
    """Return the commands of a document, by what the remark above them says."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"<!-- offline: (.+) -->\n```(?:sh|bat)\n(.+)\n```", text)
    assert len(found) == text.count("<!-- offline: ")
    return dict(found)


def table() -> str:
    """Return the table that the first page of the project shows."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition("<!-- set-up prints -->\n```text\n")[2].partition("```")[0]


def run(line: str, folder: Path, **variables: str) -> str:
    """Run a command as a person in `folder` would; return what it prints."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env={**kept, "TRANSFERS_LANG": "en", **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def project(folder: Path) -> Path:
    """Return a fresh copy of what is built."""
    for name in ("transfers", "scenarios", "checks", "commands"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("cli.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def needs(wheel: Path, environment: Mapping[str, str]) -> set[str]:
    """Return what a wheel requires on some system."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        required = message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
    wanted = (Requirement(line) for line in required)
    return {
        canonicalize_name(need.name)
        for need in wanted
        if need.marker is None or need.marker.evaluate({**environment, "extra": ""})
    }


# -- the document itself --------------------------------------------------------------------------


def test_both_languages_give_the_same_commands() -> None:
    assert commands(ENGLISH) == commands(CHINESE)


@pytest.mark.parametrize("step", ["make", "install"])
def test_windows_does_the_same_as_linux(step: str) -> None:
    linux, windows = commands(ENGLISH)[step], commands(ENGLISH)[f"{step} on Windows"]
    plain = windows.replace(r".venv\Scripts" + "\\", ".venv/bin/").replace("\\", "/")
    assert plain.replace("py -m", "python3 -m") == linux


def test_only_making_the_folder_asks_a_server() -> None:
    for step, line in commands(ENGLISH).items():
        if " install " in line:
            assert "--no-index --find-links wheels" in line, step
    assert not re.search(r"https?://", ENGLISH.read_text() + CHINESE.read_text("utf-8"))


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not there")
def test_a_changed_file_is_found_on_both_systems(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in ("a-1-py3-none-any.whl", "b-1-py3-none-any.whl"):
        (wheels / name).write_text(name, encoding="utf-8")
    run(commands(ENGLISH)["sums"], tmp_path)
    check = commands(ENGLISH)["check"]
    windows = commands(ENGLISH)["check on Windows"].replace("py -c", f'"{sys.executable}" -c', 1)
    assert run(check, tmp_path).count(": OK") == 2
    assert run(windows, tmp_path) == "[]\n"
    sums = (wheels / "SHA256SUMS").read_bytes()
    (wheels / "SHA256SUMS").unlink()
    written = commands(ENGLISH)["sums on Windows"]
    run(written.replace("py -c", f'"{sys.executable}" -c', 1), tmp_path)
    assert (wheels / "SHA256SUMS").read_bytes() == sums
    (wheels / "b-1-py3-none-any.whl").write_text("changed", encoding="utf-8")
    assert run(windows, tmp_path) == "['b-1-py3-none-any.whl']\n"
    with pytest.raises(AssertionError, match="FAILED"):
        run(check, tmp_path)


# -- with a network, once -------------------------------------------------------------------------


@NEEDS_A_NETWORK
def test_a_folder_of_wheels_installs_where_no_index_can_be_asked(tmp_path: Path) -> None:
    line = commands(ENGLISH)
    online, closed = tmp_path / "online", tmp_path / "closed"
    online.mkdir()
    run(line["make"], project(online))
    run(line["sums"], online)
    shutil.copytree(online / "wheels", closed / "wheels")
    shutil.copytree(ROOT / "examples", closed / "examples")
    shutil.rmtree(online)
    run(line["check"], closed)
    # No configuration, no index, and a proxy where nobody listens.
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_NO_CACHE_DIR": "1"}
    alone |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    assert run(line["install"], closed, **alone).endswith(table())
    assert "transfers 0." in run(line["update"], closed, **alone)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the wheel made for Windows, its needs still to come."""
    folder = project(tmp_path_factory.mktemp("built"))
    environment, wheel, _ = commands(ENGLISH)["make for Windows"].split(" && ")
    run(f"{environment} && {wheel}", folder)
    return folder


@NEEDS_A_NETWORK
@pytest.mark.parametrize("version", ["3.11", "3.12"])
def test_a_folder_made_for_windows_holds_all_that_windows_needs(version: str, built: Path) -> None:
    download = commands(ENGLISH)["make for Windows"].split(" && ")[2]
    assert "--dest wheels-windows " in download and "--python-version 3.11 " in download
    download = download.replace("--dest wheels-windows ", f"--dest {version} ")
    run(download.replace("--python-version 3.11 ", f"--python-version {version} "), built)
    wheels = sorted((built / version).iterdir())
    there = {canonicalize_name(wheel.name.partition("-")[0]) for wheel in wheels}
    for wheel in wheels:
        assert re.search(r"-(none-any|win_amd64)\.whl$", wheel.name), wheel.name
        python = {"python_version": version, "python_full_version": f"{version}.0"}
        assert needs(wheel, {**WINDOWS, **python}) <= there, wheel.name
    assert {"transfers", "numpy", "pydantic-core", "colorama"} <= there
    assert 40e6 < sum(wheel.stat().st_size for wheel in wheels) < 120e6  # as the document says
