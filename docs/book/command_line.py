"""The reference of the command line, as Markdown, from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from goldenrule.conformance.cli import parser

USUAL = ("-h", "--help")


def cli(argument: str) -> str:
    """Describe a command, or all of them: what it does, its usage, its arguments and options."""
    found = _commands()
    chosen = [argument] if argument else list(found)
    blocks = [block for name in chosen for block in _command(name, found[name])]
    return "\n\n".join(blocks if argument else [_contents(found), *blocks])


def _commands() -> dict[str, argparse.ArgumentParser]:
    """Give the parsers of the commands by name."""
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise ValueError("the parser has no commands")


def _contents(commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """List the commands, each with its sentence."""
    rows = [
        f"| [`{name}`](#{name}) | {command.description} |" for name, command in commands.items()
    ]
    return "\n".join(["| command | what it does |", "| --- | --- |", *rows])


def _command(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the blocks of one command."""
    yield f"## `goldenrule {name}` {{ #{name} }}"
    yield str(command.description)
    yield f"```text\n{_usage(command)}\n```"
    rows = [_row(action) for action in command._actions if action.option_strings[:1] != ["-h"]]
    if rows:
        yield "\n".join(["| argument | what it does |", "| --- | --- |", *rows])


def _usage(command: argparse.ArgumentParser) -> str:
    """Write how a command is typed, on lines of one width whatever the terminal's is."""
    command.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=84)
    before = "usage: "
    lines = command.format_usage().rstrip().splitlines()
    return "\n".join(line[len(before) :] for line in lines)


def _row(action: argparse.Action) -> str:
    """Write a row of the table: how an argument is spelled, and its help with the default."""
    value = action.metavar or action.dest.upper()
    value = f" {value}" if action.nargs != 0 and action.option_strings else ""
    spelled = [f"`{name}{value}`" for name in action.option_strings] or [f"`{action.metavar}`"]
    return f"| {', '.join(spelled)} | {_escaped(_help(action))} |"


def _help(action: argparse.Action) -> str:
    """Give the help with the default, where there is one and the help does not say it itself."""
    text = str(action.help)
    if action.nargs == 0 or action.default in (None, "*") or "default" in text:
        return text
    return f"{text} (default: {action.default})"


def _escaped(text: str) -> str:
    """Write text in a cell of a table."""
    return text.replace("|", r"\|").replace("*", r"\*").replace("$", r"\$")
