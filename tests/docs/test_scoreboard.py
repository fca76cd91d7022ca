"""The scoreboard: it shows what is stored, all of it, and refuses what it does not know."""

import json
import re
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from goldenrule.conformance.harness.expected_failures import ExpectedFailures
from goldenrule.conformance.harness.targets import installed
from goldenrule.docs.book.scoreboard import run as runs
from goldenrule.docs.book.scoreboard import scoreboard
from goldenrule.spec.catalogue import FAMILIES, rules

from .tables import rows

ROOT = Path(__file__).parents[2]
MEASURED = ROOT / "docs" / "measured"
STORED = json.loads((MEASURED / "verify.json").read_text(encoding="utf-8"))
LISTED = ExpectedFailures.read(ROOT / "tests/frameworks/deviations.txt").reasons


def test_the_page_has_every_part():
    page = (ROOT / "docs/scoreboard.md").read_text(encoding="utf-8")
    asked = re.findall(r"^\{\{ scoreboard (.*) \}\}$", page, re.MULTILINE)
    assert {*asked} == {
        *("run", "matrix", "spread", "functions", "implementations", "properties", "deviations"),
        *(f"rules {family}" for family in FAMILIES),
    }
    assert all(scoreboard(name).strip() for name in asked)


@pytest.mark.parametrize("wrong", ["", "matrices", "rules", "rules poolings", "matrix adam"])
def test_a_part_that_is_not_there(wrong):
    with pytest.raises(ValueError, match=r"no section|no family"):
        scoreboard(wrong)


def test_every_rule_has_a_row_and_every_framework_a_column():
    head, *body = rows(scoreboard("matrix"))
    assert head[1:] == [*runs.FRAMEWORKS.values(), *runs.NOT_RUN.values()]
    assert {*runs.FRAMEWORKS} == {*installed()}
    assert [row[0] for row in body] == [name.rpartition("/")[2] for name in rules()]
    assert all(len(row) == len(head) for row in body)


def test_the_matrix_agrees_with_the_stored_run():
    _, *body = rows(scoreboard("matrix"))
    for name, row in zip(rules(), body, strict=True):
        for framework, cell in zip(runs.FRAMEWORKS, row[1:], strict=False):
            entries = [
                e
                for e in STORED["entries"]
                if e["rule"] == name and e["backend"].split("-")[0] == framework
            ]
            number, *others = cell.split("<br>")
            if not entries:
                assert number == "–"
                continue
            assert float(number) == pytest.approx(worst(entries), rel=5e-3)
            deviating = sum(len(e["deviations"]) for e in entries)
            judged = sum(e["cases"].get("passed", 0) for e in entries) + deviating
            told = f"{deviating} of {judged:,} deviate{'s' if deviating == 1 else ''}"
            assert others[1:] == ([told] if deviating else [])
            dialects = {e["dialect"] for e in entries}
            assert others[0].startswith(f"{len(dialects)} of") or {*others[0].split()} == dialects


def test_the_colours_of_the_matrix():
    lines = [line for line in scoreboard("matrix").splitlines() if "{: ." in line]
    for rule, line in zip(rules().values(), lines, strict=True):
        colours = re.findall(r"\{: \.(\w+) \}", line)
        for framework, colour in zip(runs.FRAMEWORKS, colours, strict=False):
            entries = runs.stored().of(rule.name, framework)
            if not entries:
                assert colour == "absent"
            elif any(entry.deviations for entry in entries):
                assert colour == "deviates"
            else:
                other = rule.dialects[0].name not in {entry.dialect for entry in entries}
                assert colour == ("differs" if other else "conforms")


def test_how_the_errors_are_spread():
    octaves = Counter()
    for entry in STORED["entries"]:
        octaves.update(entry["octaves"])
    near = sum(count for name, count in octaves.items() if name in ("0", "1"))
    numbers = re.findall(r"[\d,.]*\d", scoreboard("spread"))
    largest = f"{worst(STORED['entries']):.5f}"
    exact = octaves["exact"]
    assert numbers == [f"{sum(octaves.values()):,}", f"{exact:,}", f"{near:,}", largest]


def worst(entries):
    return max(e["worst_error_over_bound"] for e in entries)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_declaration_is_in_the_details(family):
    text = scoreboard(f"rules {family}")
    sections = re.split(r"^### .* \{: #(\w+) \}$", text, flags=re.MULTILINE)[1:]
    shown = dict(zip(sections[::2], sections[1::2], strict=True))
    assert [*shown] == [x.partition("/")[2] for x in rules() if x.startswith(f"{family}/")]
    for name, section in shown.items():
        found = Counter()
        for backend, dialect, _, number, _, cases, profiles in rows(section)[1:]:
            for profile in profiles.split():
                found[backend, dialect, profile] += 1
            dialect, _, gradient = dialect.partition(" ")
            entries = [
                e
                for e in STORED["entries"]
                if (e["backend"], e["rule"], e["dialect"]) == (backend, f"{family}/{name}", dialect)
                and (e["computes"] == "gradient") == bool(gradient)
            ]
            judged = sum(e["cases"].get("passed", 0) + len(e["deviations"]) for e in entries)
            assert int(cases) == judged
            largest = 0.0 if number == "exact" else float(number)
            assert largest == pytest.approx(worst(entries), rel=5e-3)
        wanted = [e for e in STORED["entries"] if e["rule"] == f"{family}/{name}"]
        assert found == Counter(
            (e["backend"], e["dialect"] + " gradient" * (e["computes"] == "gradient"), e["profile"])
            for e in wanted
        )


def test_what_is_said_of_the_run_is_counted():
    text = scoreboard("run")
    counts = Counter()
    for entry in STORED["entries"]:
        counts.update(entry["cases"])
        assert sum(entry["octaves"].values()) == entry["cases"].get("passed", 0)
        assert entry["worst_error_over_bound"] <= 1
    judged = counts["passed"] + counts["expected failure"]
    deviating = sum(bool(e["deviations"]) for e in STORED["entries"])
    for said in (
        f"{len(STORED['entries']):,} declarations",
        f"{judged:,} cases",
        f"{deviating:,} deviate in {counts['expected failure']:,} cases",
        f"Another {counts['not applicable']:,} cases",
        *STORED["run"]["releases"].values(),
        STORED["run"]["date"],
        STORED["run"]["machine"],
    ):
        assert said in text
    properties = Counter()
    for item in STORED["objects"]:
        properties.update(item["properties"])
    total = properties["holds"] + properties["expected failure"]
    assert f"Of {total} properties of optimizer objects {properties['holds']} hold" in text
    held = [row[4].split(" of ") for row in rows(scoreboard("properties"))[1:]]
    assert sum(int(x) for x, _ in held) == properties["holds"]
    assert sum(int(y) for _, y in held) == total


def test_every_expected_failure_is_shown_with_its_count():
    shown = {row[0]: row for row in rows(scoreboard("deviations"))}
    ids = [name for entry in runs.stored().entries for name in entry.case_ids]
    ids += [one["id"] for item in STORED["objects"] for one in item["deviations"]]
    for name, reason in LISTED:
        row = shown[name]
        assert int(row[1]) == sum(fnmatchcase(one, name) for one in ids) > 0
        assert row[2].replace("\\", "") == reason
        if size := re.search(r"error ([\d.]+) times the bound", reason):
            assert float(row[3]) == pytest.approx(float(size[1]), abs=0.006)
