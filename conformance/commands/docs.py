"""``goldenrule docs``: build the book, serve it on this machine and open it in a browser."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("mkdocs.yml", "docs", "spec", "reference", "conformance")
BUILT = ".built"
"""A file that says when the site was built, and that it was built to its end."""


def run(options: argparse.Namespace) -> int:
    """Build the site where it is missing or older than its sources, and serve it."""
    if problem := _problem():
        print(f"goldenrule: {problem}", file=sys.stderr)
        return 2
    site = ROOT / "site"
    if options.build:
        return 0 if build(site) else 1
    if is_old(site) and not build(site):
        return 1
    return _serve(site, options.port, browser=not options.no_browser)


def _problem() -> str:
    """Say why the site cannot be built here, or nothing."""
    if not (ROOT / "mkdocs.yml").is_file():
        return "the book is built from a checkout; here, `goldenrule explain RULE` prints its pages"
    if find_spec("mkdocs") is None:
        return "MkDocs is not installed: run `make docs`, which sets it up and builds the book"
    return ""


def is_old(site: Path) -> bool:
    """Tell whether the site is missing, or older than one of its sources."""
    stamp = site / BUILT
    if not stamp.is_file():
        return True
    built = stamp.stat().st_mtime
    return any(
        path.stat().st_mtime > built
        for name in SOURCES
        for path in (ROOT / name, *(ROOT / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    )


def build(site: Path) -> bool:
    """Build the site; a warning fails the build, as `--quiet` would keep it from doing."""
    (site / BUILT).unlink(missing_ok=True)
    print("building the book, which takes a minute or two", file=sys.stderr)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run([*command, "--site-dir", str(site)], cwd=ROOT, env=environment)
    if built.returncode == 0:
        (site / BUILT).touch()
    return built.returncode == 0


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without saying so."""

    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


def _serve(site: Path, port: int, *, browser: bool) -> int:
    """Serve a folder on this machine, until interrupted."""
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(site)))
    except OSError as error:
        print(f"goldenrule: port {port} cannot be used: {error.strerror}", file=sys.stderr)
        return 2
    address = f"http://127.0.0.1:{server.server_port}/"
    with server:
        print(f"{address}  (Ctrl-C ends it)", flush=True)
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
