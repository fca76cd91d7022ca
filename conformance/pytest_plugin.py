"""The pytest plugin: golden vectors as test items.

    pytest --goldenrule-backend numpy --goldenrule-backend my_optimizer.py -n 2

collects one item per case; in a suite of one's own, one line makes a parametrized test::

    from goldenrule.conformance.pytest_plugin import conformance
    test_my_adam = conformance("my_optimizer.py")

A backend whose framework is not installed is skipped, unless ``--goldenrule-require`` names it.
``--goldenrule-xfail FILE`` lists cases that must fail, ``--goldenrule-vectors DIR`` judges by other
vectors, ``--goldenrule-timeout SECONDS`` says when a case is killed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .pytest_cases import Cases, ConformanceCase

_ATTRIBUTE = "goldenrule_conformance"
_KEY: pytest.StashKey[Cases] = pytest.StashKey()


def conformance(
    backend: str,
    *,
    rule: str = "*",
    dialect: str = "*",
    profile: str = "*",
    vectors: str | None = None,
) -> Callable[[ConformanceCase], None]:
    """Return a test of a backend, parametrized over the cases that the patterns select.

    ``backend`` and ``vectors``, if paths, are relative to the test's own file. Patterns match as a
    shell's do; a rule may be named by its last part. A selection that holds no case fails.
    """

    def test(goldenrule_case: ConformanceCase) -> None:
        goldenrule_case.check()

    setattr(test, _ATTRIBUTE, (backend, rule, dialect, profile, vectors))
    return test


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("goldenrule", "goldenrule: conformance to golden vectors")
    group.addoption(
        "--goldenrule-backend",
        action="append",
        default=[],
        metavar="NAME",
        help="verify this installed backend or Python file (repeatable)",
    )
    group.addoption(
        "--goldenrule-require",
        action="append",
        default=[],
        metavar="NAME",
        help="verify this backend, and fail if it is not available (repeatable)",
    )
    group.addoption(
        "--goldenrule-xfail", metavar="FILE", help="cases that must fail, each with its reason"
    )
    group.addoption("--goldenrule-vectors", metavar="DIR", help="other vectors than the packaged")
    group.addoption(
        "--goldenrule-timeout",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="a case that takes longer is killed (default: 30)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the list of expected failures at once: one that cannot be read is wrong usage."""
    if config.option.goldenrule_xfail:
        _cases(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize the tests that ``conformance`` made."""
    selection = getattr(metafunc.function, _ATTRIBUTE, None)
    if selection is None:
        return
    backend, rule, dialect, profile, vectors = selection
    folder = metafunc.definition.path.parent
    if backend.endswith(".py"):
        backend = str(folder / backend)
    cases = _cases(metafunc.config).collect(
        backend,
        rule=rule,
        dialect=dialect,
        profile=profile,
        root=folder / vectors if vectors else None,
    )
    metafunc.parametrize("goldenrule_case", cases, ids=[case.id for case in cases])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the items of the backends named on the command line."""
    names = [*config.option.goldenrule_backend, *config.option.goldenrule_require]
    for name in dict.fromkeys(names):
        for case in _cases(config).collect(name):
            items.append(
                ConformanceItem.from_parent(
                    session, name=case.id, nodeid="::".join(case.id.rsplit("/", 1)), case=case
                )
            )


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the child processes."""
    if cases := config.stash.get(_KEY, None):
        cases.close()


def _cases(config: pytest.Config) -> Cases:
    """Return what collects and runs cases in this test session."""
    if _KEY not in config.stash:
        from .pytest_cases import Cases

        config.stash[_KEY] = Cases(
            timeout=config.option.goldenrule_timeout,
            required=frozenset(config.option.goldenrule_require),
            expected_failures=config.option.goldenrule_xfail,
            root=config.option.goldenrule_vectors,
        )
    return config.stash[_KEY]


class ConformanceItem(pytest.Item):
    """One case of one backend's entry."""

    def __init__(self, *, case: ConformanceCase, **keywords: Any) -> None:
        """Keep the case; the rest is pytest's."""
        super().__init__(**keywords)
        self.case = case

    def runtest(self) -> None:
        """Run and judge the case."""
        self.case.check()

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the item in reports."""
        return self.path, None, self.name
