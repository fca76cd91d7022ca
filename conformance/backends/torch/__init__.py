"""PyTorch on the CPU.

Optimizers in their three implementations, and as objects; layers as functions, as modules, and as
functions of tensors whose channels are last in memory; convolutions of half types by oneDNN, and by
NNPACK.

Source: PyTorch 2.13.0.
"""

import torch

from ... import Backend
from . import (
    by_library,
    convolutions,
    layers,
    normalization_modules,
    normalizations,
    optimizer_objects,
    optimizers,
)


def make(variant: str = "") -> Backend:
    """Make a backend that computes in one thread: more only get in the way of a dozen elements."""
    return Backend("torch", variant, setup=lambda: torch.set_num_threads(1))


plain = make()
foreach = make("foreach")
fused = make("fused")
modules = make("modules")
channels_last = make("channels_last")

optimizers.add(plain, {"foreach": False})
optimizers.add(foreach, {"foreach": True})
optimizers.add(fused, {"fused": True})
optimizer_objects.add(plain)

layers.add(plain, (*normalizations.FUNCTIONS, *convolutions.FUNCTIONS))
layers.add(modules, (*normalization_modules.MODULES, *convolutions.MODULES))
layers.add(channels_last, (*normalizations.CHANNELS_LAST, *convolutions.CHANNELS_LAST))

# What the processor, or the build of torch, lacks has no backend.
if by_library.ONEDNN_HALF:
    onednn = make("onednn")
    layers.add(onednn, by_library.ONEDNN)
if torch.backends.nnpack.is_available():
    nnpack = make("nnpack")
    layers.add(nnpack, by_library.NNPACK)
