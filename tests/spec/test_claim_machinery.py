"""The machinery of claims: every kind of fact passes when true and raises when untrue or empty."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Function, IndexedBase, Integer, Max, Rational, Sum, exp, oo, sign, sqrt, symbols

from goldenrule.spec.claim import Claim, Refuted, claims_for
from goldenrule.spec.latex import tex
from goldenrule.spec.optimizers import adam, ewma, momentum
from goldenrule.spec.proofs.arrays import Same
from goldenrule.spec.proofs.decide import has_sign, is_zero
from goldenrule.spec.proofs.evidence import Computed, Counted, Each, Fails, Finite, Sampled
from goldenrule.spec.proofs.fact import ClaimError, Equal, Holds
from goldenrule.spec.proofs.iterate import iterate, outputs_from
from goldenrule.spec.proofs.relation import Relation, sample
from goldenrule.spec.proofs.sequence import Induction, Limit
from goldenrule.spec.rule import Step
from goldenrule.spec.symbols import (
    alpha,
    average_value,
    average_value_t,
    beta,
    beta2,
    eps,
    g,
    m,
    rho,
    t,
    theta,
    v,
    velocity,
    x,
)
from goldenrule.spec.tensors.algebra import generators

c = symbols("c", real=True)
n, k = symbols("n k", integer=True, positive=True)
s = symbols("s", nonnegative=True)
X = IndexedBase("x")

COUNTING = ewma.uncorrected.amend(
    "counting",
    ewma.uncorrected.source,
    Step("average", average_value_t, average_value + t * x),
    summary="What depends on the count of the step.",
)

NUMBERS = generators({"x": (2,), "v": ()}, roots=1)
ROOT = NUMBERS["v"].root()


def agree(why, left, right):
    return Same(why, lambda: ({"y": np.array(left)}, {"y": np.array(right)}))


TRUE = (
    agree("numbers", [ROOT * ROOT, NUMBERS["x"][0]], [NUMBERS["v"], NUMBERS["x"][0]]),
    Equal("square", (g + m) ** 2, g**2 + 2 * g * m + m**2),
    Equal("root", sqrt(v / (1 - beta2**t)), sqrt(v) / sqrt(1 - beta2**t)),
    Equal("given", g**2, 4, given={g: 2}),
    Equal("maximum", Max(4 * v, 4 * s), 4 * Max(v, s)),
    Equal("sum", Sum(2 * X[k] + 1, (k, 1, n)), n + 2 * Sum(X[k], (k, 1, n))),
    Equal("unknown function", Function("f")(g) * 2, Function("f")(g) + Function("f")(g)),
    Holds("square", g**2, ">=", 0),
    Holds("decay rate", rho * (1 - rho), ">=", 0),
    Holds("power of a decay rate", 1 - beta2**t, ">", 0),
    Holds("hypothesis", v - g**2, ">=", 0, given={v: g**2 + s}),
    Holds("rewritten", g**2 + m**2, ">=", 2 * g * m, because=(g - m) ** 2),
    Holds("numbers", sqrt(2), "<", Rational(3, 2)),
    Limit("power", beta**t, t, oo, 0),
    Limit("finite point", beta ** (1 / (1 - beta)), beta, 1, exp(-1)),
    Induction("bias", ewma.uncorrected, {average_value: (1 - beta**t) * c}, given={x: c}),
    Induction(
        "start", ewma.uncorrected, {average_value: c}, given={x: c}, start={average_value: c}
    ),
    Induction("count", COUNTING, {average_value: c * t * (t + 1) / 2}, given={x: c}),
    Fails("equation", g + 1, "=", g + 2, given={g: 0}),
    Fails("order", sqrt(2), ">", sqrt(3)),
    Each("both", (Equal("one", g + g, 2 * g), Holds("two", eps, ">", 0))),
    Finite("sizes", tuple(Equal(f"{n}", (g**n) ** 2, g ** (2 * n)) for n in (1, 2)), range(1, 3)),
    Sampled("points", g**2 + 1, ">", g, count=20),
    Computed("sum", g, lambda: Integer(6), Integer(6)),
    Counted("none", g, lambda: Integer(0), Integer(0), limits="L <= 5"),
)

UNTRUE = (
    agree("one of two numbers", NUMBERS["x"], [NUMBERS["x"][0], NUMBERS["x"][0]]),
    agree("a root", [ROOT], [NUMBERS["v"]]),
    Equal("square", (g + m) ** 2, g**2 + m**2),
    Equal("for g = 0 only", g * m, 0),
    Equal("nearly", g * (1 + Rational(1, 10**6)), g),
    Equal("given", g**2, 5, given={g: 2}),
    Equal("only where positive", sqrt(g**2), g),
    Equal("only away from 0", sign(v), 1),
    Equal("only at the rate 0", (1 - beta) * g, g),
    Equal("terms", Sum(X[k], (k, 1, n)), Sum(X[k], (k, 1, n + 1))),
    Equal("maximum", Max(4 * v, 4 * s), 2 * Max(v, s)),
    Equal("function", Function("f")(g), Function("f")(m)),
    Holds("square, strict", g**2, ">", 0),
    Holds("decay rate, strict", rho, ">", 0),
    Holds("no upper bound", alpha, "<", 1),
    Holds("wrong side", eps, "<", 0),
    Holds("without the hypothesis", v - g**2, ">=", 0),
    Holds("not what it is", g**2 + m**2, ">=", 2 * g * m, because=(g + m) ** 2),
    Holds("no sign", g**2 + m**2, ">=", 3 * g * m, because=g**2 + m**2 - 3 * g * m),
    Limit("wrong value", beta**t, t, oo, 1),
    Limit("grows", t * beta, t, oo, 0),
    Limit("from below", 1 / (1 - beta), beta, 1, -oo),
    Induction("kept, not true at first", ewma.uncorrected, {average_value: c}, given={x: c}),
    Induction("not kept", ewma.uncorrected, {average_value: (1 - beta) * c}, given={x: c}),
    Induction(
        "start",
        ewma.uncorrected,
        {average_value: (1 - beta**t) * c},
        given={x: c},
        start={average_value: 1},
    ),
    Induction("count from 0", COUNTING, {average_value: c * t * (t - 1) / 2}, given={x: c}),
    Fails("no witness", g**2, "=", g, given={g: 1}),
    Fails("no witness, in disguise", sqrt(5 + 2 * sqrt(6)), "=", sqrt(2) + sqrt(3)),
    Fails("order that holds", sqrt(2), "<", sqrt(3)),
    Each("one is not", (Equal("one", g + g, 2 * g), Holds("two", eps, "<", 0))),
    Finite("the last is not", (Equal("1", g, g), Equal("2", g, g**2)), range(1, 3)),
    Sampled("rarely untrue", (4 * g - 1) ** 2 * (g**2 - 144) ** 2, ">=", 1, count=500),
    Computed("sum", g, lambda: Integer(6), Integer(7)),
    Counted("some", g, lambda: Integer(1), Integer(0), limits="L <= 5"),
)

EMPTY = (
    agree("no elements", [], []),
    agree("another shape", NUMBERS["x"], [NUMBERS["x"]]),
    Same("no results", lambda: ({}, {})),
    Same("other results", lambda: ({"y": NUMBERS["x"]}, {"z": NUMBERS["x"]})),
    Equal("no such symbol", g, g, given={m: 0}),
    Equal("undefined", 1 / g, 1 / g, given={g: 0}),
    Equal("0 / 0", g / m, 1, given={g: 0, m: 0}),
    Holds("no such symbol", g**2, ">=", 0, given={v: s}),
    Holds("unknown sign", g**3 + m**3 + 10**9, ">", 0),
    Limit("no such symbol", g, t, oo, g),
    Induction("no forms", ewma.uncorrected, {}),
    Fails("not a number", g, "=", m),
    Each("none", ()),
    Finite("none", (), range(0)),
    Finite("fewer than sizes", (Equal("1", g, g),), range(1, 5)),
    Counted("no limits", g, lambda: Integer(0), Integer(0), limits=""),
    Sampled("no points", g**2, ">=", 0, count=0),
    Sampled("no symbols", Integer(2), ">", 1, count=5),
    Sampled("nowhere defined", sqrt(-1 - g**2), ">", 0, count=5),
)


def label(fact):
    return f"{type(fact).__name__}: {fact.why}"


@pytest.mark.parametrize("fact", TRUE, ids=label)
def test_true_facts_pass(fact):
    fact.check()


@pytest.mark.parametrize("fact", UNTRUE, ids=label)
def test_untrue_facts_are_caught(fact):
    with pytest.raises(ClaimError):
        fact.check()


@pytest.mark.parametrize("fact", EMPTY, ids=label)
def test_facts_that_say_nothing_are_caught(fact):
    with pytest.raises(ClaimError):
        fact.check()


def test_an_untrue_fact_shows_a_counterexample():
    with pytest.raises(ClaimError, match="is untrue: it can be"):
        Equal("linear", theta - alpha * g, theta - alpha * m).check()


def test_an_unknown_sign_is_refused():
    with pytest.raises(ValueError, match="no sign '=='"):
        Relation(g, "==", m)


def test_samples_stay_in_the_domains():
    points = sample(Relation(rho + 0 * alpha, "<", alpha))
    for _ in range(200):
        here = next(points)
        assert 0 <= here.lhs < 1
        assert here.rhs > 0


def test_deciding_claims_no_more_than_it_knows():
    assert not is_zero(g)
    assert not is_zero(1 - beta2**t - beta2)
    assert not has_sign(g, strict=False)
    assert not has_sign(rho, strict=True)
    assert not has_sign(1 - rho - beta, strict=False)


PROVED = Equal("one", g + g, 2 * g)
FALSE = Equal("two", g, 2 * g)
WITNESS = Fails("three", 1, "=", 2)
FINITE, SAMPLED, COUNTED = (
    next(fact for fact in TRUE if isinstance(fact, kind)) for kind in (Finite, Sampled, Counted)
)
LENGTHS = replace(FINITE, of="lengths")


@pytest.mark.parametrize(
    ("proof", "status"),
    [
        ((PROVED,), "proved"),
        ((FINITE,), "proved for sizes 1 to 2"),
        ((PROVED, FINITE, LENGTHS), "proved for sizes 1 to 2 and for lengths 1 to 2"),
        ((SAMPLED,), "tested on 20 points"),
        ((FINITE, SAMPLED), "proved for sizes 1 to 2, tested on 20 points"),
        ((Finite("tested", (SAMPLED,), range(1, 2)),), "tested on 20 points"),
        ((COUNTED,), "counted for L <= 5"),
        ((PROVED, COUNTED), "proved, counted for L <= 5"),
        ((COUNTED, replace(COUNTED, limits="K <= 3")), "counted for L <= 5; K <= 3"),
        ((FINITE, Each("each", (COUNTED,))), "proved for sizes 1 to 2, counted for L <= 5"),
        ((COUNTED, SAMPLED), "counted for L <= 5, tested on 20 points"),
        ((PROVED, FALSE), "failed"),
        ((), "failed"),
    ],
)
def test_status_is_what_the_facts_show(proof, status):
    claim = Claim(1, "name", "A statement.", proof)
    assert claim.status == status
    if status == "failed":
        with pytest.raises(ClaimError, match="claim 1 name: "):
            claim.check()
    else:
        claim.check()


@pytest.mark.parametrize(
    ("counterexample", "proof", "status"),
    [
        (WITNESS, (PROVED,), "refuted"),
        (Fails("none", 1, "=", 1), (PROVED,), "failed"),
        (WITNESS, (FALSE,), "failed"),
        (WITNESS, (), "failed"),
    ],
)
def test_refuting_takes_a_counterexample_and_the_truth(counterexample, proof, status):
    refuted = Refuted(1, "name", "False.", proof, counterexample=counterexample, truth="True.")
    assert refuted.status == status
    assert [statement for statement, _ in refuted.parts()] == ["False.", "True."]


def test_facts_are_checked_once():
    counted = []
    fact = Computed("count", g, lambda: counted.append(1) or Integer(1), Integer(1))
    claim = Claim(1, "name", "A statement.", (fact,))
    assert claim.status == claim.status == "proved"
    assert len(counted) == 1


def test_relations_are_written_in_latex():
    assert Relation(v, "<=", sqrt(v)).latex() == r"v_{t-1} \le \sqrt{v_{t-1}}"
    assert tex(beta - alpha) == r"\beta - \alpha"


def test_iterating_is_taking_steps():
    results = iterate(momentum.outside, [{g: 1}] * 3, {theta: 0, velocity: 0, beta: 1, alpha: 1})
    assert [result["a"] for result in results] == [1, 2, 3]
    assert [result["theta"] for result in results] == [-1, -3, -6]


def test_iterating_counts_from_one():
    results = iterate(ewma.corrected, [{x: 5}] * 2, {average_value: 0, beta: Rational(1, 3)})
    assert [result["average"] for result in results] == [5, 5]


def test_outputs_from_nothing_known_are_outputs():
    for options in adam.paper.option_sets():
        assert outputs_from(adam.paper, [], options) == adam.paper.outputs(options)


def test_claims_of_an_unknown_rule():
    with pytest.raises(ValueError, match="no rule 'adm'"):
        claims_for("adm")


def test_claims_know_rules_by_both_names():
    assert claims_for("adam") == claims_for("optimizers/adam") != ()


def test_a_rule_with_another_sign_fails_the_claim_about_it():
    wrong = momentum.outside.amend(
        "wrong",
        momentum.outside.source,
        replace(momentum.outside.steps[0], value=beta * velocity - g),
        summary="The gradient is taken off the velocity.",
    )
    fact = claims_for("momentum")[0].proof[0]
    with pytest.raises(ClaimError):
        replace(fact, dialect=wrong).check()
