"""Wrong convolutions: right ones that are asked something else, or return something else."""

from __future__ import annotations

from . import wrong_gradients
from .build import conv, conv_transpose, plain
from .correct import CONV, PLAIN, TRANSPOSE
from .wrong_borders import (
    BORDERS,
    CAUSAL,
    CROPS,
    OF_BORDER,
    SAME,
    cut_elsewhere,
    other_half,
    other_sources,
    padded_otherwise,
)
from .wrong_questions import ASKED, BIASED, NAN, PADDED, PLAIN_ASKED, RETURNED, asked, returned

BELOW_FLOAT32 = {"in_float32"}
"""What is no mistake in float32."""


def _forward():
    changes = ASKED | PADDED
    for dialect in CONV:
        for name, change in changes.items():
            if dialect in ("zeros", "reflect", "replicate", "circular") or name in ASKED:
                yield f"conv/{dialect}", name, asked(conv(dialect), change, "conv")
        for name, change in BIASED.items():
            yield f"conv/{dialect}", name, asked(conv(dialect), change, "conv")
        for name, change in RETURNED.items():
            yield f"conv/{dialect}", name, returned(conv(dialect), change, "conv")
        for name, source in BORDERS.items() if dialect != "valid" else ():
            if OF_BORDER.get(dialect, "zeros_outside" if dialect != "reflect" else "") != name:
                other = conv(dialect, extended=other_sources(source))
                yield f"conv/{dialect}", name, other
    for name, change in NAN.items():
        yield "conv/zeros", name, asked(conv("zeros"), change, "conv")
    yield (
        "conv_transpose/adjoint",
        "nan_to_0",
        asked(conv_transpose("adjoint"), NAN["nan_to_0"], "conv_transpose"),
    )
    for dialect in ("same_upper", "same_lower"):
        for name, change in SAME.items():
            yield f"conv/{dialect}", name, conv(dialect, extended=padded_otherwise(change))
    for name, change in CAUSAL.items():
        yield "conv/causal", name, conv("causal", extended=padded_otherwise(change))
    for dialect in TRANSPOSE:
        told = dialect in ("adjoint", "unflipped")
        for name, change in (ASKED | (PADDED if told else {}) | BIASED).items():
            layer = asked(conv_transpose(dialect), change, "conv_transpose")
            yield f"conv_transpose/{dialect}", name, layer
        for name, change in RETURNED.items():
            layer = returned(conv_transpose(dialect), change, "conv_transpose")
            yield f"conv_transpose/{dialect}", name, layer
        for name, change in CROPS.items() if dialect != "valid" else ():
            if told or name != "output_padding_at_start":
                layer = conv_transpose(dialect, crops=cut_elsewhere(change))
                yield f"conv_transpose/{dialect}", name, layer
    for rule, dialect in PLAIN:
        for name in (
            "kernel_reversed",
            "x_reversed",
            "kernel_rolled",
            "kernel_negative",
            "x_rolled",
        ):
            layer = asked(plain(rule, dialect), PLAIN_ASKED[name], "plain")
            yield f"{rule}/{dialect}", name, layer
        for name, change in RETURNED.items():
            yield f"{rule}/{dialect}", name, returned(plain(rule, dialect), change, "plain")
        if dialect == "same":
            yield f"{rule}/same", "other_half", plain(rule, dialect, overlap=other_half)


def _named(kind, found):
    return {
        f"convolutions/{target}/{kind}/{name}": (f"convolutions/{target}", kind, layer)
        for target, name, layer in found
    }


WRONG = _named("layer", _forward()) | _named("gradient", wrong_gradients.gradients(ASKED, PADDED))
