"""Put what was measured into pages: a section stands between `<!-- score -->` and `<!-- end -->`.

The numbers come from the files in `measured/`, as the commands wrote them.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import fairness_section
import score_section

MEASURED = Path(__file__).with_name("measured")
SECTION = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

Render = Callable[[Mapping[str, Any]], Iterator[str]]
SECTIONS: dict[str, tuple[str, Render]] = {
    "score": ("score.json", score_section.score),
    "operators": ("score.json", score_section.operators),
    "survivors": ("score.json", score_section.survivors),
    "proved": ("score.json", score_section.proved),
    "fairness": ("fuzz.json", fairness_section.fairness),
    "slack": ("fuzz.json", fairness_section.slack),
}
"""The sections by name: what each is made from, and how."""


def filled(page: str) -> str:
    """Give a page with its sections as what was measured says."""
    return SECTION.sub(lambda found: f"{found[1]}\n{_section(found[2])}\n{found[3]}", page)


def _section(name: str) -> str:
    file, render = SECTIONS[name]
    path = MEASURED / file
    document = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join(render(document)) + "\n"
