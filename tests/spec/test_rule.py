"""Rules as data: what is accepted, what is refused, and what is read off the steps."""

import re

import pytest
from sympy import Float, Integer, Rational, Symbol

from goldenrule.spec.catalogue import find, rules
from goldenrule.spec.rule import GOLDENRULE, Dialect, Option, Rule, Source, Step
from goldenrule.spec.symbols import (
    DOMAIN,
    LATEX,
    MEANING,
    OLD,
    alpha,
    b,
    beta,
    binary64,
    d,
    g,
    m,
    m_t,
    theta,
    theta_t,
    weight_decay,
)

UPDATE = Step("update", theta_t, theta - alpha * g)


def dialect(*steps: Step, options: tuple[Option, ...] = ()) -> Dialect:
    return Dialect("tested", "For a test.", GOLDENRULE, steps, options)


def refused(message: str):
    return pytest.raises(ValueError, match=re.escape(message))


# CONSTRUCTION


def test_steps_are_read_in_order():
    averaged = dialect(
        Step("average", m_t, beta * m + (1 - beta) * g),
        Step("update", theta_t, theta - alpha * m_t),
    )
    assert averaged.inputs() == (theta, g)
    assert averaged.state() == (m,)
    assert averaged.hyper() == (alpha, beta)
    assert not averaged.counts()
    assert averaged.outputs() == {
        "theta": theta - alpha * (beta * m + (1 - beta) * g),
        "m": beta * m + (1 - beta) * g,
    }


def test_a_step_may_give_a_symbol_a_new_value():
    shrunk = dialect(Step("decay", theta, theta * (1 - alpha)), UPDATE)
    assert shrunk.outputs() == {"theta": theta * (1 - alpha) - alpha * g}


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((UPDATE, UPDATE), "tested: two steps are named 'update'"),
        ((Step("Update", theta_t, theta),), "tested: step Update: a name is lower-case words"),
        (
            (Step("update", theta_t, theta - Float("0.1") * g),),
            "tested: step update holds the rounded number -0.1",
        ),
        (
            (Step("update", theta_t, theta - Symbol("lr") * g),),
            "tested: step update: lr has no domain",
        ),
        (
            (Step("update", theta_t, theta - g * Symbol("g", positive=True)),),
            "tested: step update: g has another domain than before",
        ),
        (
            (Step("update", theta_t, theta - g / d), Step("scale", d, alpha)),
            "tested: d is read before it is set",
        ),
        (
            (Step("update", theta_t, theta - alpha * m),),
            "tested: the state m is read and never updated",
        ),
        ((Step("scale", d, alpha), UPDATE), "tested: step scale sets d, which nothing uses"),
        ((Step("scale", d, alpha),), "tested: no step sets a result"),
        ((), "tested: no step sets a result"),
    ],
)
def test_bad_steps_are_refused(steps, message):
    with refused(message):
        dialect(*steps)


# DELTAS


def test_amend_replaces_inserts_and_drops():
    base = dialect(Step("scale", d, alpha), Step("update", theta_t, theta - d * g))
    source = Source("A framework", "its/file.py", "1.0")
    other = base.amend(
        "other",
        source,
        Step("update", theta_t, theta - alpha * g),
        Step("decay", g, g + weight_decay * theta),
        summary="Other.",
        drop=("scale",),
        before="update",
    )
    assert [step.name for step in other.steps] == ["decay", "update"]
    assert [(kind, step.name) for kind, step in other.changes(base)] == [
        ("added", "decay"),
        ("replaced", "update"),
        ("dropped", "scale"),
    ]
    assert str(other.source) == "A framework 1.0, its/file.py"
    assert base.amend(
        "after", source, Step("decay", theta_t, theta_t / 2), summary="", after="update"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"drop": ("upd",)}, "other: no step 'upd'; steps: update"),
        ({"before": "start"}, "other: no step 'start'; steps: update"),
        ({}, "other: say where the new step 'decay' goes: before or after"),
        (
            {"before": "update", "after": "update"},
            "other: say where the new step 'decay' goes: before or after",
        ),
    ],
)
def test_bad_deltas_are_refused(arguments, message):
    new = Step("decay", g, g + weight_decay * theta)
    with refused(message):
        dialect(UPDATE).amend("other", GOLDENRULE, new, summary="", **arguments)


def test_dropping_what_is_still_read_is_refused():
    base = dialect(Step("scale", d, alpha), Step("update", theta_t, theta - d * g))
    with refused("other: d is read before it is set"):
        base.amend("other", GOLDENRULE, summary="", drop=("scale",))


