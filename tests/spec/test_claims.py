"""The claims about the rules: all stand, none is vacuous, and each notices a change."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from sympy import Rational, Symbol, oo, sqrt

import goldenrule.spec.catalogue as catalogue
from goldenrule.spec.claim import Refuted, all_claims, claims_for
from goldenrule.spec.claims.quadratic import characteristic, z
from goldenrule.spec.claims.scaling import scale_invariant
from goldenrule.spec.optimizers import (
    adadelta,
    adagrad,
    adam,
    adamw,
    momentum,
    nesterov,
    rmsprop,
)
from goldenrule.spec.optimizers.momentum import outside
from goldenrule.spec.proofs.arrays import Same
from goldenrule.spec.proofs.evidence import Computed, Each, Fails, Sampled
from goldenrule.spec.proofs.fact import ClaimError, Equal, Holds
from goldenrule.spec.proofs.relation import OPPOSITE
from goldenrule.spec.proofs.sequence import Induction, Limit
from goldenrule.spec.symbols import (
    accumulator,
    alpha,
    beta,
    beta1,
    beta2,
    eps,
    g,
    m,
    rho,
    t,
    u,
    v,
    v_max,
    velocity,
)
from goldenrule.spec.unicode import plain

RULES = tuple(catalogue.rules())
c = Symbol("c", real=True, nonzero=True)


@cache
def numbered():
    """Every claim, under a name of its own."""
    return {f"{rule}/{claim.name}": claim for rule in RULES for claim in claims_for(rule)}


@pytest.mark.parametrize("name", numbered())
def test_claim_stands(name):
    claim = numbered()[name]
    assert not claim.failure
    assert claim.status != "failed"


def test_every_number_is_covered():
    assert {claim.number for claim in all_claims()} == set(range(1, 57))


def claim_modules():
    """Modules in the families' folders, by path: those of rules, and their topics beside them."""
    folder = Path(catalogue.__file__).parent / "claims"
    return [path.relative_to(folder).with_suffix("") for path in folder.glob("*/[!_]*.py")]


def test_every_rule_has_claims_on_its_own_path():
    assert set(RULES) <= {path.as_posix() for path in claim_modules()}
    assert all(claims_for(rule) for rule in RULES)


def test_every_other_module_is_a_topic_of_the_rule_whose_name_it_begins_with():
    for path in claim_modules():
        if path.as_posix() not in RULES:
            begun = (rule for rule in RULES if path.as_posix().startswith(f"{rule}_"))
            rule = max(begun, key=len)
            topic = import_module(f"goldenrule.spec.claims.{path.as_posix().replace('/', '.')}")
            assert topic.CLAIMS and set(topic.CLAIMS) <= set(claims_for(rule)), path


def test_what_is_not_proved_is_known():
    named = numbered().items()
    statuses = {name: claim.status for name, claim in named if "convolutions/" not in name}
    known = ("proved", "refuted")
    assert {name: status for name, status in statuses.items() if status not in known} == {
        "optimizers/sgd/mini-batch-variance-enumerated": (
            "proved for sizes 3 to 5, tested on 20 points"
        ),
        "normalizations/batch_norm/backward": "proved for group sizes 2 to 4",
        "normalizations/batch_norm/folding": "proved for kernel lengths 1 to 3",
        "normalizations/group_norm/backward": "proved for group sizes 1 to 4",
        "normalizations/group_norm/one-group": "proved for group sizes 1 to 4",
        "normalizations/instance_norm/backward": "proved for group sizes 1 to 4",
        "normalizations/instance_norm/one-channel": "proved for group sizes 1 to 4",
        "normalizations/instance_norm/one-sample": "proved for group sizes 1 to 4",
        "normalizations/layer_norm/backward": "proved for group sizes 1 to 4",
        "normalizations/rms_norm/backward": "proved for group sizes 1 to 4",
    }
    refuted = {claim.number for claim in all_claims() if isinstance(claim, Refuted)}
    assert refuted == {11, 18, 23, 32, 33, *range(40, 57)}


@pytest.mark.parametrize("name", numbered())
def test_claim_can_be_read(name):
    claim = numbered()[name]
    for statement, facts in claim.parts():
        for sentence in (statement, *(fact.why for fact in facts)):
            assert not {"$", "\\"} & set(plain(sentence)), sentence
    for statement, facts in claim.parts():
        assert statement[0].isupper() or statement[0] in "$0123456789"
        assert statement.endswith(".")
        assert statement.count("$") % 2 == 0
        for fact in facts:
            assert fact.relations()
            for relation in (*fact.relations(), *fact.conditions()):
                assert relation.latex()


