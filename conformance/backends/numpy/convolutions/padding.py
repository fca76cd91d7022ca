"""How the windows go beyond the ends of an image: its extension, and the adjoint of that."""

from typing import Any

import numpy as np

MODES: dict[str, Any] = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def sources(space, padding, mode):
    """Return, for every element of the extended image, which element it repeats.

    Elements are counted from 1; 0 stands for none.
    """
    numbers = np.arange(1, 1 + np.prod(space, dtype=int)).reshape(space)
    return np.pad(numbers, padding, MODES[mode])


def extend(x, padding, mode="zeros"):
    """Extend the images (N, C, *space) by (low, high) elements along each axis of space."""
    samples, channels, *space = x.shape
    nothing = np.zeros((samples, channels, 1), x.dtype)
    flat = x.reshape(samples, channels, np.prod(space, dtype=int))
    elements = np.concatenate([nothing, flat], axis=2)
    return elements[:, :, sources(space, padding, mode)]


def extend_backward(dxe, space, padding, mode="zeros"):
    """Add every element of the extended image to the one that it repeats."""
    samples, channels = dxe.shape[:2]
    elements = np.zeros((samples, channels, 1 + np.prod(space, dtype=int)), dxe.dtype)
    places: Any = (slice(None), slice(None), sources(space, padding, mode))
    np.add.at(elements, places, dxe)
    return elements[:, :, 1:].reshape(samples, channels, *space)


def same(space, kernel, stride, dilation):
    """Return the paddings that make ceil(L / stride) windows fit, the odd element at the end."""
    paddings = []
    for L, K, s, d in zip(space, kernel, stride, dilation, strict=True):
        total = max((-(-L // s) - 1) * s + (K - 1) * d + 1 - L, 0)
        paddings.append((total // 2, total - total // 2))
    return paddings
