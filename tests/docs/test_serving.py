"""The command `goldenrule docs`: what it refuses, when it builds, and what it serves."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from socket import create_server
from urllib.request import urlopen

import pytest

from goldenrule.conformance.cli import main
from goldenrule.conformance.commands import docs

SERVE = """
import sys
from pathlib import Path
from goldenrule.conformance.cli import main
from goldenrule.conformance.commands import docs
docs.ROOT = Path(sys.argv[1])
sys.exit(main(["docs", "--no-browser"]))
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """A checkout with a built site that is as new as its sources."""
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").touch()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the book")
    (tmp_path / "site" / docs.BUILT).touch()
    return tmp_path


def test_elsewhere_than_in_a_checkout(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert main(["docs", "--build"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "checkout" in line and "goldenrule explain" in line


def test_without_mkdocs(checkout, monkeypatch, capsys):
    monkeypatch.setattr(docs, "find_spec", lambda _: None)
    assert main(["docs"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "make docs" in line


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_no_port(port, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["docs", "--port", port])
    assert caught.value.code == 2
    assert f"not a port: '{port}'" in capsys.readouterr().err.splitlines()[-1]


def test_a_port_in_use(checkout, capsys):
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["docs", "--no-browser", "--port", str(port)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"port {port} cannot be used" in line


def test_it_is_old_when_a_source_is_newer_or_it_was_not_finished(checkout):
    site = checkout / "site"
    built = (site / docs.BUILT).stat().st_mtime
    page = checkout / "docs" / "index.md"
    os.utime(page, (built - 1, built - 1))
    os.utime(checkout / "mkdocs.yml", (built - 1, built - 1))
    assert not docs.is_old(site)
    os.utime(page, (built + 1, built + 1))
    assert docs.is_old(site)
    os.utime(page, (built - 1, built - 1))
    (site / docs.BUILT).unlink()
    assert docs.is_old(site)


def test_a_build_that_fails_leaves_no_finished_site(checkout, capfd):
    (checkout / "mkdocs.yml").write_text("site_name: x\nnav: [absent.md]\nplugins: []\n")
    assert main(["docs", "--build"]) == 1
    assert not (checkout / "site" / docs.BUILT).exists()
    assert "absent.md" in capfd.readouterr().err


def test_it_serves_the_site_until_interrupted(checkout):
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(checkout)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        with urlopen(address) as response:
            assert response.read() == b"the book"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
