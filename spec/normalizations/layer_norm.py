"""Layer normalization: each sample is normalized by itself, over its last axes.

x has two axes or more, the first one for samples. A group is all of the axes from `axis` on at one
place of the axes before it, n elements; 1 <= axis < rank. gamma and beta have one shape. eps > 0 is
a scalar.

J. L. Ba, J. R. Kiros and G. E. Hinton, Layer normalization, arXiv:1607.06450v1.
"""

from dataclasses import replace

from ..normalize import AFFINE, BACKWARD, FORWARD
from ..rule import Rule, Source
from ..tensors.layer import Layer
from ..tensors.partition import Partition
from ..tensors.place import Label, Place

TORCH = Source("PyTorch", "torch/nn/modules/normalization.py:105, LayerNorm", "2.13.0")
FLAX = Source("Flax", "flax/linen/normalization.py:424, LayerNorm", "0.12.8")


def before_axis(place: Place) -> Label:
    """Label an element by its indices on the axes before `axis`."""
    return place.index[: place.attributes["axis"]]


def from_axis(place: Place) -> Label:
    """Label an element by its indices on the axes from `axis` on."""
    return place.index[place.attributes["axis"] :]


def last_axis(place: Place) -> Label:
    """Label an element by its index on the last axis."""
    return place.index[-1:]


SAMPLES = Partition(
    grouped="all axes of x from axis on, at one place of the axes before",
    group=before_axis,
    shared="one of each for every element of a group, so of shape x.shape[axis:]",
    parameter=from_axis,
    attributes=("axis",),
)

elementwise = Layer(
    "elementwise",
    "Every element of a group has its own scale and shift.",
    TORCH,
    FORWARD,
    options=(AFFINE,),
    used_by=(
        "torch.nn.LayerNorm",
        "keras.layers.LayerNormalization",
        "onnx LayerNormalization",
        "mlx.nn.LayerNorm",
        "tinygrad.nn.LayerNorm",
    ),
    since={  # read in releases on PyPI, and in ONNX's Changelog.md
        "torch.nn.LayerNorm": "1.0.0 or earlier",
        "onnx LayerNormalization": "opset 17",
        "mlx.nn.LayerNorm": "0.0.2 or earlier",
        "tinygrad.nn.LayerNorm": "0.5.0",  # not in 0.4.0
    },
    layout=SAMPLES,
    backward=BACKWARD,
)

feature = elementwise.amend(
    "feature",
    FLAX,
    summary="Scale and shift belong to the last axis, however many axes a group has.",
    used_by=("flax.linen.LayerNorm(reduction_axes)",),
    since={"flax.linen.LayerNorm(reduction_axes)": "0.5.2"},  # PyPI: the last axis until 0.5.1
    layout=replace(
        SAMPLES, shared="one of each for every index on the last axis", parameter=last_axis
    ),
)

RULE = Rule(
    "normalizations/layer_norm",
    __doc__,
    (elementwise, feature),
    defaults={
        "torch.nn.LayerNorm": {"eps": "1e-5"},
        "flax.linen.LayerNorm": {"eps": "1e-6"},
        "keras.layers.LayerNormalization": {"eps": "1e-3"},
        "onnx LayerNormalization": {"eps": "1e-5"},
        "mlx.nn.LayerNorm": {"eps": "1e-5"},
        "tinygrad.nn.LayerNorm": {"eps": "1e-5"},
    },
    see_also=("normalizations/rms_norm", "normalizations/group_norm"),
)
