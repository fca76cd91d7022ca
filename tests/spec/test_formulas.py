"""Every update rule, with every choice of options, computes a formula written again by hand."""

import pytest
from sympy import N, Rational, sqrt

from goldenrule.spec.catalogue import rules
from goldenrule.spec.dialect import Dialect
from goldenrule.spec.steps import Step
from goldenrule.spec.symbols import Gradient, alpha, g, theta, theta_t

POINTS = (
    {"t": 1, "theta": "1/3", "g": "-5/7"},
    {"t": 2, "theta": "-2", "g": "3/1000", "weight_decay": "3/8", "v_max": "9"},
    {"t": 5, "theta": "0", "g": "11/4", "alpha": "7/3", "v": "9/2", "eps": "3"},
)
COMMON = {
    "x": "13/5", "a": "5/4", "m": "2/9", "v": "17/3", "v_max": "1/50", "u": "2/5", "b": "-3/11",
    "alpha": "1/8", "beta": "6/7", "beta1": "4/5", "beta2": "30/31", "rho": "8/9",
    "eps": "1/1024", "dampening": "1/4", "weight_decay": "1/16", "lr_decay": "2/3",
}  # fmt: skip


def gradient(point):
    return 3 * point - Rational(1, 2)


class Given(dict):
    __getattr__ = dict.__getitem__


def decayed(p, options):
    return p.g + p.weight_decay * p.theta if "weight_decay" in options else p.g


def shrunk(p, options):
    return p.theta - p.alpha * p.weight_decay * p.theta if "weight_decay" in options else p.theta


def sgd_l2(p, o):
    return {"theta": p.theta - p.alpha * decayed(p, o)}


def sgd_decoupled(p, o):
    return {"theta": shrunk(p, o) - p.alpha * p.g}


def momentum_outside(p, o):
    g = decayed(p, o)
    a = p.beta * p.a + g
    if "dampening" in o:
        a = g if p.t == 1 else p.beta * p.a + (1 - p.dampening) * g
    return {"theta": p.theta - p.alpha * a, "a": a}


def momentum_dampened(p, o):
    a = p.beta * p.a + (1 - p.dampening) * decayed(p, o)
    return {"theta": p.theta - p.alpha * a, "a": a}


def momentum_inside(p, o):
    a = p.beta * p.a - p.alpha * p.g
    return {"theta": shrunk(p, o) + a, "a": a}


def momentum_averaged(p, _):
    a = p.beta * p.a + (1 - p.beta) * p.g
    return {"theta": p.theta - p.alpha * a, "a": a}


def nesterov_shifted(p, o):
    g = decayed(p, o)
    a = p.beta * p.a + g
    return {"theta": p.theta - p.alpha * (g + p.beta * a), "a": a}


def nesterov_keras(p, o):
    a = p.beta * p.a - p.alpha * p.g
    return {"theta": shrunk(p, o) + p.beta * a - p.alpha * p.g, "a": a}


def nesterov_lookahead(p, _):
    a = p.beta * p.a + gradient(p.theta - p.alpha * p.beta * p.a)
    return {"theta": p.theta - p.alpha * a, "a": a}


def adagrad_outside(p, o):
    g = decayed(p, o)
    rate = p.alpha / (1 + (p.t - 1) * p.lr_decay) if "lr_decay" in o else p.alpha
    a = p.a + g * g
    return {"theta": p.theta - rate * g / (sqrt(a) + p.eps), "a": a}


def adagrad_inside(p, _):
    a = p.a + p.g**2
    return {"theta": p.theta - p.alpha * p.g / sqrt(a + p.eps), "a": a}


def adadelta(p, o):
    g = decayed(p, o)
    v = p.rho * p.v + (1 - p.rho) * g * g
    change = g * sqrt(p.u + p.eps) / sqrt(v + p.eps)
    u = p.rho * p.u + (1 - p.rho) * change**2
    return {"theta": p.theta - p.alpha * change, "v": v, "u": u}


def rmsprop(p, o, *, inside, folded, clamp=False):
    g = decayed(p, o)
    out = {"v": p.rho * p.v + (1 - p.rho) * g * g}
    spread = out["v"]
    if "centered" in o:
        out["m"] = p.rho * p.m + (1 - p.rho) * g
        spread -= out["m"] ** 2
        spread = max(spread, 0) if clamp else spread
    d = sqrt(spread + p.eps) if inside else sqrt(spread) + p.eps
    move = p.alpha * g / d
    if "momentum" in o:
        out["b"] = p.beta * p.b + (p.alpha if folded else 1) * g / d
        move = out["b"] * (1 if folded else p.alpha)
    return out | {"theta": p.theta - move}


def moments(p, g):
    return p.beta1 * p.m + (1 - p.beta1) * g, p.beta2 * p.v + (1 - p.beta2) * g * g


def adam(p, o, kind, theta=None):
    m, v = moments(p, decayed(p, o))
    out = {"m": m, "v": v}
    c1, c2 = 1 - p.beta1**p.t, 1 - p.beta2**p.t
    used = v
    if kind == "corrected_max":
        out["v_max"] = used = max(p.v_max, v / c2)
    elif "amsgrad" in o:
        out["v_max"] = used = max(p.v_max, v)
    move = {
        "paper": lambda: m / c1 / (sqrt(used / c2) + p.eps),
        "keras": lambda: sqrt(c2) / c1 * m / (sqrt(used) + p.eps),
        "inside": lambda: m / c1 / sqrt(used / c2 + p.eps),
        "uncorrected": lambda: m / (sqrt(used) + p.eps),
        "corrected_max": lambda: m / c1 / (sqrt(used) + p.eps),
    }[kind]()
    return out | {"theta": (p.theta if theta is None else theta) - p.alpha * move}


