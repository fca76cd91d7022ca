"""Finding rules: each module below a family's folder that holds a RULE is one."""

from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path

from .rule import Rule

FAMILIES = ("optimizers", "normalizations", "convolutions")


@cache
def rules() -> dict[str, Rule]:
    """Give every rule by name, such as 'optimizers/adam', in the order of the families.

    Raises ValueError for a module without a RULE, or with one named otherwise than its path.
    """
    found: dict[str, Rule] = {}
    for family in FAMILIES:
        for path in sorted((Path(__file__).parent / family).glob("[!_]*.py")):
            name = f"{family}/{path.stem}"
            rule = getattr(import_module(f".{family}.{path.stem}", __package__), "RULE", None)
            if not isinstance(rule, Rule) or rule.name != name:
                raise ValueError(f"spec/{name}.py: holds no RULE named {name!r}")
            found[name] = rule
    return found


def find(name: str) -> Rule:
    """Find a rule by its name, or by the last part of it where that is enough.

    Raises ValueError, with the nearest names, when there is none.

    >>> find("adam").name
    'optimizers/adam'
    """
    known = rules()
    for full, rule in known.items():
        if name in (full, full.rpartition("/")[2]):
            return rule
    short = {full.rpartition("/")[2]: full for full in known}
    near = [short[s] for s in get_close_matches(name.rpartition("/")[2], short, cutoff=0.5)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"rules: {', '.join(known)}"
    raise ValueError(f"no rule {name!r}; {hint}")
