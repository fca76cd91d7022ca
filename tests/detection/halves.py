"""Layers in half types: computed in float32, the outputs rounded; or in the type itself."""

from __future__ import annotations

import functools

import numpy as np


def to_float16(x):
    return np.asarray(x, np.float32).astype(np.float16).astype(np.float32)


def to_bfloat16(x):
    x = np.asarray(x, np.float32)
    bits = x.view(np.uint32).astype(np.uint64)
    bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
    return np.where(np.isnan(x), x, bits.astype(np.uint32).view(np.float32))


ROUND = {"float16+fused": to_float16, "bfloat16+fused": to_bfloat16}


def rounded(layer, profile):
    """Let a layer compute in float32, and round what it returns."""

    @functools.wraps(layer)
    def call(*args, **given):
        outputs = layer(*args, **given)
        return {name: ROUND[profile](x) for name, x in outputs.items() if x is not None}

    return call


def native(layer):
    """Let a layer compute in float16 itself."""

    @functools.wraps(layer)
    def call(**given):
        narrow = {
            name: x.astype(np.float16) if isinstance(x, np.ndarray) else x
            for name, x in given.items()
        }
        return {name: x.astype(np.float32) for name, x in layer(**narrow).items()}

    return call
