"""What a run was made with: the releases of this project, of Python, NumPy and frameworks."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

FRAMEWORKS = ("torch", "jax", "jaxlib", "flax", "optax", "onnxruntime", "onnx", "keras", "mlx")


def frameworks() -> dict[str, str]:
    """Give the release of every framework that is installed, whether or not it is used."""
    return {name: release for name in FRAMEWORKS if (release := _release(name))}


def releases() -> dict[str, str]:
    """Give the release of goldenrule, Python, NumPy and every framework that is installed."""
    ours = {"goldenrule": _release("goldenrule"), "python": platform.python_version()}
    return {name: release for name, release in ours.items() if release} | {
        "numpy": version("numpy"),
        **frameworks(),
    }


def _release(distribution: str) -> str | None:
    """Give the release of a distribution, or nothing where it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
