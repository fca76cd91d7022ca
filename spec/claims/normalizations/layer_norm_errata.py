"""Claim 49: layer normalization is transposed batch normalization in training, not in inference.

J. L. Ba, J. R. Kiros and G. E. Hinton, Layer normalization, arXiv:1607.06450v1, abstract: "exactly
the same computation at training and test times".
"""

import numpy as np
from sympy import Expr

from ...claim import Refuted
from ...normalizations.batch_norm import inference, unbiased
from ...normalizations.layer_norm import elementwise
from ...proofs.arrays import Same
from ...proofs.evidence import Fails, Finite
from ...tensors.evaluate import forward
from ..normalizing import tensors


def transposed(samples: int) -> Same:
    """State that both are one computation in training, for so many samples of two features."""

    def sides():
        given = tensors(unbiased, (samples, 2), {})
        turned = {"x": given["x"].T, "eps": given["eps"]}
        layer = forward(elementwise, (), turned, {"axis": 1})["y"]
        return forward(unbiased, (), given, {})["y"], layer.T

    return Same(f"{samples} samples", sides)


def in_inference() -> tuple[Expr, Expr]:
    """Normalize the features 0 and 2 of one sample, by running statistics and by their own."""
    x = np.array([[0], [2]], dtype=object)
    zero, one = np.array([0], dtype=object), np.array([1], dtype=object)
    batch = forward(inference, (), {"x": x, "eps": 0, "running_mean": zero, "running_var": one}, {})
    layer = forward(elementwise, (), {"x": x.T, "eps": 0}, {"axis": 1})
    return batch["y"][0, 0], layer["y"][0, 0]


NOT_TRANSPOSED = Refuted(
    49,
    "transposed-batch-norm",
    "Layer normalization is batch normalization with samples and features exchanged, in inference "
    "as in training.",
    (
        Finite(
            "in training, without scale and shift, for two features of so many samples",
            tuple(map(transposed, range(2, 5))),
            sizes=range(2, 5),
            of="numbers of samples",
        ),
    ),
    counterexample=Fails(
        "the first of the features 0 and 2, in inference with running mean 0, running variance 1 "
        r"and $\varepsilon = 0$, and by layer normalization",
        in_inference()[0],
        "=",
        in_inference()[1],
    ),
    truth="In training it is, without scale and shift. In inference batch normalization takes "
    "running statistics and is an affine map; layer normalization still takes the sample's own "
    "statistics, and so has one formula for both.",
)

CLAIMS = (NOT_TRANSPOSED,)