def adamw(p, o, kind):
    return adam(p, o, kind, theta=p.theta * (1 - p.alpha * p.weight_decay))


def adamw_after(p, o):
    out = adam(p, o, "paper")
    return out | {"theta": out["theta"] * (1 - p.alpha * p.weight_decay)}


def ewma(p, _):
    v = p.beta * p.v + (1 - p.beta) * p.x
    return {"v": v, "average": v}


def ewma_corrected(p, o):
    v = ewma(p, o)["v"]
    return {"v": v, "average": v / (1 - p.beta**p.t)}


FORMULAS = {
    "optimizers/sgd": {"l2": sgd_l2, "decoupled": sgd_decoupled},
    "optimizers/momentum": {
        "outside": momentum_outside,
        "dampened": momentum_dampened,
        "inside": momentum_inside,
        "averaged": momentum_averaged,
    },
    "optimizers/nesterov": {
        "shifted": nesterov_shifted,
        "keras": nesterov_keras,
        "lookahead": nesterov_lookahead,
    },
    "optimizers/adagrad": {"outside": adagrad_outside, "inside": adagrad_inside},
    "optimizers/adadelta": {"paper": adadelta},
    "optimizers/rmsprop": {
        "outside": lambda p, o: rmsprop(p, o, inside=False, folded=False),
        "inside": lambda p, o: rmsprop(p, o, inside=True, folded=True),
        "optax": lambda p, o: rmsprop(p, o, inside=False, folded=True),
        "clamped": lambda p, o: rmsprop(p, o, inside=False, folded=False, clamp=True),
    },
    "optimizers/adam": {
        "paper": lambda p, o: adam(p, o, "paper"),
        "keras": lambda p, o: adam(p, o, "keras"),
        "inside": lambda p, o: adam(p, o, "inside"),
        "uncorrected": lambda p, o: adam(p, o, "uncorrected"),
        "corrected_max": lambda p, o: adam(p, o, "corrected_max"),
    },
    "optimizers/adamw": {
        "before": lambda p, o: adamw(p, o, "paper"),
        "after": adamw_after,
        "keras": lambda p, o: adamw(p, o, "keras"),
        "uncorrected": lambda p, o: adamw(p, o, "uncorrected"),
    },
    "optimizers/ewma": {"uncorrected": ewma, "corrected": ewma_corrected},
}
UPDATES = {name: rule for name, rule in rules().items() if name in FORMULAS}
VARIANTS = [
    pytest.param(
        FORMULAS[rule.name][dialect.name],
        dialect,
        options,
        id="-".join((rule.name, dialect.name, *options)),
    )
    for rule in UPDATES.values()
    for dialect in rule.dialects
    for formula in [FORMULAS[rule.name][dialect.name]]
    for options in dialect.option_sets()
]


def given(point: dict) -> Given:
    return Given({name: Rational(value) for name, value in (COMMON | point).items()})


def mismatches(dialect: Dialect, options: tuple[str, ...], formula, point: Given) -> set[str]:
    """Name the outputs that differ from the formula at an exact point, by 50 digits."""
    values = {symbol: point[symbol.name] for symbol in dialect.symbols(options)}
    expected = formula(point, options)
    found = {
        name: expression.replace(Gradient, gradient).subs(values)
        for name, expression in dialect.outputs(options).items()
    }
    differ = {n for n in found.keys() & expected if abs(N(found[n] - expected[n], 50)) > 1e-40}
    return differ | (found.keys() ^ expected.keys())


def test_every_dialect_has_a_formula():
    written = {name: set(formulas) for name, formulas in FORMULAS.items()}
    assert written == {name: {d.name for d in rule.dialects} for name, rule in UPDATES.items()}
    assert set(UPDATES) == {name for name in rules() if name.startswith("optimizers/")}


@pytest.mark.parametrize("point", POINTS, ids=lambda p: f"t{p['t']}")
@pytest.mark.parametrize(("formula", "dialect", "options"), VARIANTS)
def test_computes_its_formula(formula, dialect, options, point):
    assert mismatches(dialect, options, formula, given(point)) == set()


def test_the_clamp_acts_only_on_a_negative_variance():
    clamped = rules()["optimizers/rmsprop"].dialect("clamped")
    point = given({"t": 1, "theta": "1", "g": "0", "v": "0", "m": "3"})
    formula = FORMULAS["optimizers/rmsprop"]["clamped"]
    assert mismatches(clamped, ("centered",), formula, point) == set()
    assert clamped.outputs(("centered",))["theta"].subs(
        {s: point[s.name] for s in clamped.symbols(("centered",))}
    ) == 1  # fmt: skip


def test_a_planted_sign_is_caught():
    l2 = rules()["optimizers/sgd"].dialect("l2")
    wrong = l2.amend(
        "wrong", l2.source, Step("update", theta_t, theta + alpha * g), summary="Ascends."
    )
    assert mismatches(wrong, (), sgd_l2, given(POINTS[0])) == {"theta"}


def test_dialects_differ_somewhere():
    """No two dialects of a rule compute the same with the same options."""
    for rule in UPDATES.values():
        written = [
            {options: dialect.outputs(options) for options in dialect.option_sets()}
            for dialect in rule.dialects
        ]
        assert all(a != b for i, a in enumerate(written) for b in written[:i])
