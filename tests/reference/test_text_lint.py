"""Every reference text obeys the lint, planted violations do not; one module knows SymPy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from goldenrule import reference

from .text_families import FAMILIES
from .text_lint import LINES, lint

ROOT = Path(reference.__path__[0])
TEXTS = [path for family in FAMILIES for path in sorted((ROOT / family).glob("[!_]*.py"))]
SHARED = [ROOT / f"{family}.py" for family in FAMILIES if not FAMILIES[family].ends]
_GEOMETRY = (
    "partitions/partition",
    "windows/borders",
    "windows/crops",
    "windows/meetings",
    "windows/overlaps",
)
INTEGERS = [ROOT / f"{name}.py" for name in _GEOMETRY]

GOOD = '''"""A rule."""


def plain(ctx, theta, g, m, t, *, alpha, beta, weight_decay=None):
    """Somewhere."""
    if weight_decay is not None:
        g = ctx.store(g + weight_decay * theta)
    # MOMENTS
    if t == 1:
        m = g
    else:
        m = beta * m + (1 - beta) * g
    # BIAS
    m_hat = m / (1 - beta**t)
    # UPDATE
    theta = theta - alpha * m_hat
    return {"theta": theta, "m": m}


FORMS = {"plain": (plain,)}
'''

VIOLATIONS = {
    "imports": ("    # BIAS", "    import math\n    # BIAS"),
    "holds the rounded number 0.5": ("alpha * m_hat", "0.5 * m_hat"),
    "calls max": ("alpha * m_hat", "max(alpha, m_hat)"),
    "calls abs": ("alpha * m_hat", "alpha * abs(m_hat)"),
    "calls sum": ("alpha * m_hat", "sum([alpha, m_hat])"),
    "calls min": ("alpha * m_hat", "min(alpha, m_hat)"),
    "calls round": ("alpha * m_hat", "round(m_hat)"),
    "calls pow": ("alpha * m_hat", "pow(m_hat, 2)"),
    "calls m_hat.sqrt": ("alpha * m_hat", "m_hat.sqrt()"),
    "calls ctx.is_zero": ("alpha * m_hat", "ctx.is_zero(m_hat)"),
    "compares: g < 0": ("t == 1", "g < 0"),
    "compares: t == 2": ("t == 1", "t == 2"),
    "compares: t > 1": ("t == 1", "t > 1"),
    "compares: g == 1": ("t == 1", "g == 1"),
    "compares: m is g": ("t == 1", "m is g"),
    "decides on weight_decay": ("weight_decay is not None", "weight_decay"),
    "decides on g": ("t == 1", "g"),
    "uses for": ("    # BIAS", "    for _ in (1, 2):\n        m = m * beta\n    # BIAS"),
    "uses comprehension": ("alpha * m_hat", "[alpha for _ in (1, 2)]"),
    "computes with FloorDiv": ("m / (1", "m // (1"),
    "computes with Not": ("alpha * m_hat", "alpha * (not m_hat)"),
    "raises to the power 1 / 2": ("alpha * m_hat", "alpha * m_hat ** (1 / 2)"),
    "raises to the power beta": ("beta**t", "t**beta"),
    "plain does not take ctx first": ("(ctx, theta", "(theta, ctx"),
    "plain has no docstring": ('    """Somewhere."""\n', ""),
    "plain has the sections BIAS MOMENTS UPDATE": (
        "    # BIAS\n", "    # MOMENTS\n", "    # MOMENTS\n", "    # BIAS\n",
    ),
    "plain has the sections MOMENTS bias UPDATE": ("# BIAS", "# bias"),
    "plain has the sections ": (
        "    # MOMENTS\n", "", "    # BIAS\n", "", "    # UPDATE\n", "",
    ),
    "more than a docstring, functions and FORMS": ("FORMS =", "HALF = 2\nFORMS ="),
    "FORMS does not end the file with every function": ("(plain,)", "()"),
    "the file is too long": ("    # BIAS\n", "\n" * LINES + "    # BIAS\n"),
}  # fmt: skip


GOOD_LAYER = '''"""A layer."""

import numpy as np

from ..partitions.normalize import forms, normalized
from ..partitions.partition import channels


def centred(ctx, x, gamma, eps):
    """Somewhere."""
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    for k in range(n):
        mu = mu + x[k]
    r = 1 / ctx.sqrt(mu + eps)
    # AFFINE
    return r if gamma is None else gamma * r


def plain(ctx, x, gamma=None, *, eps, text):
    """Somewhere."""
    y, mu = normalized(channels(x.shape), text, ctx, x, gamma, eps)
    n = x.size // len(mu)
    # STATISTICS
    mu = np.array([m * n / max(n - 1, 1) for m in mu], dtype=object)
    return {"y": y} | {"mu": mu}


_TEXTS = (centred,)

FORMS = {"plain": forms(plain, text=_TEXTS)}
BACKWARD = {}
'''

LAYER_VIOLATIONS = {
    "imports": ("import numpy", "import math"),
    "calls np.sum": ("ctx.fsum(x)", "np.sum(x)"),
    "calls np.dot": ("ctx.fsum(x)", "np.dot(x, x)"),
    "calls x.sum": ("ctx.fsum(x)", "x.sum()"),
    "calls sum": ("ctx.fsum(x)", "sum(x)"),
    "calls max": ("max(n - 1, 1)", "max(m, 1)"),
    "calls ctx.scalar": ("ctx.fsum(x)", "ctx.scalar(x)"),
    "computes with MatMult": ("ctx.fsum(x)", "x @ x"),
    "computes with FloorDiv": ("ctx.fsum(x) / n", "ctx.fsum(x) // n"),
    "compares: mu > 0": ("gamma is None", "mu > 0"),
    "uses comprehension": ("for m in mu", "for m in mu if m"),
    "decides on gamma": ("gamma is None", "gamma"),
    "uses while": ("for k in range(n):", "while None is None:"),
    "uses lambda": ("ctx.fsum(x)", "(lambda: x)"),
    "holds the rounded number 0.5": ("1 / ctx", "0.5 / ctx"),
    "raises to the power n": ("ctx.fsum(x)", "x**n"),
    "centred does not take ctx first": ("centred(ctx, x,", "centred(x, ctx,"),
    "centred has the sections AFFINE STATISTICS": (
        "# STATISTICS", "# AFFINE", "# AFFINE", "# STATISTICS",
    ),
    "centred has the sections ": ("    # STATISTICS\n", "", "    # AFFINE\n", ""),
    "plain has the sections ": ("# STATISTICS\n    mu = np", "mu = np"),
    "more than a docstring, functions and FORMS and BACKWARD": ("_TEXTS =", "HALF = 2\n_TEXTS ="),
    "FORMS and BACKWARD does not end the file with every function": ("(centred,)", "()"),
}  # fmt: skip


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_text_obeys(path):
    assert lint(path.read_text(encoding="utf-8"), path.parent.name) == []


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_what_layers_share_obeys(path):
    assert lint(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.stem}") == []


@pytest.mark.parametrize("path", INTEGERS, ids=lambda path: path.stem)
def test_geometry_knows_no_numbers(path):
    text = path.read_text(encoding="utf-8")
    assert "ctx" not in text
    assert "context" not in text


def test_there_are_texts_and_plain_ones_obey():
    assert len(TEXTS) >= 18
    assert len(SHARED) == 2
    assert lint(GOOD) == []
    assert lint(GOOD_LAYER, "normalizations") == []


@pytest.mark.parametrize("complaint", VIOLATIONS)
def test_a_planted_violation_is_found(complaint):
    assert complaints(GOOD, VIOLATIONS[complaint], "optimizers") == [complaint]


@pytest.mark.parametrize("complaint", LAYER_VIOLATIONS)
def test_a_violation_planted_in_a_layer_is_found(complaint):
    assert complaints(GOOD_LAYER, LAYER_VIOLATIONS[complaint], "normalizations") == [complaint]


def complaints(good, pairs, family):
    """Replace texts in a good text, each once, and give what the lint says without the lines."""
    text = good
    for i, old in enumerate(pairs[::2]):
        text = text.replace(old, f"<{i}>", 1)
    for i, new in enumerate(pairs[1::2]):
        text = text.replace(f"<{i}>", new)
    assert text != good
    return [found.partition(": ")[2] for found in lint(text, family)]


# SYMPY


def imports_sympy(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return any(name.partition(".")[0] == "sympy" for name in names)


def test_only_one_module_imports_sympy():
    found = [
        path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if imports_sympy(path)
    ]
    assert found == ["contexts/sym.py"]


def test_the_reference_and_its_bounds_load_without_sympy():
    program = (
        "import sys, goldenrule.reference.certify, goldenrule.reference.bounds\n"
        "from goldenrule.reference.catalogue import forms, names\n"
        "print(len([forms(name) for name in names()]), 'sympy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == [str(len(TEXTS)), "False"], done.stderr
