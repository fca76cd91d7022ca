"""The flag of a case that a search found, from the mistake that it shows."""

from __future__ import annotations

from ...mistakes.mistake import dashed
from ..subjects import Subject

_OF_MISTAKE = {
    "float32-scalars": "decimal",
    "bfloat16-scalars": "decimal",
    "same-without-stride": "same-padding",
}
_OF_OPERATOR = {"state-stale": "state", "step-count": "step-count"}
_OF_SYMBOL = {
    "weight_decay": "weight-decay",
    "dampening": "dampening",
    "lr_decay": "lr-decay",
    "eps": "eps-placement",
    "v_max": "amsgrad",
    "beta": "momentum",
    "alpha": "rate-change",
    "momentum": "running-average",
    "running_mean": "running-average",
    "running_var": "running-average",
    "gamma": "affine",
    "stride": "stride",
    "dilation": "dilation",
    "padding": "padding",
    "output_padding": "output-padding",
    "groups": "groups",
    "axis": "grouping",
    "w": "kernel-layout",
    "b": "bias",
    "t": "step-count",
}
_OTHERWISE = {"step": "state", "layer": "grouping", "gradient": "gradient-terms"}


def flag(subject: Subject) -> str:
    """Choose the flag that comes nearest to a mistake."""
    if subject.name in _OF_MISTAKE:
        return _OF_MISTAKE[subject.name]
    if subject.operator in _OF_OPERATOR:
        return _OF_OPERATOR[subject.operator]
    for symbol, name in _OF_SYMBOL.items():
        if symbol in subject.symbols or subject.name.startswith(f"{dashed(symbol)}-"):
            return name
    return _OTHERWISE[subject.kind]
