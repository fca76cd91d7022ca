"""The built site, which tests share: whichever process asks first builds it."""

import fcntl
import os
from pathlib import Path

import pytest

from goldenrule.conformance.commands import docs


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site, built strictly: a warning fails it."""
    pytest.importorskip("mkdocs")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / docs.BUILT).is_file() and not (shared / "broken").is_file():
            if not docs.build(folder):
                (shared / "broken").touch()
    assert (folder / docs.BUILT).is_file(), "the strict build of the site fails"
    return folder
