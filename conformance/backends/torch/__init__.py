"""PyTorch on the CPU.

Optimizers in their three implementations; layers as functions, as modules, and as functions of
tensors whose channels are last in memory; convolutions of half types by oneDNN, and by NNPACK.

Source: PyTorch 2.13.0.
"""

from torch import set_num_threads

from ... import Backend
from . import (
    by_library,
    convolutions,
    layers,
    normalization_modules,
    normalizations,
    optimizers,
)


def make(variant: str = "") -> Backend:
    """Make a backend that computes in one thread: more only get in the way of a dozen elements."""
    return Backend("torch", variant, setup=lambda: set_num_threads(1))


plain = make()
foreach = make("foreach")
fused = make("fused")
modules = make("modules")
channels_last = make("channels_last")
onednn = make("onednn")
nnpack = make("nnpack")

optimizers.add(plain, {"foreach": False})
optimizers.add(foreach, {"foreach": True})
optimizers.add(fused, {"fused": True})

layers.add(plain, (*normalizations.FUNCTIONS, *convolutions.FUNCTIONS))
layers.add(modules, (*normalization_modules.MODULES, *convolutions.MODULES))
layers.add(channels_last, (*normalizations.CHANNELS_LAST, *convolutions.CHANNELS_LAST))
layers.add(onednn, by_library.ONEDNN)
layers.add(nnpack, by_library.NNPACK)
