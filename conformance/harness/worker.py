"""The child process: imports one backend, runs its functions, and judges no number.

Standard input and output carry the protocol (wire.py) and are taken away before any foreign code
runs: what that code prints goes to standard error.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from ..backend import Backend, Function, Unsupported
from ..optimizer_object import ObjectEntry
from . import wire
from .call import BadOutput, NotApplicable, Outputs, run

LONGEST = 300
"""A message of more characters is cut: frameworks write pages."""


class BackendError(Exception):
    """A module that cannot be used as it stands; the message says why."""


def main(target: str) -> None:
    """Serve one backend of a module until the parent closes the connection."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)

    hello = wire.read(requests) or {}
    sys.path += [folder for folder in hello["path"] if folder not in sys.path]
    backends: list[Backend] = []
    try:
        backends = find_backends(load(target))
        wire.write(replies, {"backends": [wire.describe(backend) for backend in backends]})
    except BaseException as error:
        wire.write(replies, problem(error, target))
    while request := wire.read(requests):
        wire.write(replies, answer(backends, request))


def answer(backends: list[Backend], request: dict[str, Any]) -> dict[str, Any]:
    """Answer one request; whatever foreign code raises becomes part of the answer."""
    if "serve" in request:
        backend = backends[request["serve"]]
        try:
            if backend.setup:
                backend.setup()
        except BaseException as error:
            return problem(error, "setup")
        return {"ready": True}
    backend = backends[request["backend"]]
    if "object" in request:
        return examine(backend.objects[request["object"]], request)
    entry = backend.entries[request["entry"]]
    outputs: list[dict[str, Any]] = []
    try:
        for step in run(entry, request["profile"], request["case"], request["outputs"]):
            outputs.append(_encode(step))
    except (NotApplicable, Unsupported) as reason:
        return {"not_applicable": _line(str(reason)) or "not supported"}
    except BaseException as error:
        return {"outputs": outputs, **problem(error, _file(entry.function))}
    return {"outputs": outputs}


def examine(entry: ObjectEntry, request: dict[str, Any]) -> dict[str, Any]:
    """Answer a request about an optimizer object."""
    from ..properties import answer

    try:
        if "property" in request:
            return answer.experiment(entry, request)
        copies = answer.copies(entry, request)
    except (NotApplicable, Unsupported) as reason:
        return {"not_applicable": _line(str(reason)) or "not supported"}
    except BaseException as error:
        return problem(error, _file(entry.function))
    return {"copies": [(copy, list(map(_encode, steps))) for copy, steps in copies]}


def _encode(outputs: Outputs) -> dict[str, Any]:
    return {name: wire.encode_array(array) for name, array in outputs.items()}


def _file(function: Function) -> str:
    """Return the file that a function, or a class, was written in."""
    function = getattr(function, "func", function)  # of a functools.partial
    module = sys.modules.get(function.__module__)
    return getattr(module, "__file__", None) or ""


def load(target: str) -> ModuleType:
    """Import a module by name, or a Python file by path with its folder importable."""
    if not target.endswith(".py"):
        return importlib.import_module(target)
    path = Path(target).resolve()
    sys.path.insert(0, str(path.parent))
    name = f"{path.stem}_backend" if path.stem in sys.modules else path.stem
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{target} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def find_backends(module: ModuleType) -> list[Backend]:
    """Return the module's backends, in order of definition.

    Raises BackendError if there is none, if one is empty, or if two share a label.
    """
    backends = list({id(b): b for b in vars(module).values() if isinstance(b, Backend)}.values())
    if not backends:
        raise BackendError("holds no Backend: write `backend = Backend('name')` at its top level")
    labels = [backend.label for backend in backends]
    for backend in backends:
        if not backend.entries and not backend.objects:
            raise BackendError(f"backend {backend.label!r} declares no entries")
        if labels.count(backend.label) > 1:
            raise BackendError(f"two backends are called {backend.label!r}: give them variants")
    return backends


def problem(error: BaseException, target: str) -> dict[str, Any]:
    """Describe an exception in one line: what, and where in the target's own file."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        top = error.name.partition(".")[0]
        if top != "goldenrule":
            return {"unavailable": f"{top} is not installed"}
    if isinstance(error, BackendError | BadOutput):
        return {"error": _line(str(error))}
    texts = traceback.format_exception_only(error)
    what = _line(texts[-1 if isinstance(error, SyntaxError) else 0])
    if isinstance(error, SyntaxError) and error.filename:
        return {"error": f"{what} ({Path(error.filename).name}:{error.lineno})"}
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if target and os.path.realpath(f.filename) == os.path.realpath(target)]
    frame = own[-1] if own else frames[-1]
    return {"error": f"{what} ({Path(frame.filename).name}:{frame.lineno})"}


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


if __name__ == "__main__":
    main(sys.argv[1])
