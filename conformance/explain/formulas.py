"""Formulas of the specification, each in LaTeX and in plain text, and pieces of lines."""

from __future__ import annotations

import re

from sympy import Expr, Symbol

from goldenrule.spec import latex, text
from goldenrule.spec.proofs.relation import Relation
from goldenrule.spec.rule import Source
from goldenrule.spec.steps import Step

from .blocks import Equation, Line, Math


def math(expression: Expr) -> Math:
    """Write an expression as its author arranged it."""
    return Math(latex.tex(expression), text.text(expression))


def symbol(name: Symbol) -> Math:
    """Write a symbol."""
    return Math(latex.tex(name), text.name(name))


def domain(name: Symbol) -> Line:
    """Write what a symbol ranges over, or nothing where all real numbers are meant."""
    plain = text.domain(name)
    return (Math(plain.replace(text.name(name), latex.tex(name)), plain),) if plain else ""


def relation(stated: Relation, display: bool = False) -> Math:
    """Write an equation or an order."""
    return Math(stated.latex(), stated.text(), display)


def assigned(step: Step) -> tuple[Math, Math]:
    """Write a step as its target and the value that is assigned to it."""
    target, value = text.equation(step)
    return Math(latex.tex(step.target), target), Math(latex.tex(step.value), value)


def equation(step: Step, anchor: str, change: str = "") -> Equation:
    """Write a step as a row of equations; where it is dropped, its name alone."""
    target, value = assigned(step)
    if change == "dropped":
        return Equation(step.name, target, None, "dropped", anchor)
    return Equation(step.name, target, value, change, anchor)  # type: ignore[arg-type]


def escaped(words: str) -> str:
    """Keep plain text from being read as Markdown."""
    return re.sub(r"([*`_\[\]$])", r"\\\1", words)


def code(name: str) -> str:
    """Write a name as it is typed."""
    return f"`{name}`"


REPOSITORIES = {
    "Flax": "google/flax/blob/v",
    "JAX": "jax-ml/jax/blob/jax-v",
    "Keras": "keras-team/keras/blob/v",
    "MLX": "ml-explore/mlx/blob/v",
    "NumPy": "numpy/numpy/blob/v",
    "ONNX": "onnx/onnx/blob/v",
    "PyTorch": "pytorch/pytorch/blob/v",
    "SciPy": "scipy/scipy/blob/v",
    "TensorFlow": "tensorflow/tensorflow/blob/v",
    "optax": "google-deepmind/optax/blob/v",
}
"""Where the files of a release stand."""
FILE = re.compile(r"([\w/]+\.\w+)(?::(\d+)(?:-(\d+))?)?")


def source(cited: Source) -> str:
    """Cite a source, linked to the paper or to the lines of the release."""
    title = f"{cited.title} {cited.release}" if cited.release else cited.title
    place = cited.where.partition(", ")[0]
    link, path = cited.url, FILE.fullmatch(place)
    if link is None and path and cited.title in REPOSITORIES:
        lines = "-".join(f"L{line}" for line in path.groups()[1:] if line)
        link = f"https://github.com/{REPOSITORIES[cited.title]}{cited.release}/{path[1]}"
        link += f"#{lines}" if lines else ""
    if link is None and (paper := re.search(r"arXiv:([\d.]+v\d+)", cited.where)):
        link = f"https://arxiv.org/abs/{paper[1]}"
    if link is None:
        return escaped(str(cited))
    return f"[{title}]({link}), {code(cited.where) if path else escaped(cited.where)}"
