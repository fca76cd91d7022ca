"""Claims about instance normalization: its gradient, and the rules that become it."""

from ...claim import Claim
from ...normalizations.batch_norm import biased
from ...normalizations.group_norm import contiguous
from ...normalizations.instance_norm import RULE, instance
from ...proofs.arrays import Same
from ...proofs.evidence import Each, Finite
from ...tensors.evaluate import forward
from ..normalizing import Shape, backward_claim, tensors


def one_channel(shape: Shape) -> Each:
    """State that groups of one channel give instance normalization, for a shape."""

    def agree(options: tuple[str, ...]) -> Same:
        def sides():
            given = tensors(instance, shape, {})
            group = forward(contiguous, options, given, {"groups": shape[1]})
            return forward(instance, options, given, {}), group

        return Same(f"x of shape {shape}", sides)

    return Each(f"x of shape {shape}", tuple(map(agree, instance.option_sets())))


def one_sample(shape: Shape) -> Each:
    """State that a batch of one sample gives instance normalization, for a shape."""

    def agree(options: tuple[str, ...]) -> Same:
        def sides():
            given = tensors(instance, shape, {})
            batch = forward(biased, options, given, {})
            return forward(instance, options, given, {}), {"y": batch["y"]}

        return Same(f"x of shape {shape}", sides)

    return Each(f"x of shape {shape}", tuple(map(agree, instance.option_sets())))


ONE_CHANNEL = Claim(
    28,
    "one-channel",
    "Group normalization with one channel in each group is instance normalization.",
    (
        Finite(
            "the two rules, one element of each",
            tuple(map(one_channel, ((2, 2, 2), (2, 2, 1), (1, 2, 3), (1, 1, 2, 2)))),
            sizes=range(1, 5),
            of="group sizes",
        ),
    ),
)

ONE_SAMPLE = Claim(
    28,
    "one-sample",
    "Batch normalization, in training, of a batch of one sample is instance normalization.",
    (
        Finite(
            "the two rules, one element of each",
            tuple(map(one_sample, ((1, 2, 2), (1, 2, 1), (1, 1, 3), (1, 1, 2, 2)))),
            sizes=range(1, 5),
            of="group sizes",
        ),
    ),
)

GRADIENT = backward_claim(
    RULE,
    {1: (2, 2, 1), 2: (2, 2, 2), 3: (2, 1, 3), 4: (1, 2, 2, 2)},
    {},
    r"The backward steps of every dialect give the derivative of the sum of $dy$ times $y$: in "
    "training those of layer normalization, over a channel of a sample; in inference $dx = r g$.",
)

CLAIMS = (GRADIENT, ONE_CHANNEL, ONE_SAMPLE)
