"""The arguments of every command."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path


def add_arguments(commands: Mapping[str, argparse.ArgumentParser]) -> None:
    """Give each command's parser its arguments."""
    _add_list(commands["list"])
    _add_explain(commands["explain"])
    _add_selection(commands["verify"])
    _add_verify(commands["verify"])
    _add_selection(commands["diagnose"])
    _add_generate(commands["generate"])
    _add_fuzz(commands["fuzz"])
    _add_score(commands["score"])
    _add_docs(commands["docs"])
    _add_benchmark(commands["benchmark"])


def _add_list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profiles", action="store_true", help="list the profiles instead")
    command.add_argument(
        "--properties", action="store_true", help="list the properties of optimizer objects instead"
    )
    command.add_argument("--rule", default="*", metavar="PATTERN", help="only these rules")
    command.add_argument("--vectors", type=Path, metavar="DIR", help="vector files other than ours")


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
    _add_patterns(command)
    _add_vectors(command)
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=30.0,
        metavar="SECONDS",
        help="a case that takes longer is killed (default: 30)",
    )


def _add_patterns(command: argparse.ArgumentParser) -> None:
    command.add_argument("--rule", default="*", metavar="PATTERN", help="only these rules")
    command.add_argument("--dialect", default="*", metavar="PATTERN", help="only these dialects")
    command.add_argument("--profile", default="*", metavar="PATTERN", help="only these profiles")


def _add_vectors(command: argparse.ArgumentParser) -> None:
    command.add_argument("--vectors", type=Path, metavar="DIR", help="vector files other than ours")


def _add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--property",
        metavar="PATTERN",
        help="check only these properties of optimizer objects, and no cases",
    )
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


def _add_fuzz(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "backends", nargs="+", metavar="BACKEND", help="an installed backend or a Python file"
    )
    _add_patterns(command)
    amount = command.add_mutually_exclusive_group()
    amount.add_argument(
        "--seconds", type=_seconds, metavar="N", help="for each backend (default: 60)"
    )
    amount.add_argument(
        "--elements",
        type=_count,
        metavar="N",
        help="instead: for the update rules of each backend; its layers, whose exact values take "
        "milliseconds a number, share a hundredth as many",
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="draws other inputs")
    command.add_argument(
        "--out",
        type=Path,
        default=Path("fuzz-findings"),
        metavar="DIR",
        help="where vector files of what fails are written (default: fuzz-findings)",
    )
    command.add_argument("--json", type=Path, metavar="FILE", help="write a JSON report")


def _add_score(command: argparse.ArgumentParser) -> None:
    _add_patterns(command)
    _add_vectors(command)
    command.add_argument("--json", type=Path, metavar="FILE", help="write the score as JSON")
    command.add_argument(
        "--share", type=_count, default=1, metavar="N", help="only one of every N mutants"
    )
    command.add_argument(
        "--against", type=Path, metavar="FILE", help="fail if a stored score was higher"
    )
    command.add_argument(
        "--mistakes",
        type=Path,
        metavar="FILE",
        help="instead: write as JSON how many cases reject each known mistake",
    )
    command.add_argument(
        "--synthesise", action="store_true", help="search for cases that close the holes"
    )


def _add_docs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--port", type=_port, default=0, metavar="N", help="serve here (default: a free port)"
    )
    command.add_argument("--no-browser", action="store_true", help="serve, and open no browser")
    command.add_argument(
        "--build", action="store_true", help="build the book anew, and do not serve it"
    )


def _add_benchmark(command: argparse.ArgumentParser) -> None:
    command.add_argument("--repeat", type=_count, default=5, metavar="N", help="runs (default: 5)")
    command.add_argument(
        "--generate", action="store_true", help="time the generation of all vectors, too"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"not a positive number: {text!r}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"not a port: {text!r}; ports are 0 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"not a number of seconds: {text!r}")
    return value
