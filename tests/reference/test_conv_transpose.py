"""The reference text of transposed convolution is the adjoint of convolution, exactly."""

from fractions import Fraction

import numpy as np
import pytest

from .convolving import SHAPES, array, call, conv, dot


def transposed_attributes(dialect, name):
    _, _, groups, stride, dilation, padding = SHAPES[name]
    attributes = {"stride": stride, "dilation": dilation, "groups": groups}
    if dialect in ("adjoint", "unflipped"):
        extra = tuple(s - 1 for s in stride)
        attributes |= {"padding": padding, "output_padding": extra}
    return attributes


def transposed_question(name, dialect):
    x, w, *_ = SHAPES[name]
    rng = np.random.default_rng(11)
    x = (x[0], w[0], *x[2:])
    return array(rng, *x), array(rng, *w), transposed_attributes(dialect, name)


@pytest.mark.parametrize("dialect", ["adjoint", "unflipped", "same", "valid"])
@pytest.mark.parametrize("name", SHAPES)
def test_conv_transpose_is_the_adjoint_of_conv(name, dialect):
    x, w, attributes = transposed_question(name, dialect)
    y = call("conv_transpose", dialect, x, w, **attributes)["y"]
    z = array(np.random.default_rng(13), *y.shape)
    kernel = np.flip(w, tuple(range(2, w.ndim))) if dialect == "unflipped" else w
    there = {key: attributes[key] for key in ("stride", "dilation", "groups")}
    if dialect in ("adjoint", "unflipped"):
        there["padding"] = attributes["padding"]
    back = {"same": "same_upper", "valid": "valid"}.get(dialect, "zeros")
    image = conv(back, z, kernel, **there)
    image = image[tuple(slice(0, n) for n in x.shape)]
    reached = x[tuple(slice(0, n) for n in image.shape)]
    assert dot(y, z) == dot(reached, image)


@pytest.mark.parametrize("dialect", ["adjoint", "unflipped", "same", "valid"])
@pytest.mark.parametrize("name", SHAPES)
def test_the_gradients_of_conv_transpose_are_adjoint(name, dialect):
    x, w, attributes = transposed_question(name, dialect)
    rng = np.random.default_rng(17)
    y = call("conv_transpose", dialect, x, w, **attributes)["y"]
    dy, u, v = (array(rng, *tensor.shape) for tensor in (y, x, w))
    got = call("conv_transpose", dialect, dy, x, w, kind="gradient", **attributes)
    assert dot(got["dx"], u) == dot(dy, call("conv_transpose", dialect, u, w, **attributes)["y"])
    assert dot(got["dw"], v) == dot(dy, call("conv_transpose", dialect, x, v, **attributes)["y"])
    assert got["db"].tolist() == [sum(dy[:, o].flat, Fraction(0)) for o in range(dy.shape[1])]


WORKED = {  # x = [1, 2, 3], w = [1, 10, 100], stride 2
    ("adjoint", ((0, 0),), (0,)): [1, 10, 102, 20, 203, 30, 300],
    ("adjoint", ((1, 1),), (1,)): [10, 102, 20, 203, 30, 300],
    ("adjoint", ((0, 1),), (0,)): [1, 10, 102, 20, 203, 30],
    ("unflipped", ((0, 0),), (0,)): [100, 10, 201, 20, 302, 30, 3],
    ("same", None, None): [1, 10, 102, 20, 203, 30],
    ("valid", None, None): [1, 10, 102, 20, 203, 30, 300],
}


@pytest.mark.parametrize("key", WORKED, ids=str)
def test_worked_numbers(key):
    dialect, padding, extra = key
    x, w = (np.array([[[*map(Fraction, row)]]]) for row in ([1, 2, 3], [1, 10, 100]))
    attributes = {"stride": (2,), "dilation": (1,), "groups": 1}
    if padding:
        attributes |= {"padding": padding, "output_padding": extra}
    assert call("conv_transpose", dialect, x, w, **attributes)["y"].ravel().tolist() == WORKED[key]
