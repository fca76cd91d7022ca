"""The spec's convolutions against the functions that it says compute them, in exact integers."""

from itertools import product

import numpy as np
import pytest

from goldenrule.spec.convolutions import conv, conv_transpose, convolution, cross_correlation
from goldenrule.spec.tensors import evaluate

STEPS = (((2,), (1,)), ((3,), (2,)), ((2, 1), (1, 2)))
"""Stride and dilation."""


def integers(*shape, seed=0):
    """Small integers, exact in every format."""
    return np.random.default_rng(seed).integers(-9, 10, shape)


def compute(dialect, x, w, b=None, **attributes):
    """Compute the rule on integers."""
    tensors = {"x": x.astype(object), "w": w.astype(object)}
    options = () if b is None else ("bias",)
    if b is not None:
        tensors["b"] = b.astype(object)
    chosen = {name: attributes[name] for name in dialect.attributes}
    return evaluate.forward(dialect, options, tensors, chosen)["y"].astype(int)


def problems(sizes):
    """Give images and kernels, in two groups and one, with strides and dilations."""
    for (stride, dilation), groups in product(STEPS, (1, 2)):
        space = (6,) if len(stride) == 1 else (4, 3)
        for size in sizes:
            kernel = (size,) if len(stride) == 1 else (size, 2)
            yield space, kernel, {"stride": stride, "dilation": dilation, "groups": groups}


def pairs(n):
    """Give a padding for each axis, no two alike."""
    return ((1, 2), (0, 1))[:n]


