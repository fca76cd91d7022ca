"""The reference texts of convolutions against PyTorch, JAX, NumPy and SciPy, exactly."""

import numpy as np
import pytest

from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.ieee import IeeeContext

CTX = IeeeContext()


def integers(seed, *shape):
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(np.float64)


def reference(rule, dialect, *tensors, kind="layer", **attributes):
    form = forms(f"convolutions/{rule}", kind)[dialect][0]
    tensors = [x.astype(object) for x in tensors]
    outputs = form(CTX, *tensors, **attributes)
    return {name: x.astype(np.float64) for name, x in outputs.items()}


GEOMETRY = {  # x, w, groups, stride, dilation, padding
    "one axis": ((2, 3, 9), (2, 3, 3), 1, (2,), (2,), ((2, 2),)),
    "two axes": ((2, 2, 5, 7), (3, 2, 2, 3), 1, (3, 2), (2, 1), ((1, 1), (2, 2))),
    "three axes": (
        (1, 2, 4, 5, 6), (3, 2, 2, 1, 3), 1, (1, 2, 3), (2, 1, 2), ((1, 1), (0, 0), (2, 2)),
    ),
    "groups": ((2, 4, 6), (6, 2, 3), 2, (1,), (1,), ((1, 1),)),
    "depthwise": ((1, 3, 5, 4), (6, 1, 3, 2), 3, (2, 1), (1, 2), ((1, 1), (0, 0))),
}  # fmt: skip
MODES = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "replicate",
    "circular": "circular",
}


def question(name):
    x, w, groups, stride, dilation, padding = GEOMETRY[name]
    attributes = {"stride": stride, "dilation": dilation, "groups": groups}
    return integers(1, *x), integers(2, *w), integers(3, w[0]), attributes, padding


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


@pytest.fixture
def lax():
    pytest.importorskip("jax").config.update("jax_enable_x64", True)
    return pytest.importorskip("jax.lax")


@pytest.mark.parametrize("dialect", MODES)
@pytest.mark.parametrize("name", GEOMETRY)
def test_conv_is_torchs(torch, name, dialect):
    x, w, b, attributes, padding = question(name)
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w, b)]
    functional = torch.nn.functional
    widths = [n for pads in reversed(padding) for n in pads]
    padded = functional.pad(tensors[0], widths, mode=MODES[dialect])
    conv = getattr(functional, f"conv{x.ndim - 2}d")
    y = conv(padded, tensors[1], tensors[2], **attributes)
    dy = integers(4, *y.shape)
    gradients = torch.autograd.grad(y, tensors, torch.tensor(dy))
    got = reference("conv", dialect, x, w, b, padding=padding, **attributes)
    np.testing.assert_array_equal(got["y"], y.detach().numpy())
    got = reference("conv", dialect, dy, x, w, kind="gradient", padding=padding, **attributes)
    for mine, theirs in zip(("dx", "dw", "db"), gradients, strict=True):
        np.testing.assert_array_equal(got[mine], theirs.numpy())


@pytest.mark.parametrize("name", GEOMETRY)
def test_conv_transpose_is_torchs(torch, name):
    x, w, _, attributes, padding = question(name)
    x = integers(5, x.shape[0], len(w), *x.shape[2:])
    b = integers(6, w.shape[1] * attributes["groups"])
    extra = tuple(s - 1 for s in attributes["stride"])
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w, b)]
    conv = getattr(torch.nn.functional, f"conv_transpose{x.ndim - 2}d")
    amounts = [low for low, _ in padding]
    y = conv(*tensors, padding=amounts, output_padding=extra, **attributes)
    dy = integers(7, *y.shape)
    gradients = torch.autograd.grad(y, tensors, torch.tensor(dy))
    attributes |= {"padding": padding, "output_padding": extra}
    got = reference("conv_transpose", "adjoint", x, w, b, **attributes)
    np.testing.assert_array_equal(got["y"], y.detach().numpy())
    got = reference("conv_transpose", "adjoint", dy, x, w, kind="gradient", **attributes)
    for mine, theirs in zip(("dx", "dw", "db"), gradients, strict=True):
        np.testing.assert_array_equal(got[mine], theirs.numpy())


PADDING = {"valid": "VALID", "same_upper": "SAME", "same_lower": "SAME_LOWER"}


@pytest.mark.parametrize("dialect", [*PADDING, "causal"])
@pytest.mark.parametrize("name", GEOMETRY)
def test_conv_is_jaxs(lax, name, dialect):
    x, w, _, attributes, _ = question(name)
    dilation = attributes["dilation"]
    reach = [((k - 1) * d, 0) for k, d in zip(w.shape[2:], dilation, strict=True)]
    y = lax.conv_general_dilated(
        x,
        w,
        attributes["stride"],
        PADDING.get(dialect, reach),
        rhs_dilation=dilation,
        feature_group_count=attributes["groups"],
    )
    np.testing.assert_array_equal(reference("conv", dialect, x, w, **attributes)["y"], y)


TRANSPOSED = {"same": ("SAME", True), "valid": ("VALID", True), "unflipped": ("VALID", False)}


@pytest.mark.parametrize("dialect", TRANSPOSED)
@pytest.mark.parametrize("kernel", [2, 3])
@pytest.mark.parametrize("stride", [(1, 2), (3, 2), (3, 4)])
def test_conv_transpose_is_jaxs(lax, kernel, stride, dialect):
    padding, flips = TRANSPOSED[dialect]
    x, w = integers(8, 2, 3, 4, 5), integers(9, 3, 2, kernel, 3)
    numbers = ("NCHW", "OIHW" if flips else "IOHW", "NCHW")
    y = lax.conv_transpose(x, w, stride, padding, dimension_numbers=numbers, transpose_kernel=flips)
    attributes = {"stride": stride, "dilation": (1, 1), "groups": 1}
    if dialect == "unflipped":  # VALID of JAX is as long as TensorFlow's
        extra = tuple(max(s - k, 0) for s, k in zip(stride, w.shape[2:], strict=True))
        attributes |= {"padding": ((0, 0), (0, 0)), "output_padding": extra}
    np.testing.assert_array_equal(reference("conv_transpose", dialect, x, w, **attributes)["y"], y)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 7])
def test_arrays_are_numpys(kernel, mode):
    x, w = integers(10, 7), integers(11, kernel)
    y = reference("cross_correlation", mode, x, w)["y"]
    np.testing.assert_array_equal(y, np.correlate(x, w, mode))
    y = reference("convolution", mode, x, w)["y"]
    np.testing.assert_array_equal(y, np.convolve(x, w, mode))


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("sizes", [((5, 7), (2, 4)), ((3, 4, 5), (2, 3, 2)), ((4, 3), (1, 3))])
def test_arrays_of_more_axes_are_scipys(sizes, mode):
    signal = pytest.importorskip("scipy.signal")
    x, w = integers(12, *sizes[0]), integers(13, *sizes[1])
    y = reference("cross_correlation", mode, x, w)["y"]
    np.testing.assert_array_equal(y, signal.correlate(x, w, mode, method="direct"))
    y = reference("convolution", mode, x, w)["y"]
    np.testing.assert_array_equal(y, signal.convolve(x, w, mode, method="direct"))
