"""Profiles: the floating-point contract that a backend declares.

A name is a base format followed by the declared deviations, as in `float32+ftz+step32`:

- a base of `float64` or `float32` computes and stores in that format;
- a base of `bfloat16` or `float16` stores tensors in it and computes in float32, so that every
  tensor written to memory is rounded once;
- `+ftz`: subnormal tensor elements, read or computed, may be flushed to zero;
- `+step32`: scalars made from the step count (beta**t) are computed in float32;
- `+fused`: intermediate tensors of a half-type rule are never written, only the outputs are;
- `+native`: the arithmetic of a half type, its sums included, is done in the half type itself;
- `+onepass`: variances may be computed as E[x^2] - E[x]^2;
- `+winograd`: convolutions may be transformed (Winograd's algorithm, FFT);
- `+tf32`: the products of convolutions may take their operands rounded to 11 bits (TF32).

All other scalars are computed in binary64, as Python does, and rounded where they meet a tensor.
"""

from __future__ import annotations

from dataclasses import dataclass

from .rounding import FORMATS, Format

_MODIFIERS = ("ftz", "step32", "fused", "native", "onepass", "winograd", "tf32")
_BASES = ("float64", "float32", "bfloat16", "float16")
_HALF_BASES = ("bfloat16", "float16")
_NEEDS = {"fused": _HALF_BASES, "native": _HALF_BASES, "tf32": ("float32",)}


@dataclass(frozen=True)
class Profile:
    """A floating-point contract; `Profile.parse` makes one from its name.

    `storage` is the format of tensors in memory, `working` that in which they are computed, `step`
    that of scalars made from the step count. All other scalars are binary64.
    """

    name: str
    storage: Format
    working: Format
    step: Format
    modifiers: tuple[str, ...]

    @classmethod
    def parse(cls, name: str) -> Profile:
        """Read a profile's name; raise ValueError if it is not one.

        >>> profile = Profile.parse("float32+ftz+step32")
        >>> profile.working.name, profile.flush, profile.step.name
        ('float32', True, 'float32')
        """
        base, *modifiers = name.split("+")
        if base not in _BASES:
            raise ValueError(
                f"unknown profile {name!r}: no base format {base!r} ({', '.join(_BASES)})"
            )
        ordered = [modifier for modifier in _MODIFIERS if modifier in modifiers]
        fitting = all(base in _NEEDS.get(modifier, _BASES) for modifier in modifiers)
        if modifiers != ordered or not fitting or {"fused", "native"} <= {*modifiers}:
            raise ValueError(
                f"unknown profile {name!r}: after {base} may follow, in this order, "
                f"{', '.join('+' + modifier for modifier in _MODIFIERS)} "
                "(fused or native: half types only; tf32: float32 only)"
            )
        widened = base in _HALF_BASES and "native" not in modifiers
        return cls(
            name=name,
            storage=FORMATS[base],
            working=FORMATS["float32" if widened else base],
            step=FORMATS["float32" if "step32" in modifiers else "float64"],
            modifiers=tuple(modifiers),
        )

    @property
    def is_half(self) -> bool:
        """Whether tensors are stored in a 16-bit format."""
        return self.storage.name in _HALF_BASES

    @property
    def flush(self) -> bool:
        """Whether subnormal tensor elements may be flushed to zero."""
        return "ftz" in self.modifiers

    @property
    def arithmetic(self) -> tuple[str, ...]:
        """How one text is rounded; profiles that differ in the forms they admit have one."""
        return (self.storage.name, *(m for m in self.modifiers if m != "onepass"))

    @property
    def stores(self) -> bool:
        """Whether an intermediate tensor written to memory is rounded once more."""
        return self.is_half and not {"fused", "native"} & {*self.modifiers}

    @property
    def narrows(self) -> bool:
        """Whether outputs are computed in a wider format than they are stored in."""
        return self.storage is not self.working


# The profiles of the golden vectors. The half types come on cases made for them.
FULL = ("float64", "float64+ftz", "float32", "float32+ftz", "float32+ftz+step32")
HALF = ("bfloat16", "bfloat16+fused", "float16", "float16+fused")
