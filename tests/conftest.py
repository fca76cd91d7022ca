"""What tests share: a process for those of a file, and in a process the proofs and the vectors."""

from functools import cache
from pathlib import Path

import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.files.vector_file import load
from goldenrule.conformance.harness import plan

ROOT = Path(__file__).parents[1]
PROVING = {
    "tests/docs/test_errata.py",
    "tests/explain/test_explain.py",
    "tests/spec/test_claims.py",
    "tests/spec/test_convolution_claims.py",
}
"""These prove the claims; all of them run in one process."""

read = cache(load)


@pytest.fixture(autouse=True, scope="session")
def packaged_vectors_are_read_once():
    """Verify with the packaged vectors as they were read first, and with others as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "load", lambda at: (read if at.root == PACKAGED_VECTORS else load)(at))
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share out the tests for `--dist loadfile`."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    assert all((ROOT / path).is_file() for path in PROVING)

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file = super()._split_scope(nodeid)
            return "proofs" if file in PROVING else file

    return Scheduling(config, log)
