"""Claims about group normalization: its gradient, and the layer normalization that it contains."""

from ...claim import Claim
from ...normalizations.group_norm import RULE, contiguous
from ...normalizations.layer_norm import elementwise
from ...proofs.arrays import Same
from ...proofs.evidence import Finite
from ...tensors.evaluate import forward
from ..normalizing import Shape, backward_claim, tensors
from . import group_norm_errata


def one_group(shape: Shape) -> Same:
    """State that one group is layer normalization, for a shape."""

    def sides():
        given = tensors(contiguous, shape, {"groups": 1})
        layer = forward(elementwise, (), given, {"axis": 1})
        return forward(contiguous, (), given, {"groups": 1}), layer

    return Same(f"x of shape {shape}", sides)


ONE_GROUP = Claim(
    28,
    "one-group",
    "Without scale and shift, group normalization with one group is layer normalization over all "
    "axes but the first.",
    (
        Finite(
            "the two rules, one element of each",
            tuple(map(one_group, ((1, 2, 1), (2, 1), (2, 3), (1, 2, 2)))),
            sizes=range(1, 5),
            of="group sizes",
        ),
    ),
)

GRADIENT = backward_claim(
    RULE,
    {1: (2, 2), 2: (2, 4), 3: (1, 2, 3), 4: (1, 4, 2)},
    {"groups": 2},
    "The backward steps of every dialect give the derivative of the sum of $dy$ times $y$: "
    "those of layer normalization, with means over a group, and sums over the elements that "
    "share a parameter.",
)

CLAIMS = (GRADIENT, ONE_GROUP, *group_norm_errata.CLAIMS)
