"""Wrong backends, as users would write and declare them, are reported and named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldenrule.conformance import cli
from goldenrule.conformance.diagnose import diagnose

from .planted import FOLDER, PLANTED, path_of
from .pretend import mistaken

FEW = 5
"""So many backends are judged in one run, for the vectors to be read once."""
BATCHES = [
    (family, names[start : start + FEW])
    for family, names in ((family, sorted(planted)) for family, planted in PLANTED.items())
    for start in range(0, len(names), FEW)
]


@pytest.mark.parametrize(
    ("family", "names"), BATCHES, ids=lambda x: x if isinstance(x, str) else x[0]
)
def test_they_are_reported_deviant_and_named(
    family: str, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    files = [path_of(family, name) for name in names]
    assert cli.main(["verify", *files, "--json", str(report)]) == 1
    printed = capsys.readouterr().out
    document = json.loads(report.read_text())
    assert not document["problems"]
    found: dict[str, set[str]] = {}
    for entry in document["entries"]:
        assert entry["verdict"] == "deviates"
        best = entry["explanations"][0]
        assert best["cases_contradicted"] == 0
        assert f"{best['sentence']} (" in printed
        found.setdefault(entry["backend"], set()).add(best["name"])
    assert found == {name: {PLANTED[family][name]} for name in names}


@pytest.mark.parametrize(
    ("rule", "dialect", "name"),
    [
        ("optimizers/adagrad", "outside", "root-missing"),
        ("optimizers/adam", "paper", "compounded-correction"),
        ("optimizers/adam", "paper", "swapped-betas"),
        ("optimizers/adam", "paper", "t-from-0"),
        ("optimizers/adamw", "before", "coupled-decay"),
        ("optimizers/momentum", "outside", "update-sign"),
        ("optimizers/rmsprop", "outside", "centre-ignored"),
    ],
)
def test_float32_alone_is_enough(rule: str, dialect: str, name: str) -> None:
    first, *_ = diagnose(mistaken(rule, dialect, name, profiles=["float32"]))
    assert (first.name, first.cases_contradicted) == (name, 0)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.py")), ids=lambda path: path.stem)
def test_a_backend_is_at_most_fifteen_lines(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    assert len(lines) <= 15
    assert path.stem in PLANTED[path.parent.name]


def test_every_rule_has_planted_mistakes() -> None:
    from goldenrule.reference import catalogue

    texts = [path.read_text() for path in FOLDER.glob("*/*.py")]
    assert not [rule for rule in catalogue.names() if not any(f'"{rule}"' in x for x in texts)]
    assert sum(map(len, PLANTED.values())) >= 60
