"""Put under the commands that pages show what they print now.

`python -m goldenrule.docs.book.refresh` writes it; with --check it only names the pages that are
out of date.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .console import refreshed

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages that differ, or name them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only name what is out of date")
    options = parser.parse_args(arguments)
    stale = False
    paths = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
    pages = [path.read_text(encoding="utf-8") for path in paths]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        now = list(pool.map(refreshed, pages))
    for path, old, new in zip(paths, pages, now, strict=True):
        if new != old:
            stale = True
            print(f"{path.relative_to(ROOT)}: {'out of date' if options.check else 'written'}")
            if not options.check:
                path.write_text(new, encoding="utf-8")
    return int(options.check and stale)


if __name__ == "__main__":
    sys.exit(main())
