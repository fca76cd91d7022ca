"""Tables of Markdown, read back."""

import re

CELL = re.compile(r"\[([^\]]*)\]\([^)]*\)|\{:[^}]*\}|`")


def rows(text):
    """Every row of the tables of a part, as plain text, without heads."""
    found = []
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith("| ---"):
            cells = line.strip("|").split(" | ")
            found.append([CELL.sub(lambda m: m[1] or "", cell).strip() for cell in cells])
    return found
