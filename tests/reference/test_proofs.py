"""Every form of every update rule is proved to compute its spec; planted mistakes are refuted."""

import importlib.util
import inspect
import re

import pytest

from goldenrule.conformance import prove as module
from goldenrule.conformance.prove import Obligation, ProofError, obligations, prove
from goldenrule.reference.catalogue import forms
from goldenrule.spec.catalogue import rules

OBLIGATIONS = tuple(o for o in obligations() if o.kind == "step")
UPDATES = {name: rule for name, rule in rules().items() if name.startswith("optimizers/")}


@pytest.mark.parametrize("obligation", OBLIGATIONS, ids=str)
def test_every_form_computes_its_spec(obligation):
    proofs = prove(obligation)
    assert [p.output for p in proofs] == list(obligation.dialect.outputs(obligation.options))
    branches = "dampening" in [option.name for option in obligation.dialect.options]
    assert {p.how for p in proofs} == {"t = 1 and t > 1" if branches else "for all t"}
    assert {(p.rule, p.dialect, p.form, p.options) for p in proofs} == {
        (
            obligation.rule,
            obligation.dialect.name,
            obligation.function.__name__,
            obligation.options,
        )
    }


def test_nothing_is_left_out():
    wanted = {
        (name, dialect.name, form, options)
        for name, rule in UPDATES.items()
        for dialect in rule.dialects
        for form in forms(name)[dialect.name]
        for options in dialect.option_sets()
    }
    assert {(o.rule, o.dialect.name, o.function, o.options) for o in OBLIGATIONS} == wanted
    assert len(OBLIGATIONS) == len(wanted)


# PLANTED MISTAKES


def edited(rule, dialect, form, old, new, folder, options=()):
    """The obligation of a form whose text has been changed in one place."""
    (function,) = (f for f in forms(rule)[dialect] if f.__name__ == form)
    text = inspect.getsource(function)
    assert text.count(old) == 1
    path = folder / "edited.py"
    path.write_text(text.replace(old, new), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"edited_{folder.name}", path)
    changed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(changed)
    return Obligation(rule, rules()[rule].dialect(dialect), getattr(changed, form), options)


ADAM = ("optimizers/adam", "paper")
MISTAKES = {
    "t off by one": (*ADAM, "paper", "beta2**t", "beta2**(t + 1)"),
    "t from zero": (*ADAM, "paper", "beta1**t", "beta1**(t - 1)"),
    "eps moved": (*ADAM, "paper", "(ctx.sqrt(v_hat) + eps)", "ctx.sqrt(v_hat + eps)"),
    "eps corrected": (*ADAM, "paper_lerp", "/ root) + ctx.store(eps))", "+ eps) / root)"),
    "wrong sign": (*ADAM, "paper", "theta - alpha", "theta + alpha"),
    "swapped betas": (*ADAM, "paper", "beta1 * m + (1 - beta1)", "beta2 * m + (1 - beta2)"),
    "lerp, wrong weight": (*ADAM, "paper_lerp", "(1 - beta1) * (g", "beta1 * (g"),
    "reciprocal forgotten": (*ADAM, "paper_reciprocal", "(1 / ctx.cast(1 - beta1**t))", "1"),
    "root missing": ("optimizers/adagrad", "inside", "inside", "ctx.sqrt(", "("),
    "stale state": ("optimizers/rmsprop", "optax", "optax", "v = ctx.store(", "w = ("),
    "point": ("optimizers/nesterov", "lookahead", "lookahead", "gradient(theta -", "gradient("),
    "state alone": ("optimizers/adadelta", "paper", "paper", "u = ctx.store(", "w = ("),
    "power": ("optimizers/ewma", "corrected", "corrected", "beta**t", "beta ** (t * t)"),
    "tiny": ("optimizers/sgd", "l2", "l2", "theta - ", "theta - g * g / 2**60 - "),
}
OUTPUTS = {"state alone": "u", "power": "average"}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_planted_mistake_is_refuted(name, tmp_path):
    rule, dialect, form, *_ = MISTAKES[name]
    what = f"{rule}/{dialect}, form {form}: {OUTPUTS.get(name, 'theta')}"
    with pytest.raises(ProofError, match=rf"^{what} differs from the spec by \S+ at \w+ = \d"):
        prove(edited(*MISTAKES[name], tmp_path))


OPTIONAL = {
    "maximum forgotten": (*ADAM, "paper", "ctx.max(v_max, v)", "v", ("amsgrad",)),
    "decay forgotten": (*ADAM, "paper", "g + weight_decay * theta", "g", ("weight_decay",)),
    "clamp forgotten": (
        "optimizers/rmsprop", "clamped", "clamped", "ctx.max(ctx.store(v - m * m), 0)", "v - m * m",
        ("centered",),
    ),
    "first step forgotten": (
        "optimizers/momentum", "outside", "outside", "a = g\n", "a = beta * a + g\n",
        ("dampening",),
    ),
    "dampening forgotten": (
        "optimizers/momentum", "outside", "outside", "1 - dampening", "1", ("dampening",),
    ),
    "rate falls late": (
        "optimizers/adagrad", "outside", "outside", "(t - 1)", "t", ("lr_decay",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_mistake_in_an_option_is_refuted_with_it_and_only_with_it(name, tmp_path):
    *where, options = OPTIONAL[name]
    obligation = edited(*where, tmp_path, options)
    with pytest.raises(ProofError, match=rf", with {options[0]}: \w+ differs from the spec by"):
        prove(obligation)
    without = Obligation(obligation.rule, obligation.dialect, obligation.function, ())
    assert prove(without)


REFUSED = {
    "branches on t == 2": ("optimizers/momentum", "outside", "outside", "t == 1", "t == 2"),
    "branches on eps < 1": (*ADAM, "paper", "v_max is not None", "eps < 1"),
    "required parameters do not agree with the spec in rho": (*ADAM, "paper", "eps,", "eps, rho,"),
    "optional parameters do not agree with the spec in v_max": (*ADAM, "paper", "v_max=None", ""),
    "does not take the step count t": (*ADAM, "paper", " t,", ""),
    "gives theta, m, not theta, m, v": (*ADAM, "paper", '"v": v, ', ""),
}


@pytest.mark.parametrize("message", REFUSED)
def test_a_text_that_could_hide_something_is_refused(message, tmp_path):
    with pytest.raises(ProofError, match=re.escape(message)):
        prove(edited(*REFUSED[message], tmp_path))


def test_undecided_is_refused(monkeypatch):
    monkeypatch.setattr(module, "is_zero", lambda _: False)
    with pytest.raises(ProofError, match="theta is not shown to equal the spec's; left over"):
        prove(next(o for o in OBLIGATIONS if o.function.__name__ == "paper_lerp"))
