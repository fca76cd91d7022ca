"""What the convolutions compute: worked numbers, slow definitions, closed forms of gradients."""

from itertools import product

import numpy as np
import pytest

from goldenrule.spec.convolutions import conv, conv_transpose, convolution, cross_correlation
from goldenrule.spec.tensors import evaluate

LINE = np.array([1, 2, 3, 4], dtype=object).reshape(1, 1, 4)
ONES = np.ones((1, 1, 3), dtype=object)
NEUTRAL = {"stride": (1,), "dilation": (1,), "groups": 1}


def integers(*shape, seed=0):
    """Small integers, none of them 0."""
    values = np.random.default_rng(seed).integers(1, 10, shape)
    return (values * np.random.default_rng(seed + 1).choice([-1, 1], shape)).astype(object)


def run(dialect, x, w, b=None, **attributes):
    """Compute y as a list."""
    options = () if b is None else ("bias",)
    tensors = {"x": x, "w": w} | ({} if b is None else {"b": b})
    chosen = {name: attributes[name] for name in dialect.attributes if name in attributes}
    return evaluate.forward(dialect, options, tensors, chosen)["y"]


@pytest.mark.parametrize(
    ("name", "padding", "expected"),
    [
        ("zeros", (1, 1), [3, 6, 9, 7]),
        ("zeros", (2, 0), [1, 3, 6, 9]),
        ("valid", None, [6, 9]),
        ("same_upper", None, [3, 6, 9, 7]),
        ("same_lower", None, [3, 6, 9, 7]),
        ("causal", None, [1, 3, 6, 9]),
        ("reflect", (1, 1), [5, 6, 9, 10]),
        ("replicate", (1, 1), [4, 6, 9, 11]),
        ("circular", (1, 1), [7, 6, 9, 8]),
        ("reflect", (3, 3), [9, 6, 5, 6, 9, 10, 9, 6]),
        ("circular", (5, 0), [7, 6, 9, 8, 7, 6, 9]),
    ],
)
def test_padding_on_a_line(name, padding, expected):
    y = run(conv.RULE.dialect(name), LINE, ONES, **NEUTRAL, padding=(padding,))
    assert y.tolist() == [[expected]]


@pytest.mark.parametrize(
    ("name", "stride", "extra", "expected"),
    [
        (
            "adjoint",
            2,
            {"padding": ((0, 0),), "output_padding": (0,)},
            [1, 10, 102, 20, 203, 30, 300],
        ),
        ("adjoint", 2, {"padding": ((1, 1),), "output_padding": (1,)}, [10, 102, 20, 203, 30, 300]),
        ("same", 2, {}, [1, 10, 102, 20, 203, 30]),
        ("valid", 2, {}, [1, 10, 102, 20, 203, 30, 300]),
        ("valid", 4, {}, [1, 10, 100, 0, 2, 20, 200, 0, 3, 30, 300, 0]),
        (
            "unflipped",
            2,
            {"padding": ((0, 1),), "output_padding": (0,)},
            [100, 10, 201, 20, 302, 30],
        ),
    ],
)
def test_transposed_on_a_line(name, stride, extra, expected):
    x = np.array([1, 2, 3], dtype=object).reshape(1, 1, 3)
    w = np.array([1, 10, 100], dtype=object).reshape(1, 1, 3)
    attributes = {**NEUTRAL, "stride": (stride,), **extra}
    y = run(conv_transpose.RULE.dialect(name), x, w, **attributes)
    assert y.tolist() == [[expected]]


