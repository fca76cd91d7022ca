"""The part `{{ file }}`: a file of the project as it is, so that a page shows what a test runs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
LANGUAGES = {
    ".cpp": "cpp",
    ".cu": "cuda",
    ".hpp": "cpp",
    ".js": "javascript",
    ".json": "json",
    ".py": "python",
    ".rs": "rust",
    ".toml": "toml",
}


def listing(argument: str) -> str:
    """Show a file; its path is from the folder of the pages, or from the root of the project.

    Raises ValueError where there is no such file, or one that is no text known here.
    """
    for folder in (ROOT / "docs", ROOT):
        path = folder / argument
        if path.is_file() and path.suffix in LANGUAGES:
            text = path.read_text(encoding="utf-8").rstrip()
            longest = max(map(len, re.findall("`+", text)), default=0)
            fence = "`" * max(3, longest + 1)
            return f'{fence}{LANGUAGES[path.suffix]} title="{argument}"\n{text}\n{fence}\n'
    raise ValueError(f"no file {argument!r} that can be shown")
