"""Wrong layers, as users would write and declare them, are reported and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenrule.conformance.harness.results import Report
from goldenrule.conformance.harness.verify import verify

FOLDER = Path(__file__).parent / "backends"
PLANTED = {
    "convolutions/accumulated_in_bfloat16": "+native",
    "convolutions/conv_bias_ignored": "bias-ignored",
    "convolutions/conv_bias_twice": "bias-twice",
    "convolutions/conv_dilation_ignored": "dilation-ignored",
    "convolutions/conv_dw_exchange": "dw-exchange",
    "convolutions/conv_groups_interleaved": "groups-interleaved",
    "convolutions/conv_kernel_reversed": "kernel-reversed",
    "convolutions/conv_kernel_transposed": "kernel-transposed",
    "convolutions/conv_padding_ends": "padding-ends",
    "convolutions/conv_same_upper": "conv/same_upper",
    "convolutions/conv_stride_axes": "stride-axes",
    "convolutions/conv_transpose_crop": "padding-ends",
    "convolutions/conv_transpose_same_crop": "same-cut",
    "normalizations/batch_norm_dgamma_from_x": "dgamma-from-x",
    "normalizations/batch_norm_momentum_reversed": "momentum-complement",
    "normalizations/batch_norm_of_keras": "batch_norm/biased",
    "normalizations/batch_norm_running_biased": "running-variance-biased",
    "normalizations/batch_norm_running_unbiased": "running-variance-unbiased",
    "normalizations/batch_norm_variance_unbiased": "unbiased-variance",
    "normalizations/group_norm_mean_term": "mean-term-missing",
    "normalizations/instance_norm_variance_unbiased": "unbiased-variance",
    "normalizations/layer_norm_eps_outside": "eps-outside",
    "normalizations/layer_norm_gamma_not_in_dx": "gamma-not-in-dx",
    "normalizations/layer_norm_onepass": "+onepass",
    "normalizations/layer_norm_swapped": "swapped-affine",
    "normalizations/layer_norm_variance_unbiased": "unbiased-variance",
    "normalizations/layer_norm_without_eps": "eps-ignored",
}


@pytest.fixture(scope="module")
def report() -> Report:
    """What `goldenrule verify` finds out about all of them."""
    return verify([str(FOLDER / f"{name}.py") for name in PLANTED])


@pytest.mark.parametrize(("name", "explanation"), PLANTED.items())
def test_it_is_reported_deviant_and_named(name: str, explanation: str, report: Report) -> None:
    assert not report.problems
    entries = [entry for entry in report.entries if entry.backend == Path(name).name]
    assert entries
    for entry in entries:
        assert entry.verdict == "deviates"
        first, *_ = entry.explanations
        assert (first.name, first.cases_contradicted) == (explanation, 0)


@pytest.mark.parametrize("path", sorted([*FOLDER.glob("*ns/*.py")]), ids=lambda path: path.stem)
def test_a_backend_is_short(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    assert len(lines) <= 15
    assert f"{path.parent.name}/{path.stem}" in PLANTED
