"""``goldenrule explain``: the equations, dialects and claims of a rule, in the terminal."""

from __future__ import annotations

import argparse

from .verify import usage_error


def run(options: argparse.Namespace) -> int:
    """Print the explanation of one rule."""
    from ..explain.explain import explain

    try:
        print(explain(options.rule, proofs=options.proofs))
    except ValueError as error:
        return usage_error(str(error))
    return 0
