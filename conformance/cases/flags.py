"""Flags: the mistakes that cases catch, in words, with links to where they were made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Flag:
    """A mistake: what goes wrong, and public threads about it."""

    note: str
    links: tuple[str, ...] = ()


_GITHUB = "https://github.com/"

FLAGS = {
    "accumulation": Flag("sums kept in a narrower format than the profile says"),
    "accumulator-start": Flag("an accumulator that does not start where the caller says"),
    "affine": Flag(
        "gamma and beta exchanged, missing, or given to the wrong elements",
        (_GITHUB + "onnx/onnx/issues/5466",),
    ),
    "amsgrad": Flag(
        "AMSGrad's maximum taken of the wrong moment, corrected or raw, or not kept",
        (_GITHUB + "google-deepmind/optax/issues/1389", _GITHUB + "pytorch/pytorch/issues/142323"),
    ),
    "axes": Flag(
        "an attribute of one axis used for another",
        (_GITHUB + "tensorflow/tensorflow/pull/24151",),
    ),
    "batch": Flag("samples of a batch mixed up, or left out of a gradient"),
    "bias": Flag("a bias that is ignored, doubled, or added to the wrong channel"),
    "bias-correction": Flag("a bias correction that is missing, compounded or off by a step"),
    "cancellation": Flag("large terms that cancel, and leave the rounding of partial sums"),
    "centered": Flag("a variance not centered, or not kept from falling below 0 where it must be"),
    "constant": Flag(
        "a variance of 0 that divides by zero, or rounding errors blown up in its place"
    ),
    "dampening": Flag(
        "dampening ignored, or applied to the first step where it must not be",
        (_GITHUB + "ml-explore/mlx/issues/440",),
    ),
    "decimal": Flag("hyper-parameters such as 0.9 rounded to the tensors' format too early"),
    "dilation": Flag(
        "dilation ignored, or wrong together with strides",
        (_GITHUB + "Tencent/ncnn/issues/315", _GITHUB + "tensorflow/tensorflow/issues/57128"),
    ),
    "empty": Flag("an empty batch or an empty output: an error, or gradients that are not 0"),
    "eps-placement": Flag(
        "eps on the wrong side of the root or of the bias correction, or missing",
        (_GITHUB + "PaddlePaddle/Paddle/issues/59512",),
    ),
    "exact-integers": Flag("integers, of which nothing has to be rounded, that are not exact"),
    "extremes": Flag("tiny or huge gradients lost to an avoidable underflow or overflow"),
    "fast-convolution": Flag(
        "a transformed algorithm (Winograd, Fourier) that spreads errors, without being declared",
        (_GITHUB + "ml-explore/mlx/pull/4242", _GITHUB + "tensorflow/tensorflow/issues/45974"),
    ),
    "few-elements": Flag("a variance divided by n - 1 in place of n, or the other way round"),
    "full-precision": Flag("values rounded through a narrower format on the way"),
    "fuzz": Flag("what inputs drawn at random showed; the case is what is left of them"),
    "gradient-terms": Flag("a gradient that forgets that mean and variance depend on x"),
    "grouping": Flag("elements normalized together with the wrong others"),
    "groups": Flag(
        "groups of channels in the wrong order, or wrong in a gradient alone",
        (_GITHUB + "pytorch/pytorch/issues/51430", _GITHUB + "pytorch/pytorch/issues/50042"),
    ),
    "kernel-layout": Flag(
        "a kernel that is reversed, or has its axes or channels exchanged",
        (_GITHUB + "jax-ml/jax/issues/14337", _GITHUB + "google/flax/issues/2577"),
    ),
    "kernel-size": Flag("a kernel of one element, or one larger than the image, taken for another"),
    "large-mean": Flag(
        "a variance lost where the mean is large: the mean square less the squared mean",
        (_GITHUB + "microsoft/onnxruntime/pull/28743",),
    ),
    "lookahead": Flag("the gradient taken at the wrong point"),
    "lr-decay": Flag("a decaying learning rate that counts steps from the wrong number"),
    "momentum": Flag("momentum ignored, or of the wrong sign"),
    "no-eps": Flag("eps = 0 refused or replaced, or a 0 / 0 that is hidden"),
    "outlier": Flag("one large element that drowns all others"),
    "output-padding": Flag("output padding ignored, or at the wrong end"),
    "padding": Flag("padding that is ignored, of the wrong kind, or at the wrong end"),
    "parameter-gradient": Flag(
        "gradients of gamma and beta summed over the wrong elements, or made from x, not xhat"
    ),
    "range": Flag(
        "beyond the range of float32: squares overflow, r^3 underflows, in an order that differs "
        "from code to code; judged in float64 alone"
    ),
    "rate-change": Flag("a learning rate that is stuck, late, or hidden in the velocity"),
    "running-average": Flag(
        "a running average that weighs old and new the wrong way, or keeps the wrong variance",
        (_GITHUB + "tensorflow/tensorflow/issues/55545",),
    ),
    "same-padding": Flag(
        "the odd element of SAME padding at the wrong end, or an amount blind to strides",
        (
            _GITHUB + "pytorch/pytorch/issues/67551",
            _GITHUB + "onnx/onnx/issues/1609",
            _GITHUB + "microsoft/onnxruntime/issues/9370",
        ),
    ),
    "shape": Flag("elements mixed up, left out or decayed by the shape of their tensor"),
    "special-values": Flag("NaN or infinity swallowed, or spreading to other elements"),
    "state": Flag("state that is stale, not updated, or updated after its use"),
    "step-count": Flag("the step count off by one"),
    "stride": Flag("a stride that is ignored, or counted from the wrong element"),
    "subnormal": Flag("subnormal numbers flushed to zero without being declared"),
    "uncentred": Flag("a mean taken off where none must be, or left where it must not"),
    "weight-decay": Flag("weight decay ignored, of the wrong kind, or in the wrong place"),
    "zero-gradient": Flag("a zero gradient that divides by zero or moves what must rest"),
}
