"""The rules that reference texts obey, so that one text runs in every arithmetic.

A text compares no values, knows no builtin functions and no rounded numbers: it is made of
``+ - * /``, integer powers, the methods of its context, and `if` on options and the step count.
The texts of layers also loop over indices, arrange arrays, and call one another.
"""

import ast
import io
import tokenize

from .text_families import FAMILIES, Family

METHODS = {"sqrt", "fsum", "fdot", "max", "min", "abs", "sign", "where", "exp", "log"}
MARKS = {"store", "cast"}
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub)
LINES = 250


def lint(text: str, family: str = "optimizers") -> list[str]:
    """Complain about everything in a text that the rules forbid, each with its line."""
    tree, allowed = _without_annotations(ast.parse(text)), FAMILIES[family]
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    known = {function.name for function in functions} | set(allowed.builtins) | _imported(tree)
    found = [complaint for node in ast.walk(tree) for complaint in _node(node, allowed, known)]
    for function in functions:
        found += _function(function, text, allowed)
    if len(text.splitlines()) >= LINES:
        found.append(f"{LINES}: the file is too long")
    return found + (_ends(tree, functions, allowed) if allowed.ends else [])


def _node(node: ast.AST, allowed: Family, known: set[str]) -> list[str]:
    """Complain about a single node of the syntax tree."""
    wrong = None
    match node:
        case ast.Import() | ast.ImportFrom() if not _modules(node) <= set(allowed.imports):
            wrong = "imports"
        case ast.Constant(value=float() | complex() as value):
            wrong = f"holds the rounded number {value}"
        case ast.While() | ast.Lambda() | ast.Try():
            wrong = f"uses {type(node).__name__.lower()}"
        case ast.For() | ast.comprehension() if not allowed.layers or getattr(node, "ifs", []):
            wrong = f"uses {type(node).__name__.lower()}"
        case ast.Compare() if not _may_compare(node):
            wrong = f"compares: {ast.unparse(node)}"
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Compare):
            wrong = f"decides on {ast.unparse(test)}"
        case ast.Call() if not _may_call(node, allowed, known):
            wrong = f"calls {ast.unparse(node.func)}"
        case ast.BinOp() | ast.UnaryOp() if not _may_compute(node, allowed):
            wrong = f"computes with {type(node.op).__name__}"
        case ast.BinOp(op=ast.Pow(), right=power) if not _is_integer(power):
            wrong = f"raises to the power {ast.unparse(power)}"
    return [f"{getattr(node, 'lineno', 0)}: {wrong}"] if wrong else []


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {"." * max(node.level - 1, 0) + (node.module or ".")}


def _imported(tree: ast.Module) -> set[str]:
    """The functions that are imported by name, from modules that may be imported."""
    nodes = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def _may_compare(node: ast.Compare) -> bool:
    is_none = isinstance(node.ops[0], ast.Is | ast.IsNot) and ast.unparse(node).endswith(" None")
    return (is_none and len(node.ops) == 1) or ast.unparse(node) == "t == 1"


def _may_call(node: ast.Call, allowed: Family, known: set[str]) -> bool:
    match node.func:
        case ast.Attribute(value=ast.Name(id="ctx"), attr=name):
            return name in METHODS | MARKS or ast.unparse(node) == "ctx.scalar(1)"
        case ast.Attribute(value=ast.Name(id="np"), attr=name):
            return name in allowed.numpy
        case ast.Attribute(value=ast.Name(id=module)) if module in known:
            return True
        case ast.Attribute(attr=name):
            return name in allowed.methods
        case ast.Name(id=name):
            return name in known or (allowed.layers and ast.unparse(node) == "max(n - 1, 1)")
    return False


def _may_compute(node: ast.BinOp | ast.UnaryOp, allowed: Family) -> bool:
    match node:
        case ast.BinOp(op=ast.FloorDiv(), left=ast.Attribute(attr="size")):
            return allowed.layers  # the number of elements, an integer
        case ast.BinOp(op=ast.BitOr()):
            return allowed.layers  # of dictionaries: numbers have none
    return isinstance(node.op, OPERATORS)


def _is_integer(power: ast.expr) -> bool:
    match power:
        case ast.Constant(value=int()) | ast.Name(id="t"):
            return True
    return False


def _function(function: ast.FunctionDef, text: str, allowed: Family) -> list[str]:
    """Complain about a function's first parameter, its docstring and its section words."""
    found = []
    uses = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    first = [p.arg for p in function.args.args][:1]
    if first not in (["ctx"], ["_"]) and ("ctx" in uses or not allowed.layers):
        found.append(f"{function.lineno}: {function.name} does not take ctx first")
    if ast.get_docstring(function) is None and not function.name.startswith("_"):
        found.append(f"{function.lineno}: {function.name} has no docstring")
    lines = range(function.lineno, (function.end_lineno or 0) + 1)
    words = [comment for line, comment in _comments(text) if line in lines]
    missing = not words and allowed.sectioned and (not allowed.layers or _computes(function))
    if missing or words != [word for word in allowed.sections if word in words]:
        found.append(f"{function.lineno}: {function.name} has the sections {' '.join(words)}")
    return found


def _computes(function: ast.FunctionDef) -> bool:
    """Whether a function has arithmetic of its own, or only hands over to others."""
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Name(id="ctx")):
                return True
            case ast.BinOp(op=op) if not isinstance(op, ast.FloorDiv | ast.BitOr):
                return True
    return False


def _comments(text: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        (token.start[0], token.string.removeprefix("# "))
        for token in tokens
        if token.type == tokenize.COMMENT
    ]


def _ends(tree: ast.Module, functions: list[ast.FunctionDef], allowed: Family) -> list[str]:
    """Complain about what is neither docstring, import, function nor one of the last tables."""
    tables = [node for node in tree.body[1:] if isinstance(node, ast.Assign)]
    names = [ast.unparse(target) for table in tables for target in table.targets]
    public = [name for name in names if not (allowed.layers and name.startswith("_"))]
    used = [n.id for table in tables for n in ast.walk(table.value) if isinstance(n, ast.Name)]
    ends, last = " and ".join(allowed.ends), tree.body[-1]
    kinds = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Assign)
    found = []
    if set(public) - set(allowed.ends) or not all(isinstance(s, kinds) for s in tree.body[1:]):
        found.append(f"1: more than a docstring, functions and {ends}")
    every = {function.name for function in functions} <= set(used)
    at_the_end = tree.body[-len(allowed.ends) :] == tables[-len(allowed.ends) :]
    if names[-len(allowed.ends) :] != list(allowed.ends) or not (every and at_the_end):
        found.append(f"{last.lineno}: {ends} does not end the file with every function")
    return found


def _without_annotations(tree: ast.Module) -> ast.Module:
    """Types are no part of a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    return tree
