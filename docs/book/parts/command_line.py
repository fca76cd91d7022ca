"""The part `{{ cli }}`: the reference of the command line, from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from goldenrule.conformance.cli import parser
from goldenrule.conformance.explain.words import code, escaped

from .arguments import chosen
from .tables import table


def cli(argument: str) -> str:
    """Describe a command, or all of them: what it does, its usage, its arguments and options."""
    found = _commands()
    if argument:
        return "\n\n".join(_command(argument, chosen(found, "command", argument)))
    described = (block for name, command in found.items() for block in _command(name, command))
    return "\n\n".join([_contents(found), *described])


def _commands() -> dict[str, argparse.ArgumentParser]:
    """Give the parsers of the commands by name."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise ValueError("the parser has no commands")


def _contents(commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """List the commands, each with its sentence."""
    rows = [(f"[`{name}`](#{name})", str(made.description)) for name, made in commands.items()]
    return table(("command", "what it does"), rows)


def _command(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the blocks of one command."""
    yield f"## `goldenrule {name}` {{ #{name} }}"
    yield str(command.description)
    yield f"```text\n{_usage(command)}\n```"
    rows = [_row(action) for action in command._actions if action.option_strings[:1] != ["-h"]]
    if rows:
        yield table(("argument", "what it does"), rows)


def _usage(command: argparse.ArgumentParser) -> str:
    """Write how a command is typed, on lines of one width whatever the terminal's is."""
    command.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=84)
    before = "usage: "
    lines = command.format_usage().rstrip().splitlines()
    return "\n".join(line[len(before) :] for line in lines)


def _row(action: argparse.Action) -> tuple[str, str]:
    """Write how an argument is spelled, and its help with the default."""
    value = action.metavar or action.dest.upper()
    value = f" {value}" if action.nargs != 0 and action.option_strings else ""
    names = action.option_strings or [str(action.metavar)]
    spelled = [code(f"{name}{value}") for name in names]
    return ", ".join(spelled), escaped(_help(action))


def _help(action: argparse.Action) -> str:
    """Give the help with the default, where there is one and the help does not say it itself."""
    text = str(action.help)
    if action.nargs == 0 or action.default in (None, "*") or "default" in text:
        return text
    return f"{text} (default: {action.default})"
