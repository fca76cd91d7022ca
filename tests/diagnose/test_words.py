"""What `goldenrule diagnose` says: what explains it, that nothing does, that nothing need be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goldenrule.conformance import cli
from goldenrule.conformance.harness.explanation import Explanation
from goldenrule.conformance.reports.diagnosis import sentence

from .planted import path_of

NOTHING = "diagnosis  no known dialect, form, arithmetic, mistake or mutant accounts for this"


def printed(path: str, capsys: pytest.CaptureFixture[str], code: int, *options: str) -> str:
    assert cli.main(["diagnose", path, *options]) == code
    return capsys.readouterr().out


def test_every_explanation_is_printed_with_its_evidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = path_of("optimizers", "adamw_l2")
    text = printed(path, capsys, 1, "--profile", "float64")
    assert re.search(
        r"  diagnosis  explains all (\d+) failing cases \(0 contradicted\): weight decay is added "
        r"to the gradient \(L2\), not taken off the parameter \(known mistake coupled-decay\)\n"
        r"  seen in    https://github.com/keras-team/keras/issues/19051\n"
        r"  seen in    .*\n"
        r"  or         explains all \1 failing cases \(0 contradicted\): this is Adam; .*"
        r" \(this is adam/paper\)\n",
        text,
    )


def test_a_dialect_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(path_of("optimizers", "adam_eps_hat"), capsys, 1, "--profile", "float64")
    assert "so eps meets the uncorrected root (this is dialect adam/keras)\n" in text


def test_a_slip_that_nobody_listed_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(path_of("optimizers", "adam_unlisted"), capsys, 1)
    assert "(0 contradicted): in m, " in text
    assert "(mutant m: (1 - beta1) * g -> g)" in text


def test_a_wrong_shape_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(path_of("normalizations", "rms_norm_centred")).read_text()
    path = tmp_path / "shapes.py"
    text = text.replace("    x = x - x.mean(axes, keepdims=True)\n", "")
    path.write_text(text.replace("+ eps)", "+ eps)[None if eps > 1e-5 else ...]"))
    text = printed(str(path), capsys, 1)
    assert text.count("diagnosis  a tensor of another type or shape comes back in every") == 1
    assert NOTHING not in text and "by hand" not in text


def test_the_smallest_failing_case_is_shown_in_full_if_nothing_explains_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = Path(path_of("optimizers", "momentum_sign")).read_text()
    path = tmp_path / "nonsense.py"
    path.write_text(right.replace("theta + alpha * a,", "theta**2 - a + alpha,"))
    text = printed(str(path), capsys, 1)
    assert text.count(NOTHING) == 1
    _, _, shown = text.partition(
        "  by hand    the smallest failing case is single in float64; it is given\n"
    )
    facts = [line.split() for line in shown.splitlines()[:10]]
    assert facts[0] == ["t", "3"]
    assert [fact[0] for fact in facts[:6]] == ["t", "a", "theta", "g", "alpha", "beta"]
    given = {name: float(value.strip("[]")) for name, value in facts[:6]}
    must_be = {fact[0]: float(fact[-1].strip("[]")) for fact in facts[6:] if fact[1] == "must"}
    assert must_be["a"] == pytest.approx(given["beta"] * given["a"] + given["g"], rel=1e-15)


def test_a_layer_that_is_scaled_is_not_called_an_arithmetic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scaled.py"
    path.write_text(
        "from goldenrule.conformance import Backend\n"
        "from goldenrule.conformance.backends.numpy.convolutions import conv\n"
        "backend = Backend('scaled')\n"
        "@backend.layer('convolutions/conv', dialect='zeros', profile='float32')\n"
        "def convolve(x, w, stride, dilation, groups, padding, b=None):\n"
        "    y = conv.zeros(x, w, stride, dilation, groups, padding, b)\n"
        "    return y * y.dtype.type(1.0001)\n"
    )
    text = printed(str(path), capsys, 1)
    assert NOTHING in text
    assert "stride    (1,)" in text


def test_what_conforms_is_said_to(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed("numpy", capsys, 0, "--rule", "optimizers/sgd", "--profile", "float64")
    assert text.endswith("Whatever was judged conforms: there is nothing to diagnose.\n")


def test_one_failing_case_is_said_in_the_singular() -> None:
    found = Explanation("swapped-betas", "beta1 and beta2 are swapped", 1, 0, 1)
    assert sentence(found) == (
        "explains the failing case (0 contradicted): beta1 and beta2 are swapped "
        "(known mistake swapped-betas)"
    )
