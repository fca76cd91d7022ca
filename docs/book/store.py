"""Make what pages show out of the report of a command, and store it in docs/measured.

    goldenrule verify numpy torch jax onnxruntime --xfail tests/frameworks/deviations.txt \
        --json verify.json
    python -m goldenrule.docs.book.store verify verify.json

A report names every case; what is stored counts the cases of each declaration and names those that
deviate. `goldenrule score --json docs/measured/score.json` stores its whole report itself.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .stored import fuzz, verify

Document = Mapping[str, Any]

MEASURED = Path(__file__).parents[1] / "measured"
COMPACT: dict[str, Callable[[Document], Document]] = {
    "verify": verify.compact,
    "fuzz": fuzz.compact,
}
"""What is kept of a report, by the command that wrote it."""


def render(document: Document) -> str:
    """Write a document with a line for every item of its lists, so that changes can be read."""
    parts = (f"{json.dumps(key)}: {_value(value)}" for key, value in document.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(item, allow_nan=False) for item in value) + "\n]"
    return json.dumps(value, allow_nan=False)


def main(arguments: Iterable[str] | None = None) -> int:
    """Store a report; return 2 where it cannot be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", choices=COMPACT, help="what wrote the report")
    parser.add_argument("report", type=Path, help="what it wrote with --json")
    parser.add_argument("--out", type=Path, default=MEASURED, help="another folder")
    options = parser.parse_args(None if arguments is None else [*arguments])
    try:
        report = json.loads(options.report.read_text(encoding="utf-8"))
        document = COMPACT[options.command](report)
    except (OSError, ValueError) as error:
        print(f"{options.report}: {error}", file=sys.stderr)
        return 2
    path = options.out / f"{options.command}.json"
    path.write_text(render(document), encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
