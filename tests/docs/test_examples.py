"""The example programs judge every number, reject what is wrong, and refuse what is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path

import pytest

from .judges import LANGUAGES, Judge, Result, build, need


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Callable[[str], Path]:
    """Build a program, each once."""
    return cache(lambda command: build(command, tmp_path_factory.mktemp("built")))


@pytest.fixture(params=LANGUAGES)
def judge(request, built) -> Judge:
    """Every program in turn."""
    language = LANGUAGES[request.param]
    need(language.call)
    return Judge(language, built(language.build))


def asked(judge: Judge, document: dict) -> list[dict]:
    """The cases that the program must judge."""
    return [
        case
        for case in document["cases"]
        if case["kind"] in judge.language.kinds and judge.language.profile in first_accept(case)
    ]


def first_accept(case: dict) -> dict:
    """What every profile accepts of the first output after the first step."""
    return next(iter(case["steps"][0]["expected"].values()))["accept"]


def test_it_accepts_a_correct_implementation_and_judges_every_number(judge):
    document = judge.document
    cases = asked(judge, document)
    tensors = [x for case in cases for step in case["steps"] for x in step["expected"].values()]
    found = judge(document)
    assert (found.returncode, found.stderr) == (0, "")
    numbers = set(map(int, re.findall(r"\d+", found.stdout)))
    assert {len(cases), sum(prod(x["shape"]) for x in tensors)} <= numbers
    assert len(tensors) >= 20


def test_it_rejects_a_number_outside_and_names_the_place(judge):
    document = judge.document
    case = [case for case in asked(judge, document) if case["flags"] and has_elements(case)][-1]
    name, tensor = next(iter(case["steps"][-1]["expected"].items()))
    profile = judge.language.profile
    accept = tensor["accept"][profile]
    accept["lo"] = accept["hi"] = " ".join([largest(profile)] * prod(tensor["shape"]))
    found = judge(document)
    assert found.returncode == 1
    assert case["id"] in found.stdout
    assert f"{name}[0]" in found.stdout


def has_elements(case: dict) -> bool:
    """Whether something comes out."""
    return all(prod(x["shape"]) for x in case["steps"][0]["expected"].values())


def largest(profile: str) -> str:
    """The bit pattern of the largest number, which is no output of any case."""
    return {"float32": "7f7fffff", "float64": "7fefffffffffffff"}[profile]


@pytest.mark.parametrize(
    ("word", "accepted"),
    [("nan", 0), ("+inf", 0), ("-inf", 0), ("+0", 0), ("-0", 0), ("finite", 1), ("unjudged", 1)],
)
def test_a_class_stands_in_place_of_an_interval(judge, word, accepted):
    document = judge.document
    accept = first_accept(asked(judge, document)[0])[judge.language.profile]
    for end in ("lo", "hi"):
        accept[end] = " ".join([word, *accept[end].split()[1:]])
    assert judge(document).returncode == 1 - accepted


@pytest.mark.parametrize(("word", "accepted"), [("-0 by value", 1), ("+0", 1), ("-0", 0)])
def test_the_sign_of_zero_matters_in_classes_alone(judge, word, accepted):
    document = judge.document
    profile = judge.language.profile
    case = asked(judge, document)[0]
    for given in (case["given"], case["steps"][0]["given"]):
        for tensor in given.values():
            tensor["data"] = re.sub(r"^\S+", "0x0p+0", tensor["data"])
    end = f"{'8':0<{len(largest(profile))}}" if word == "-0 by value" else word
    judged_first(case, profile, end)
    document["cases"] = [case]
    assert judge(document).returncode == 1 - accepted


def judged_first(case: dict, profile: str, end: str) -> None:
    """Leave the first number of the first output as all that is judged, by this for both ends."""
    for output in case["steps"][0]["expected"].values():
        others = ["unjudged"] * (prod(output["shape"]) - 1)
        ends = " ".join([end, *others])
        output["accept"][profile] = {"lo": ends, "hi": ends, "bound": ""}
        end = "unjudged"


def test_what_stands_under_another_profile_is_found(judge):
    document = judge.document
    profile = judge.language.profile
    document["profiles"]["mine"] = document["profiles"][profile]
    for case in document["cases"]:
        for step in case["steps"]:
            for tensor in step["expected"].values():
                if profile in tensor["accept"]:
                    same = tensor["accept"][profile].get("same_as", profile)
                    tensor["accept"]["mine"] = {"same_as": same}
    expected = judge(document).stdout.replace(profile, "mine").split()
    assert expected
    assert judge(document, "mine").stdout.split() == expected


def cut(document: dict) -> str:
    """The file without its end."""
    return json.dumps(document)[:5000]


def shorter(document: dict) -> dict:
    """A tensor without its last number."""
    tensor = next(iter(document["cases"][0]["steps"][0]["given"].values()))
    tensor["data"] = tensor["data"].rpartition(" ")[0]
    return document


def garbled(document: dict) -> dict:
    """A number that is none."""
    tensor = next(iter(document["cases"][0]["steps"][0]["given"].values()))
    tensor["data"] = tensor["data"].replace("0x1", "0xx1", 1)
    return document


def fewer_ends(document: dict) -> dict:
    """Intervals without the last end."""
    for accept in first_accept(document["cases"][0]).values():
        if "lo" in accept:
            accept["lo"] = accept["lo"].rpartition(" ")[0]
    return document


BROKEN = {
    "cut short": cut,
    "no JSON": lambda _: "no JSON",
    "empty": lambda _: "",
    "deep": lambda _: "[" * 10000,
    "more after the end": lambda document: json.dumps(document) + "}",
    "a tensor too short": shorter,
    "no number": garbled,
    "intervals too few": fewer_ends,
    "another version": lambda document: document | {"schema": "3.0"},
    "another rule": lambda document: document | {"rule": "optimizers/lion"},
    "no cases": lambda document: document | {"cases": []},
    "a key is missing": lambda document: {k: x for k, x in document.items() if k != "profiles"},
}


@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN)
def test_it_refuses_a_broken_file_in_one_line(judge, breaking):
    refused(judge(breaking(judge.document)))


def test_it_refuses_an_input_that_float32_has_not(judge):
    document = judge.document
    tensor = next(iter(document["cases"][0]["steps"][0]["given"].values()))
    tensor["data"] = re.sub(r"^\S+", "0x1.0000001p+0", tensor["data"])
    refused(judge(document, "float32"))


@pytest.mark.parametrize("profile", ["float33", "bfloat16"])
def test_it_refuses_a_profile_that_it_cannot_judge(judge, profile):
    refused(judge(judge.document, profile))


def refused(found: Result) -> None:
    """Demand one line that names the file, and exit status 2."""
    assert found.returncode == 2
    assert re.fullmatch(r"judge: given\.json: .+\n", found.stderr)
