"""Group normalization: each sample is normalized by itself, over groups of its channels.

x has shape (N, C, ...): N samples, C channels, and spatial axes, if any. The channels fall into
`groups` groups of the same size, so C is a multiple of `groups`. A group is the channels of one of
them in one sample, n elements. gamma and beta have one shape. eps > 0 is a scalar.

Y. Wu and K. He, Group normalization, ECCV 2018, arXiv:1803.08494v3.
"""

from dataclasses import replace

from ..normalize import AFFINE, BACKWARD, FORWARD
from ..rule import Rule, Source
from ..tensors.layer import Layer
from ..tensors.partition import Partition
from ..tensors.place import Label, Place, channel

PAPER = Source("Wu & He, Group normalization", "arXiv:1803.08494v3, equations 1 to 7")
MLX = Source("MLX", "python/mlx/nn/layers/normalization.py, GroupNorm", "0.32.4")
ONNX = Source("ONNX", "GroupNormalization of opset 18", "1.23.2")


def neighbours(place: Place) -> int:
    """Number the group of an element whose channels stand side by side."""
    return place.channel // (place.channels // place.attributes["groups"])


def group_of_channels(place: Place) -> Label:
    """Label an element by its group of neighbouring channels, in whichever sample."""
    return (neighbours(place),)


def contiguous_groups(place: Place) -> Label:
    """Label an element by its sample and its group of neighbouring channels."""
    return (place.sample, neighbours(place))


def interleaved_groups(place: Place) -> Label:
    """Label an element by its sample and its channel modulo the count of groups."""
    return (place.sample, place.channel % place.attributes["groups"])


CONTIGUOUS = Partition(
    grouped="C / groups neighbouring channels of one sample",
    group=contiguous_groups,
    shared="one of each for every channel",
    parameter=channel,
    attributes=("groups",),
)

contiguous = Layer(
    "contiguous",
    "Neighbouring channels form a group.",
    PAPER,
    FORWARD,
    options=(AFFINE,),
    used_by=(
        "torch.nn.GroupNorm",
        "flax.linen.GroupNorm",
        "keras.layers.GroupNormalization",
        "onnx GroupNormalization of opset 21",
        "mlx.nn.GroupNorm(pytorch_compatible=True)",
        "tinygrad.nn.GroupNorm",
    ),
    since={  # read in releases on PyPI, and in ONNX's Changelog.md
        "torch.nn.GroupNorm": "1.0.0 or earlier",
        "flax.linen.GroupNorm": "0.2.1",  # no flax.linen in 0.2.0
        "keras.layers.GroupNormalization": "2.11.0",  # not in 2.10.0
        "onnx GroupNormalization of opset 21": "opset 21",
        "mlx.nn.GroupNorm(pytorch_compatible=True)": "0.0.2 or earlier",
        "tinygrad.nn.GroupNorm": "0.5.0",  # not in 0.4.0
    },
    layout=CONTIGUOUS,
    backward=BACKWARD,
)

interleaved = contiguous.amend(
    "interleaved",
    MLX,
    summary="Channels whose numbers are equal modulo groups form a group.",
    used_by=("mlx.nn.GroupNorm",),
    since={"mlx.nn.GroupNorm": "0.0.2 or earlier"},  # the first release on PyPI has it
    layout=replace(
        CONTIGUOUS,
        grouped="the channels of one sample whose numbers are equal modulo groups",
        group=interleaved_groups,
    ),
)

group_affine = contiguous.amend(
    "group_affine",
    ONNX,
    summary="Scale and shift belong to a group of channels, not to a channel.",
    used_by=("onnx GroupNormalization of opset 18",),
    since={"onnx GroupNormalization of opset 18": "opset 18, until opset 20"},  # Changelog.md
    layout=replace(
        CONTIGUOUS,
        shared="one of each for every group of channels",
        parameter=group_of_channels,
    ),
)

RULE = Rule(
    "normalizations/group_norm",
    __doc__,
    (contiguous, interleaved, group_affine),
    defaults={
        "torch.nn.GroupNorm": {"eps": "1e-5"},
        "flax.linen.GroupNorm": {"groups": "32", "eps": "1e-6"},
        "keras.layers.GroupNormalization": {"groups": "32", "eps": "1e-3"},
        "onnx GroupNormalization of opset 21": {"eps": "1e-5"},
        "onnx GroupNormalization of opset 18": {"eps": "1e-5"},
        "mlx.nn.GroupNorm": {"eps": "1e-5"},
        "tinygrad.nn.GroupNorm": {"eps": "1e-5"},
    },
    see_also=("normalizations/layer_norm", "normalizations/instance_norm"),
)
