"""Write what is generated: the page of every rule, and the output shown under commands.

Without a name it writes both; with --check it only names the pages that are out of date.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import family_page
import rule_page
from console import refreshed
from measured_sections import filled

from goldenrule.spec.catalogue import FAMILIES, rules

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent

Page = tuple[Path, Callable[[], str]]
"""A file, and what writes what should stand in it."""


def generated() -> Iterator[Page]:
    """Yield the pages of the families and the rules."""
    for family in FAMILIES:
        yield DOCS / f"{family}.md", partial(family_page.page, family)
    for name, rule in rules().items():
        yield DOCS / f"{name}.md", partial(rule_page.page, rule)


def guides() -> Iterator[Page]:
    """Yield the pages that people write, with what was measured and what commands print now."""
    for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        if path.stem not in FAMILIES:
            yield path, partial(_guide, path)


def _guide(path: Path) -> str:
    return refreshed(filled(path.read_text(encoding="utf-8")))


PARTS = {"rules": generated, "guides": guides}


def main() -> int:
    """Write the files that differ, or name them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("part", nargs="?", choices=PARTS, help="only these pages")
    parser.add_argument("--check", action="store_true", help="only name what is out of date")
    options = parser.parse_args()
    stale = False
    for part in [options.part] if options.part else PARTS:
        for path, write in PARTS[part]():
            text = write()
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale = True
                print(f"{path.relative_to(ROOT)}: {'out of date' if options.check else 'written'}")
                if not options.check:
                    path.write_text(text, encoding="utf-8")
    return int(options.check and stale)


if __name__ == "__main__":
    sys.exit(main())
