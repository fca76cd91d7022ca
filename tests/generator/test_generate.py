"""Making golden vectors: byte for byte again, and nothing wrong is written."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from goldenrule.conformance.cases.case import step
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.files.vector_file import dump
from goldenrule.conformance.generator import generate as making
from goldenrule.conformance.generator.document import make_document
from goldenrule.conformance.generator.generate import generate
from goldenrule.conformance.generator.golden import GoldenError, expectations, profiles_of
from goldenrule.reference.optimizers import sgd
from goldenrule.reference.profile import FULL, HALF

RULE = "optimizers/sgd"


def silent(*_: object) -> None:
    """Show no progress."""


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGED_VECTORS / RULE, tmp_path / RULE)
    return tmp_path


def check(root: Path) -> int:
    return generate("sgd", root, True, (), silent)


made = cache(making._make)


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the documents once, for all damages."""
    monkeypatch.setattr(making, "_make", lambda rules, *others: made(tuple(rules), *others))


def test_the_packaged_files_can_be_made_again(vectors: Path) -> None:
    assert check(vectors) == 0


def test_files_are_made_where_there_are_none(tmp_path: Path) -> None:
    assert generate("sgd", tmp_path, False, (), silent) == 0
    for path in (PACKAGED_VECTORS / RULE).glob("*.json"):
        made = json.loads((tmp_path / RULE / path.name).read_text(encoding="utf-8"))
        assert made["sha256"] == json.loads(path.read_text(encoding="utf-8"))["sha256"]


def test_a_profile_can_be_added(tmp_path: Path) -> None:
    assert generate("sgd", tmp_path, False, ("float32+step32",), silent) == 0
    made = json.loads((tmp_path / RULE / "l2.json").read_text(encoding="utf-8"))
    assert made["profiles"]["float32+step32"] == {"format": "float32"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text(path.read_text(encoding="utf-8")[:-100], encoding="utf-8"),
        lambda path: path.write_text(
            path.read_text(encoding="utf-8").replace("0x1.8p+0", "0x1.9p+0", 1), encoding="utf-8"
        ),
        lambda path: path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8"),
        lambda path: shutil.copy(path, path.with_name("another.json")),
    ],
    ids=["missing", "truncated", "edited", "one byte more", "no such dialect"],
)
def test_every_difference_is_found(vectors: Path, made_once, damage, capsys) -> None:
    damage(vectors / RULE / "l2.json")
    assert check(vectors) == 1
    assert ".json" in capsys.readouterr().err


def test_an_unknown_rule_is_refused(tmp_path: Path, capsys) -> None:
    assert generate("sdg", tmp_path, False, (), silent) == 2
    assert "did you mean" in capsys.readouterr().out


def test_a_wrong_table_of_outcomes_is_refused() -> None:
    case = step(
        "special",
        "an infinite gradient",
        state={"theta": [1.0]},
        given={"g": [float("inf")]},
        hyper={"alpha": 0.5},
        flags=["special-values"],
        outcomes={"theta": "+inf"},
    )
    with pytest.raises(GoldenError, match=r"theta\[0\] is -inf in form l2, .* says \+inf"):
        expectations(sgd.FORMS["l2"], case, profiles_of(case, FULL))


def test_half_types_are_left_out_where_a_value_does_not_fit() -> None:
    def profiles(x: float) -> set[str]:
        case = step(
            "fits", "", state={"theta": [x]}, given={"g": [1.0]}, hyper={"alpha": 0.5}, flags=[]
        )
        return {profile.name.split("+")[0] for profile in profiles_of(case, FULL + HALF)}

    assert profiles(1.5) == {"float64", "float32", "bfloat16", "float16"}
    assert profiles(1 + 2.0**-9) == {"float64", "float32", "float16"}
    assert profiles(2.0**100) == {"float64", "float32", "bfloat16"}
    assert profiles(0.1) == {"float64"}


def test_a_document_is_the_same_twice() -> None:
    once, again = (dump(make_document(RULE, "l2", FULL)) for _ in range(2))
    assert once == again
