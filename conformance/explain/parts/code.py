"""The reference text of dialects, as it stands in the file: `{{ code paper keras }}`."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.forms import admits
from goldenrule.reference.profile import Profile
from goldenrule.spec.rule import Rule

from ...files.kinds import GRADIENT
from ...mistakes.text import pieces, texts
from ..blocks import Block, Code, Folded, Items, Paragraph

PLAIN = Profile.parse("float64")


def part(rule: Rule, argument: str) -> Iterator[Block]:
    """Show the dialects named, or else every one, folded.

    Raises ValueError for a dialect that the rule does not have.
    """
    names = argument.split()
    named = [rule.dialect(name).name for name in names]
    shown: dict[Function, str] = {}
    for name in named or catalogue.forms(rule.name):
        blocks = _dialect(rule.name, name, shown)
        if named:
            yield from blocks
        else:
            yield Folded(f"Dialect `{name}`", tuple(blocks))
    if helpers := _called(rule.name, named or catalogue.forms(rule.name), shown):
        yield Folded("What these call", (_code(helpers),))


def _dialect(rule: str, dialect: str, shown: dict[Function, str]) -> Iterator[Block]:
    """Show a dialect's text, its other forms by name, and its gradient; nothing a second time."""
    forms = catalogue.forms(rule)[dialect]
    yield from _text(forms[0], dialect, shown)
    yield from _forms(forms)
    forms = catalogue.forms(rule, GRADIENT).get(dialect, ())
    if not forms:
        return
    outer = pieces(forms[0])[0]
    if outer in shown:
        yield Paragraph(f"Its gradient is that of `{shown[outer]}`.")
    else:
        yield Folded("The gradient", (*_text(forms[0], dialect, shown), *_forms(forms)))


def _text(function: Function, dialect: str, shown: dict[Function, str]) -> Iterator[Code]:
    """Show the parts that a text is put together from, then the text that calls them."""
    new = [each for each in reversed(pieces(function)) if each not in shown]
    shown |= dict.fromkeys(new, dialect)
    yield _code(new)


def _forms(forms: Sequence[Function]) -> Iterator[Block]:
    """List the forms by name, each with the first line of what it says of itself."""
    first, *others = forms
    if others:
        yield Paragraph("Other forms, proved equal to it over the reals:")
        yield Items(tuple(_form(form, first) for form in others))


def _form(form: Function, first: Function) -> str:
    """Name a form; one that is put together is told by the parts that the first does not have."""
    own = [each for each in pieces(form) if each not in pieces(first)]
    words = "; ".join(_first_line(each) for each in own)
    only = "" if admits(PLAIN, form) else f" (only where a profile says `{form.profile}`)"
    return f"`{form.__name__}`: {words}{only}"


def _first_line(function: Function) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0].rstrip(".")


def _called(rule: str, dialects: Collection[str], shown: Collection[Function]) -> list[Function]:
    """Gather what the canonical texts call, as far as it is not shown."""
    found: dict[Function, None] = {}
    for kind in ("step", GRADIENT):
        for dialect in dialects:
            for form in catalogue.forms(rule, kind).get(dialect, ())[:1]:
                found |= dict.fromkeys(texts(form))
    left = [function for function in found if function not in shown]
    files = list(dict.fromkeys(map(_path, left)))
    return sorted(left, key=lambda function: files.index(_path(function)))


def _code(functions: Iterable[Function]) -> Code:
    """Join the sources of functions, with the file's name above those of each file."""
    lines: list[str] = []
    file = ""
    for function in functions:
        if (path := _path(function)) != file:
            file = path
            lines.append(f"# {file}")
        lines.append(inspect.getsource(function).rstrip() + "\n")
    return Code("\n".join(lines).rstrip(), "python")


def _path(function: Function) -> str:
    """Name a function's file from the root of the project."""
    package, _, _ = function.__module__.removeprefix("goldenrule.").rpartition(".")
    return "/".join((*package.split("."), Path(inspect.getfile(function)).name))
