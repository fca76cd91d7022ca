"""Every certified number of every vector file is what an independent library computes."""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, discover
from goldenrule.conformance.files.hex_float import parse, render
from goldenrule.conformance.files.vector_file import Case, Location, VectorFile, digest, dump, load
from goldenrule.conformance.generator.document import make_document
from goldenrule.spec.catalogue import rules

from .arb_oracle import agrees, run

LOCATIONS = discover(PACKAGED_VECTORS)


def compare(file: VectorFile) -> Iterator[tuple[str, bool]]:
    """Yield every number of a file: where it stands, and whether the oracle agrees."""
    dialect = rules()[file.rule].dialect(file.dialect)
    for case in file.cases:
        for i, (step, outputs) in enumerate(zip(case.steps, run(dialect, case), strict=True)):
            assert outputs.keys() == step.expected.keys()
            for name, expected in step.expected.items():
                tokens = expected.exact.split()
                for j, (token, x) in enumerate(zip(tokens, np.ravel(outputs[name]), strict=True)):
                    yield f"{case.id}, step {i + 1}: {name}[{j}]", agrees(token, x)


def count_numbers(document: object) -> int:
    """Count the golden numbers of a document, wherever they stand in it."""
    if isinstance(document, list):
        return sum(map(count_numbers, document))
    if not isinstance(document, dict):
        return 0
    here = len(document["exact"].split()) if "exact" in document else 0
    return here + sum(map(count_numbers, document.values()))


@pytest.mark.parametrize("location", LOCATIONS, ids=lambda x: f"{x.rule}/{x.dialect}")
def test_the_oracle_agrees_with_every_number(location):
    compared = list(compare(load(location)))
    assert [where for where, agreed in compared if not agreed] == []
    document = json.loads(location.path.read_text(encoding="utf-8"))
    assert len(compared) == count_numbers(document) > 0


def test_every_dialect_has_a_file():
    wanted = {(name, dialect.name) for name, rule in rules().items() for dialect in rule.dialects}
    assert {(location.rule, location.dialect) for location in LOCATIONS} == wanted


# THE ORACLE CAN FAIL


FRESH = [
    ("optimizers/nesterov", "lookahead"),
    ("optimizers/adam", "corrected_max"),
    ("normalizations/layer_norm", "feature"),
    ("convolutions/conv", "same_upper"),
]


@pytest.fixture(scope="module", params=FRESH, ids="/".join)
def file(request, tmp_path_factory) -> VectorFile:
    """A vector file made afresh."""
    location = Location(tmp_path_factory.mktemp("vectors"), *request.param)
    document = make_document(*request.param, ["float64"])
    document["sha256"] = digest(document)
    location.path.parent.mkdir(parents=True)
    location.path.write_text(dump(document), encoding="utf-8")
    return load(location)


def test_a_fresh_file_agrees(file):
    assert all(agreed for _, agreed in compare(file))


def changed(file: VectorFile, change, number: int) -> VectorFile:
    """The file's first case alone, with one output's token changed."""
    case: Case = file.cases[0]
    step = case.steps[-1]
    main = file.outputs[0]
    tokens = step.expected[main].exact.split()
    tokens[number] = change(tokens[number])
    other = replace(step.expected[main], exact=" ".join(tokens))
    last = replace(step, expected={**step.expected, main: other})
    return replace(file, cases=(replace(case, steps=(*case.steps[:-1], last)),))


def last_bit(token: str) -> str:
    man, exp = parse(token)
    places = 160 - abs(man).bit_length()
    return render((man << places) + 1, exp - places)


MISTAKES = {
    "the last of 160 bits": last_bit,
    "a digit lost": lambda token: token.replace("p", "1p") if "." in token else f"{token}0",
    "the sign": lambda token: token.removeprefix("-") if token[0] == "-" else f"-{token}",
    "zero": lambda _: "0x0p+0",
    "nan": lambda _: "nan",
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_changed_number_is_found(file, mistake, number):
    compared = list(compare(changed(file, MISTAKES[mistake], number)))
    wrong = [where for where, agreed in compared if not agreed]
    case = file.cases[0]
    assert wrong == [f"{case.id}, step {len(case.steps)}: {file.outputs[0]}[{number}]"]
