"""Where known mistakes are planted: each in the first place that has its symbols."""

from __future__ import annotations

from goldenrule.conformance.mistakes import mistakes_of
from goldenrule.reference import catalogue

# Where mistakes are planted: each of them in the first place that has its symbols.
PLACES = (
    ("optimizers/sgd", "l2"),
    ("optimizers/ewma", "corrected"),
    ("optimizers/momentum", "inside"),
    ("optimizers/nesterov", "lookahead"),
    ("optimizers/nesterov", "shifted"),
    ("optimizers/momentum", "averaged"),
    ("optimizers/momentum", "outside"),
    ("optimizers/adagrad", "outside"),
    ("optimizers/adadelta", "paper"),
    ("optimizers/rmsprop", "outside"),
    ("optimizers/adamw", "before"),
    ("optimizers/adam", "corrected_max"),
    ("optimizers/adam", "paper"),
)

KINDS = {"optimizers": ("step",), "normalizations": ("layer", "gradient")}
KINDS["convolutions"] = KINDS["normalizations"]

# Every dialect of every rule, as a layer and as a gradient.
DIALECTS = [
    (rule, dialect, kind)
    for rule in catalogue.names()
    for kind in KINDS[rule.partition("/")[0]]
    for dialect in catalogue.forms(rule, kind)
]

# Mistakes that make no difference in a place, and are planted in a later one.
HARMLESS = {
    ("sgd/l2", "decoupled-decay"): "both decays are the same function (claim 22)",
    ("sgd/l2", "start-ignored"): "there is no state",
    ("ewma/corrected", "rate-stuck"): "there is no rate",
    ("ewma/corrected", "rate-late"): "there is no rate",
    ("adamw/before", "stale-v-max"): "the update uses the new maximum under another name",
}

# Mistakes that are another one in a place, and are planted in a later one, too.
SAME = {
    ("sgd/l2", "rate-sign"): ("update-sign", "alpha multiplies nothing but the update"),
    ("sgd/l2", "plain-descent"): ("weight-decay-ignored", "nothing else can be left out"),
    ("nesterov/shifted", "stale-a"): ("plain-momentum", "g + beta a is the new velocity"),
}


def planted() -> list[tuple[str, str, str, str]]:
    """Plant every mistake once in each kind: rule, dialect, kind, mistake."""
    seen: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    layers = (place for place in DIALECTS if place[2] != "step")
    for rule, dialect, kind in (*((*place, "step") for place in PLACES), *layers):
        canonical = catalogue.forms(rule, kind)[dialect][0]
        for mistake in mistakes_of(rule):
            place = (title(rule, dialect, kind), mistake.name)
            if (kind, mistake.name) in seen or place in HARMLESS or place in SAME:
                continue
            if mistake.made_in(canonical):
                seen[kind, mistake.name] = (rule, dialect, kind, mistake.name)
    return list(seen.values())


def title(rule: str, dialect: str, kind: str) -> str:
    """How a place is called here: `layer_norm/feature gradient`."""
    return f"{rule.partition('/')[2]}/{dialect}{' gradient' if kind == 'gradient' else ''}"


def place_of(called: str) -> tuple[str, str, str]:
    """The rule, dialect and kind that are called so."""
    return next(place for place in DIALECTS if title(*place) == called)


PLANTED = planted()
