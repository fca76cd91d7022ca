"""Words of a line: plain text, names as they are typed, links to rules, sources and threads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from goldenrule.spec.rule import Rule, Source

PLAIN = re.compile(r"`[^`]*`|[*_\[\]$|]")
ADDRESS = re.compile(r"(https://[^\s)]*[\w/])")
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


def escaped(words: str) -> str:
    r"""Keep plain text from being read as Markdown, but for names as typed; addresses become links.

    >>> escaped("m*b* of https://example.org/a_b, `a_b`.")
    'm\\*b\\* of <https://example.org/a_b>, `a_b`.'
    """
    return "".join(
        f"<{part}>" if number % 2 else PLAIN.sub(_escaped, part)
        for number, part in enumerate(ADDRESS.split(words))
    )


def _escaped(found: re.Match[str]) -> str:
    """Escape a mark; leave a name between backticks as it is."""
    return found[0] if found[0].startswith("`") else f"\\{found[0]}"


def code(name: str) -> str:
    """Write a name as it is typed."""
    return f"`{name}`"


def linked(rule: Rule) -> str:
    """Write the title of a rule, linked to its page."""
    return f"[{rule.title}](/{rule.name}.md)"


def threads(links: Iterable[str]) -> str:
    """Link to threads, each in short.

    >>> threads(["https://github.com/pytorch/pytorch/issues/142323"])
    '[pytorch#142323](https://github.com/pytorch/pytorch/issues/142323)'
    """
    written = []
    for link in links:
        *_, repository, _, number = link.split("/")
        written.append(f"[{repository}#{number}]({link})")
    return ", ".join(written)


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
