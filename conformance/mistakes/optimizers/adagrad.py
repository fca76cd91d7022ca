"""Mistakes with Adagrad's decaying rate."""

from ..alter import given, takes, where
from ..edit import edit
from ..mistake import Mistake
from ..restate import starting_at

_GITHUB = "https://github.com"

MISTAKES = (
    Mistake(
        "lr-decay-from-1",
        "the learning rate decays from the first step on: 1 + t lr_decay, not 1 + (t - 1) lr_decay",
        where(takes("lr_decay"), given(t=lambda s: s.t + 1)),
    ),
    Mistake(
        "rate-in-accumulator",
        "the accumulator gathers gradients already multiplied by the learning rate",
        edit(
            {"a + g * g": "a + (alpha * g) * (alpha * g)"}, {"g * g": "(alpha * g) * (alpha * g)"}
        ),
        links=(f"{_GITHUB}/stanfordnlp/GloVe/issues/134",),
    ),
    Mistake(
        "accumulator-from-tenth",
        "the accumulator starts at 0.1, not at 0",
        restate=starting_at("a", 0.1),
    ),
)
