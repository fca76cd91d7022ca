"""The command ``goldenrule``.

Exit codes: 1 if anything deviates; else 2 if a named backend was unavailable, nothing was checked,
or the usage was wrong; else 0. A command's modules are imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from .arguments import add_arguments

COMMANDS = {
    "list": "rules, dialects, number of vectors; the profiles; the properties of objects",
    "explain": "the page of a rule: prose, equations, dialects, derivations and claims",
    "verify": "judge backends against the golden vectors",
    "diagnose": "verify, and say which dialect, form or known mistake accounts for the deviations",
    "generate": "make the golden vectors, or check that they can be made again",
    "fuzz": "judge backends on inputs drawn afresh, and shrink what fails",
    "score": "measure what the golden vectors detect, with mutants of every rule",
    "docs": "build the book, serve it on this machine and open it in a browser",
    "benchmark": "time what people wait for",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    try:
        options = parser().parse_args(arguments)
        return import_module(f".commands.{options.command}", __package__).run(options)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 2


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="goldenrule",
        description="What optimizers, normalizations and convolutions compute, exactly; "
        "and whether yours does.",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands = {
        name: subparsers.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        for name, text in COMMANDS.items()
    }
    add_arguments(commands)
    return top


class _Version(argparse.Action):
    """Look the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"goldenrule {version('goldenrule')}")
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
