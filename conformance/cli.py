"""The command ``goldenrule``.

Exit codes: 1 if anything deviates; else 2 if a named backend was unavailable, nothing was checked,
or the usage was wrong; else 0. A command's modules are imported when it runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

COMMANDS = {
    "list": "rules, dialects, number of vectors; the profiles",
    "explain": "the equations, dialects and claims of a rule",
    "verify": "judge backends against the golden vectors",
    "diagnose": "verify, and say which dialect, form or known mistake accounts for the deviations",
    "generate": "make the golden vectors, or check that they can be made again",
    "stress": "hold the derived bounds against very many elements drawn afresh",
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
        description="What update rules compute, exactly; and whether yours does.",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands = {
        name: subparsers.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        for name, text in COMMANDS.items()
    }
    _add_list(commands["list"])
    _add_explain(commands["explain"])
    _add_selection(commands["verify"])
    _add_verify(commands["verify"])
    _add_selection(commands["diagnose"])
    _add_generate(commands["generate"])
    _add_stress(commands["stress"])
    _add_benchmark(commands["benchmark"])
    return top


def _add_list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profiles", action="store_true", help="list the profiles instead")
    command.add_argument("--rule", default="*", metavar="PATTERN", help="only these rules")
    command.add_argument("--vectors", type=Path, metavar="DIR", help="other vectors than ours")


def _add_explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", metavar="RULE", help="adam or optimizers/adam")
    command.add_argument(
        "--proofs",
        action="store_true",
        help="check the claims, which takes seconds; show each with its status and proof",
    )


def _add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "backends", nargs="+", metavar="BACKEND", help="an installed backend or a Python file"
    )
    command.add_argument("--rule", default="*", metavar="PATTERN", help="only these rules")
    command.add_argument("--dialect", default="*", metavar="PATTERN", help="only these dialects")
    command.add_argument("--profile", default="*", metavar="PATTERN", help="only these profiles")
    command.add_argument("--vectors", type=Path, metavar="DIR", help="other vectors than ours")
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=30.0,
        metavar="SECONDS",
        help="a case that takes longer is killed (default: 30)",
    )


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", type=Path, metavar="FILE", help="write a JSON report")
    command.add_argument("--junit", type=Path, metavar="FILE", help="write a JUnit XML report")
    command.add_argument(
        "-x", "--stop-at-first", action="store_true", help="stop at the first case that fails"
    )
    command.add_argument(
        "--no-diagnose", action="store_true", help="do not look for what explains deviations"
    )
    command.add_argument(
        "--xfail", type=Path, metavar="FILE", help="cases that must fail, each with its reason"
    )


def _add_generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--rule", default="*", metavar="PATTERN", help="only these rules")
    command.add_argument("--out", type=Path, metavar="DIR", help="write here instead")
    command.add_argument(
        "--profile", action="append", metavar="PROFILE", help="an additional profile (repeatable)"
    )
    command.add_argument(
        "--check", action="store_true", help="compare with the existing files, byte by byte"
    )


def _add_stress(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "backends", nargs="+", metavar="BACKEND", help="an installed backend or a Python file"
    )
    command.add_argument(
        "--elements",
        type=_count,
        default=1_000_000,
        metavar="N",
        help="for the update rules of each backend (default: a million); its layers, whose exact "
        "values take milliseconds a number, share a hundredth as many",
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="draws other inputs")


def _add_benchmark(command: argparse.ArgumentParser) -> None:
    command.add_argument("--repeat", type=_count, default=5, metavar="N", help="runs (default: 5)")
    command.add_argument(
        "--generate", action="store_true", help="time the generation of all vectors, too"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a positive number: {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"not a number of seconds: {text!r}")
    return value


class _Version(argparse.Action):
    """Look the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"goldenrule {version('goldenrule')}")
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