@pytest.mark.parametrize("name", ["zeros", "reflect", "replicate", "circular"])
def test_torch_conv(name):
    torch = pytest.importorskip("torch")
    mode = "constant" if name == "zeros" else name
    for space, kernel, attributes in problems((1, 2, 3)):
        axes, groups = len(space), attributes["groups"]
        x, w = integers(1, 2, *space), integers(2, 2 // groups, *kernel, seed=1)
        b, padding = integers(2, seed=2), pairs(axes)
        wide = torch.nn.functional.pad(
            torch.tensor(x, dtype=torch.float64), [p for pair in padding[::-1] for p in pair], mode
        )
        slide = getattr(torch.nn.functional, f"conv{axes}d")
        weights = (torch.tensor(tensor, dtype=torch.float64) for tensor in (w, b))
        expected = slide(wide, *weights, **attributes).numpy()
        y = compute(conv.RULE.dialect(name), x, w, b, padding=padding, **attributes)
        np.testing.assert_array_equal(y, expected)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
def test_torch_same():
    torch = pytest.importorskip("torch")
    for size, apart in product((1, 2, 3, 4), (1, 2)):
        x, w = integers(1, 2, 9), integers(3, 2, size, seed=1)
        expected = torch.nn.functional.conv1d(
            *(torch.tensor(t, dtype=torch.float64) for t in (x, w)), padding="same", dilation=apart
        )
        y = compute(conv.same_upper, x, w, stride=(1,), dilation=(apart,), groups=1)
        np.testing.assert_array_equal(y, expected.numpy())


def test_torch_conv_transpose():
    torch = pytest.importorskip("torch")
    for space, kernel, attributes in problems((1, 2, 3)):
        axes, groups = len(space), attributes["groups"]
        x, w = integers(1, 2, *space), integers(2, 2 // groups, *kernel, seed=1)
        b, pads = integers(2, seed=2), (1, 0)[:axes]
        extra = tuple(
            max(s, d) - 1 for s, d in zip(attributes["stride"], attributes["dilation"], strict=True)
        )
        back = getattr(torch.nn.functional, f"conv_transpose{axes}d")
        tensors = (torch.tensor(tensor, dtype=torch.float64) for tensor in (x, w, b))
        expected = back(*tensors, padding=pads, output_padding=extra, **attributes).numpy()
        y = compute(
            conv_transpose.adjoint,
            x,
            w,
            b,
            padding=tuple((p, p) for p in pads),
            output_padding=extra,
            **attributes,
        )
        np.testing.assert_array_equal(y, expected)


@pytest.mark.parametrize("name", ["zeros", "same_upper", "same_lower", "valid"])
def test_lax_conv(name):
    pytest.importorskip("jax")
    from jax import lax

    padding = {"same_upper": "SAME", "same_lower": "SAME_LOWER", "valid": "VALID"}
    for space, kernel, attributes in problems((1, 2, 3)):
        groups = attributes["groups"]
        x, w = integers(1, 2, *space), integers(2, 2 // groups, *kernel, seed=1)
        expected = lax.conv_general_dilated(
            x.astype(np.float32),
            w.astype(np.float32),
            window_strides=attributes["stride"],
            rhs_dilation=attributes["dilation"],
            feature_group_count=groups,
            padding=padding.get(name, pairs(len(space))),
        )
        y = compute(conv.RULE.dialect(name), x, w, padding=pairs(len(space)), **attributes)
        np.testing.assert_array_equal(y, np.asarray(expected))


def as_lax(kernel, dilation, padding):
    """Say how much lax extends the spread x so that the output is cut by the padding."""
    ends = zip(kernel, dilation, padding, strict=True)
    return [(d * (k - 1) - low, d * (k - 1) - high) for k, d, (low, high) in ends]


@pytest.mark.parametrize("name", ["adjoint", "unflipped", "same", "valid"])
def test_lax_conv_transpose(name):
    pytest.importorskip("jax")
    from jax import lax

    for space, kernel, attributes in problems((1, 2, 3)):
        if attributes["groups"] > 1:
            continue  # lax.conv_transpose has no groups
        axes, padding = len(space), ((1, 0), (0, 1))[: len(space)]
        x, w = integers(1, 2, *space), integers(2, 1, *kernel, seed=1)
        turn = name != "unflipped"
        letters = "HW"[:axes]
        expected = lax.conv_transpose(
            x.astype(np.float32),
            w.astype(np.float32),
            attributes["stride"],
            {"same": "SAME", "valid": "VALID"}.get(
                name, as_lax(kernel, attributes["dilation"], padding)
            ),
            rhs_dilation=attributes["dilation"],
            dimension_numbers=(
                f"NC{letters}",
                f"OI{letters}" if turn else f"IO{letters}",
                f"NC{letters}",
            ),
            transpose_kernel=turn,
        )
        y = compute(
            conv_transpose.RULE.dialect(name),
            x,
            w,
            padding=padding,
            output_padding=(0,) * axes,
            **attributes,
        )
        np.testing.assert_array_equal(y, np.asarray(expected))


@pytest.mark.parametrize(
    ("name", "padding"), [("causal", "CAUSAL"), ("circular", "CIRCULAR"), ("reflect", "REFLECT")]
)
def test_flax_conv(name, padding):
    pytest.importorskip("jax")
    linen = pytest.importorskip("flax.linen")
    for size, stride, apart in product((1, 2, 3, 4), (1, 2), (1, 2)):
        x, w, b = integers(1, 2, 9), integers(3, 2, size, seed=1), integers(3, seed=2)
        layer = linen.Conv(3, (size,), (stride,), padding, kernel_dilation=(apart,))
        params = {"kernel": w.transpose(2, 1, 0).astype(np.float32), "bias": b.astype(np.float32)}
        found = layer.apply({"params": params}, x.transpose(0, 2, 1).astype(np.float32))
        reach = apart * (size - 1)
        y = compute(
            conv.RULE.dialect(name),
            x,
            w,
            b,
            stride=(stride,),
            dilation=(apart,),
            groups=1,
            padding=((reach // 2, reach - reach // 2),),
        )
        np.testing.assert_array_equal(y, np.asarray(found).transpose(0, 2, 1))


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("module", [convolution, cross_correlation])
def test_scipy(module, mode):
    signal = pytest.importorskip("scipy.signal")
    judge = signal.convolve if module is convolution else signal.correlate
    for shape, kernel in (((5,), (2,)), ((6,), (6,)), ((4, 5), (3, 2)), ((3, 4, 3), (2, 3, 1))):
        x, w = integers(*shape), integers(*kernel, seed=1)
        y = compute(module.RULE.dialect(mode), x, w)
        np.testing.assert_array_equal(y, judge(x, w, mode, method="direct"))
