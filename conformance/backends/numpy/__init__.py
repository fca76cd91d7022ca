"""The embedded backend: every rule in straightforward NumPy, one small function per dialect.

It shares no text with the reference. Tensors are arrays of the profile's type, hyper-parameters
Python floats: NumPy computes with them in binary64 until they meet a tensor.
"""

from ... import Backend
from . import convolutions, normalizations
from .optimizers import DIALECTS

PROFILES = ("float64", "float32")

backend = Backend("numpy")

for rule, functions in DIALECTS.items():
    for function in functions:
        backend.step(rule, dialect=function.__name__, profile=PROFILES)(function)

for rule, layers in {**normalizations.LAYERS, **convolutions.LAYERS}.items():
    for forward, backward in layers.items():
        backend.layer(rule, dialect=forward.__name__, profile=PROFILES)(forward)
        backend.gradient(rule, dialect=forward.__name__, profile=PROFILES)(backward)
