"""Equations are written as their sources arrange them."""

import pytest

from goldenrule.spec import text
from goldenrule.spec.catalogue import find, rules
from goldenrule.spec.latex import equation
from goldenrule.spec.tensors.layer import Layer

VARIANTS = [
    pytest.param(dialect, options, id="-".join((rule.name, dialect.name, *options)))
    for rule in rules().values()
    for dialect in rule.dialects
    for options in dialect.option_sets()
]


def lines(dialect, options=()):
    return [equation(step) for step in dialect.steps_with(options)]


def steps_of(dialect, options):
    """All steps, with the longest that a formula may be in plain text."""
    if isinstance(dialect, Layer):
        return (*dialect.steps_with(options), *dialect.backward_with(options)), 130
    return dialect.steps_with(options), 60


@pytest.mark.parametrize(("dialect", "options"), VARIANTS)
def test_every_dialect_is_written(dialect, options):
    steps, longest = steps_of(dialect, options)
    tex = "".join(map(equation, steps))
    assert tex.count("&\\") == len(steps)
    assert tex.count("{") == tex.count("}")
    for leak in ("Float", "_{t-1}_", "weight_decay", "beta1", "dampening", "Max", "1.0", "eps"):
        assert leak not in tex.replace("varepsilon", "")
    for step in steps:
        target, value = text.equation(step)
        assert "\n" not in target + value
        assert not set("*\\_{}") & set(target + value)
        assert len(value) < longest


def test_the_order_is_the_author_s():
    assert lines(find("adam").dialect("paper")) == [
        r"m_{t} &\leftarrow \beta_1 m_{t-1} + \left(1 - \beta_1\right) g_t",
        r"v_{t} &\leftarrow \beta_2 v_{t-1} + \left(1 - \beta_2\right) g_t^{2}",
        r"\hat{m}_t &\leftarrow \frac{m_{t}}{1 - \beta_1^{t}}",
        r"\hat{v}_t &\leftarrow \frac{v_{t}}{1 - \beta_2^{t}}",
        r"\theta_{t} &\leftarrow "
        r"\theta_{t-1} - \frac{\alpha \hat{m}_t}{\sqrt{\hat{v}_t} + \varepsilon}",
    ]


def test_a_step_may_be_coloured():
    step, _ = find("sgd").dialect("l2").steps_with(("weight_decay",))
    assert equation(step, "teal") == (
        r"\textcolor{teal}{g_t} &\textcolor{teal}{\leftarrow g_t + \lambda \theta_{t-1}}"
    )


def test_cases_and_functions():
    dampened = lines(find("momentum").dialect("outside"), ("dampening",))[0]
    assert r"\begin{cases} g_t & \text{for}\: t = 1" in dampened
    looked = lines(find("nesterov").dialect("lookahead"))[0]
    assert looked == r"g_t &\leftarrow \nabla f\left(\theta_{t-1} - \alpha \beta a_{t-1}\right)"


def test_layers_are_written_as_in_textbooks():
    norm = find("layer_norm").dialect("elementwise")
    assert lines(norm, ("affine",)) == [
        r"\mu &\leftarrow \frac{1}{n} \sum_{i=1}^{n} x_{i}",
        r"\sigma^2 &\leftarrow \frac{1}{n} \sum_{i=1}^{n} \left(x_{i} - \mu\right)^{2}",
        r"r &\leftarrow \frac{1}{\sqrt{\sigma^2 + \varepsilon}}",
        r"\hat{x}_{i} &\leftarrow \left(x_{i} - \mu\right) r",
        r"y_{i} &\leftarrow \gamma_{i} \hat{x}_{i} + \beta_{i}",
    ]
    assert list(map(equation, norm.backward_with(("affine",))))[3:] == [
        r"dx_{i} &\leftarrow r \left(g_{i} - \bar{g} - \hat{x}_{i} p\right)",
        r"d\gamma &\leftarrow \sum_{j=1}^{m} dy_{j} \hat{x}_{j}",
        r"d\beta &\leftarrow \sum_{j=1}^{m} dy_{j}",
    ]


def test_conditions_are_chains():
    steps = {step.name: step for step in find("conv").dialect("zeros").steps}
    assert text.equation(steps["extension"])[1] == "x[s, c, j] if 0 ≤ j < L, else 0"
    assert r"& \text{for}\: 0 \le j < L \\0" in equation(steps["extension"])