def _changed(fact):
    """Give the sides of a fact about arrays with another left one."""
    left, right = fact.arrays
    return {name: array + 1 for name, array in left.items()}, right


def perturbed(fact):
    """Yield variants of a fact that must not pass."""
    if isinstance(fact, Equal):
        yield replace(fact, rhs=fact.rhs + Rational(1, 1000))
        yield replace(fact, rhs=fact.rhs * Rational(1001, 1000) + Rational(1, 7))
    elif isinstance(fact, Holds):
        yield replace(fact, sign=OPPOSITE[fact.sign], because=None)
        if fact.because is not None:
            yield replace(fact, because=fact.because + 1)
    elif isinstance(fact, Fails):
        yield replace(fact, sign=OPPOSITE[fact.sign])
    elif isinstance(fact, Limit):
        yield replace(fact, value=fact.value + 1)
    elif isinstance(fact, Induction):
        for state, form in fact.forms.items():
            yield replace(fact, forms={**fact.forms, state: form + 1})
            yield replace(fact, forms={**fact.forms, state: 2 * form})
    elif isinstance(fact, Sampled):
        yield replace(fact, rhs=fact.rhs + Rational(1, 1000))
    elif isinstance(fact, Same):
        yield replace(fact, sides=lambda: _changed(fact))
    elif isinstance(fact, Computed):
        yield replace(fact, value=fact.value + 1 if fact.value.is_finite else Rational(0))
    else:
        assert isinstance(fact, Each)
        *others, last = fact.facts
        yield replace(fact, facts=(*others, next(perturbed(last))))
        for inner in fact.facts:
            yield from perturbed(inner)


@pytest.mark.parametrize("name", numbered())
def test_each_fact_notices_a_change(name):
    for _, facts in numbered()[name].parts():
        for fact in facts:
            variants = tuple(perturbed(fact))
            assert variants, fact.why
            for variant in variants:
                with pytest.raises(ClaimError):
                    variant.check()


PLANTED = (
    Equal(
        "eps-hat without the other eps",
        adam.keras.outputs()["theta"],
        adam.paper.outputs()["theta"],
    ),
    Equal(
        "eps-hat with the wrong correction",
        adam.keras.outputs()["theta"],
        adam.paper.outputs()["theta"].subs(eps, eps / sqrt(1 - beta1**t)),
    ),
    Induction("bias of one step", adam.paper, {m: (1 - beta1) * c}, given={g: c}),
    Induction("bias of the other decay", adam.paper, {m: (1 - beta2**t) * c}, given={g: c}),
    Induction("Adagrad averages", adagrad.outside, {accumulator: c**2}, given={g: c}),
    Equal(
        "AdamW is Adam with L2",
        adam.paper.outputs(["weight_decay"])["theta"],
        adamw.before.outputs()["theta"],
    ),
    Equal(
        "the order of AdamW's decay does not matter",
        adamw.before.outputs()["theta"],
        adamw.after.outputs()["theta"],
    ),
    Holds(
        "a corrected raw maximum never decreases",
        adam.paper.outputs(["amsgrad"])["v_max"] / (1 - beta2**t),
        ">=",
        v_max / (1 - beta2 ** (t - 1)),
    ),
    Holds(
        "the uncentered average is a variance without the premise",
        rmsprop.outside.outputs(["centered"])["v"]
        - rmsprop.outside.outputs(["centered"])["m"] ** 2,
        ">=",
        0,
    ),
    Holds("the heavy ball is stable for all rates", characteristic(outside).subs(z, -1), ">", 0),
    Equal(
        "Nesterov's polynomial is the heavy ball's",
        characteristic(nesterov.shifted),
        characteristic(outside),
    ),
    Equal(
        "the rate is inside or outside all the same",
        momentum.inside.outputs()["theta"],
        outside.outputs()["theta"],
    ),
    Equal(
        "the averaged form has the same rate",
        momentum.averaged.outputs()["theta"].subs(velocity, (1 - beta) * velocity),
        outside.outputs()["theta"],
    ),
    Limit("RMSprop ends where it begins", alpha / sqrt(1 - rho**t), t, oo, alpha / sqrt(1 - rho)),
    scale_invariant(adam.paper, {m: 1, v: 1, v_max: 2}),
    scale_invariant(adadelta.paper, {v: 2, u: 2}),
)


@pytest.mark.parametrize("fact", PLANTED, ids=lambda fact: fact.why)
def test_planted_statements_are_caught(fact):
    with pytest.raises(ClaimError):
        fact.check()