def slow_conv(x, w, b, stride, dilation, groups, padding):
    """Compute a convolution with zeros in two dimensions, straight from its definition."""
    (low, high), (left, right) = padding
    wide = np.pad(x, ((0, 0), (0, 0), (low, high), (left, right)))
    rows, columns = (
        (wide.shape[a + 2] - dilation[a] * (w.shape[a + 2] - 1) - 1) // stride[a] + 1
        for a in (0, 1)
    )
    y = np.zeros((x.shape[0], w.shape[0], rows, columns), dtype=object)
    for s, o, row, column in np.ndindex(*y.shape):
        first = o // (w.shape[0] // groups) * w.shape[1]
        y[s, o, row, column] = b[o]
        for c, k, m in np.ndindex(*w.shape[1:]):
            at = stride[0] * row + dilation[0] * k, stride[1] * column + dilation[1] * m
            y[s, o, row, column] += w[o, c, k, m] * wide[(s, first + c, *at)]
    return y


def test_two_axes_groups_and_bias():
    x, w, b = integers(2, 4, 5, 7), integers(6, 2, 2, 3, seed=2), integers(6, seed=4)
    attributes = {
        "stride": (2, 3),
        "dilation": (2, 1),
        "groups": 2,
        "padding": ((1, 0), (0, 2)),
    }
    y = run(conv.zeros, x, w, b, **attributes)
    np.testing.assert_array_equal(y, slow_conv(x, w, b, **attributes))


@pytest.mark.parametrize("dialect", conv.RULE.dialects, ids=lambda dialect: dialect.name)
def test_no_window_fits(dialect):
    x, w = integers(1, 1, 2), integers(1, 1, 3)
    y = run(dialect, x, w, **NEUTRAL, padding=((0, 0),))
    expected = 2 if dialect.name in ("same_upper", "same_lower", "causal") else 0
    assert y.shape == (1, 1, expected)


@pytest.mark.parametrize("module", [convolution, cross_correlation])
def test_definitions_of_one_axis(module):
    sign = 1 if module is cross_correlation else -1
    for length, size in product(range(1, 6), range(1, 6)):
        x, w = integers(length), integers(size, seed=7)
        if size > length:
            continue
        offsets = range(1 - size, length) if sign > 0 else range(length + size - 1)
        full = [
            sum(x[k + sign * n] * w[n] for n in range(size) if 0 <= k + sign * n < length)
            for k in offsets
        ]
        start = (size - 1) // 2
        expected = {
            "full": full,
            "same": full[start : start + length],
            "valid": full[size - 1 : length],
        }
        for name, values in expected.items():
            y = evaluate.forward(module.RULE.dialect(name), (), {"x": x, "w": w}, {})["y"]
            assert y.tolist() == values, (name, length, size)


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("module", [convolution, cross_correlation])
def test_as_numpy_names_the_lengths(module, mode):
    judge = np.convolve if module is convolution else np.correlate
    for length in range(1, 8):
        for size in range(1, length + 1):
            x, w = integers(length), integers(size, seed=3)
            y = evaluate.forward(module.RULE.dialect(mode), (), {"x": x, "w": w}, {})["y"]
            assert y.tolist() == judge(x.astype(int), w.astype(int), mode).tolist()


@pytest.mark.parametrize("name", ["zeros", "reflect", "circular"])
def test_gradients_are_slopes(name):
    """The loss is a polynomial of degree 1 in each element: a difference is the derivative."""
    dialect = conv.RULE.dialect(name)
    attributes = {"stride": (2,), "dilation": (1,), "groups": 2, "padding": ((2, 1),)}
    x, w, b = integers(2, 4, 4), integers(2, 2, 2, seed=2), integers(2, seed=3)
    tensors = {"x": x, "w": w, "b": b}
    y = run(dialect, x, w, b, **attributes)
    dy = integers(*y.shape, seed=9)
    found = evaluate.closed_form(dialect, (), {**tensors, "dy": dy}, attributes)
    for which, tensor in tensors.items():
        for place in np.ndindex(*tensor.shape):
            moved = tensor.copy()
            moved[place] += 1
            change = run(dialect, *{**tensors, which: moved}.values(), **attributes) - y
            assert found[f"d{which}"][place] == (change * dy).sum()