# OPTIONS


def decay(*symbols: Symbol, before: str = "update") -> Option:
    step = Step("decay", g, g + weight_decay * theta)
    return Option("weight_decay", symbols, (step,), before=before)


def test_an_option_is_a_delta():
    optional = dialect(UPDATE, options=(decay(weight_decay),))
    assert list(optional.option_sets()) == [(), ("weight_decay",)]
    assert optional.hyper() == (alpha,)
    assert optional.hyper(("weight_decay",)) == (alpha, weight_decay)
    assert optional.outputs(("weight_decay",))["theta"] == theta - alpha * (
        g + weight_decay * theta
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((decay(),), "tested: option weight_decay takes weight_decay"),
        ((decay(weight_decay, b),), "tested: option weight_decay takes weight_decay"),
        ((decay(weight_decay),) * 2, "tested: two options are named 'weight_decay'"),
        ((decay(weight_decay, before="start"),), "tested + weight_decay: no step 'start'"),
    ],
)
def test_bad_options_are_refused(options, message):
    with refused(message):
        dialect(UPDATE, options=options)


def test_an_unknown_option_is_refused():
    with refused("tested: no option 'amsgrad'; options: none"):
        dialect(UPDATE).steps_with(("amsgrad",))


# RULES


def test_a_rule_reads_its_docstring():
    rule = Rule("optimizers/x", "X: one sentence.\n\nShapes.\n", (dialect(UPDATE),), defaults={})
    assert (rule.title, rule.summary, rule.domains) == ("X", "One sentence.", "Shapes.")


@pytest.mark.parametrize(
    ("doc", "defaults", "message"),
    [
        (None, {}, "x: the first line of the docstring is not 'Title: ...'"),
        ("X", {}, "x: the first line of the docstring is not 'Title: ...'"),
        ("X: y.", {"f": {"lr": "1"}}, "x: f sets unknown lr"),
    ],
)
def test_bad_rules_are_refused(doc, defaults, message):
    with refused(message):
        Rule("x", doc, (dialect(UPDATE),), defaults)


def test_unknown_names_are_met_with_near_ones():
    with refused("no rule 'adm'; did you mean optimizers/adam"):
        find("adm")
    with refused("no rule 'zzz'; rules: optimizers/"):
        find("zzz")
    with refused("optimizers/sgd: no dialect 'l3'; dialects: l2, decoupled"):
        find("optimizers/sgd").dialect("l3")


# THE CATALOGUE


UPDATES = [rule for name, rule in rules().items() if name.startswith("optimizers/")]


@pytest.mark.parametrize("rule", UPDATES, ids=lambda rule: rule.name)
def test_catalogue_of_update_rules(rule):
    assert rule.summary.endswith(".")
    assert "tensors of one shape" in rule.domains
    for other in rule.see_also:
        assert other in rules()
    for dialect in rule.dialects:
        assert dialect.summary.endswith(".")
        assert dialect.used_by or dialect.source.title in (
            "goldenrule",
            rule.dialects[-1].source.title,
        )
        for option in dialect.option_sets():
            outputs = dialect.outputs(option)
            state = [symbol.name for symbol in dialect.state(option)]
            assert [*state] == [name for name in outputs if name not in ("theta", "average")]
            assert not any(value.has(Float) for value in outputs.values())
            given = set(dialect.symbols(option))
            assert all(value.free_symbols <= given for value in outputs.values())
            assert set().union(*(v.free_symbols for v in outputs.values())) == given
    for values in rule.defaults.values():
        assert all(Rational(value) >= 0 for value in values.values())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_defaults_lie_in_their_domain(rule):
    scalars = {symbol.name: symbol for symbol in rule.symbols() if symbol in DOMAIN}
    for values in rule.defaults.values():
        for name in values.keys() & scalars:
            assert Rational(values[name]) in DOMAIN[scalars[name]]


def test_the_vocabulary_is_complete():
    assert set(OLD) | set(OLD.values()) | set(DOMAIN) <= set(LATEX)
    assert set(LATEX) == set(MEANING)
    assert all(symbol.is_real for symbol in LATEX)


def test_numbers_are_those_of_binary64():
    assert binary64("0.5") == Rational(1, 2)
    assert binary64("0.9") != Rational(9, 10)
    assert binary64("0.9") * 2**53 == Integer(8106479329266893)
