"""What the reference texts of each family may say, and of what layers share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """What the texts of a family may say: its sections, and the tables that end a file.

    `imports` are modules. With `sectioned` every function that computes has sections.
    """

    sections: tuple[str, ...]
    ends: tuple[str, ...] = ("FORMS",)
    imports: tuple[str, ...] = ()
    builtins: tuple[str, ...] = ()
    numpy: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    layers: bool = True
    sectioned: bool = True


_INDICES = ("len", "range", "zip", "enumerate")
_BACKWARD = ("FORMS", "BACKWARD")
FAMILIES = {
    "optimizers": Family(("MOMENTS", "BIAS", "UPDATE"), builtins=("gradient",), layers=False),
    "normalizations": Family(
        ("STATISTICS", "NORMALIZE", "AFFINE"),
        ends=_BACKWARD,
        imports=(
            "numpy",
            ".partitions.arrangements",
            ".partitions.normalize",
            ".partitions.partition",
        ),
        builtins=(*_INDICES, "average"),
        numpy=("array", "broadcast_to"),
    ),
    "convolutions": Family(
        ("WINDOW", "ACCUMULATE", "BIAS"),
        ends=_BACKWARD,
        imports=(".windows",),
        builtins=_INDICES,
        methods=("flipped",),
    ),
    # What layers share.
    "partitions/arrangements": Family(
        ("STATISTICS", "NORMALIZE", "AFFINE"),
        ends=(),
        imports=(".forms", "normalize", "partition"),
        builtins=_INDICES,
    ),
    "windows/accumulate": Family(
        ("ACCUMULATE", "BIAS"),
        ends=(),
        imports=("__future__", "typing", "numpy", ".contexts.context", "meetings"),
        builtins=_INDICES,
        numpy=("array", "append", "ndindex"),
        methods=("ravel", "reshape", "of"),
        sectioned=False,
    ),
}
