"""What commands measured: it is stored small, and shown as it is stored."""

import json
from collections import Counter
from pathlib import Path

import pytest

from goldenrule.docs.book import store
from goldenrule.docs.book.parts import measured
from goldenrule.docs.book.parts.catalogue import PARTS
from goldenrule.docs.book.scoreboard import run as runs
from goldenrule.spec.catalogue import FAMILIES

from .tables import rows

ROOT = Path(__file__).parents[2]
MEASURED = ROOT / "docs" / "measured"


def test_storing_a_report(tmp_path, capsys):
    report = {
        "version": "1.3",
        "exit_code": 0,
        "run": {"date": "2026-01-01"},
        "entries": [entry()],
        "objects": [],
        "problems": [],
    }
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report))
    assert store.main(["verify", str(path), "--out", str(tmp_path)]) == 0
    kept = json.loads((tmp_path / "verify.json").read_text())["entries"][0]
    assert kept["cases"] == {"passed": 2, "expected failure": 1, "not applicable": 1}
    assert (kept["worst_error_over_bound"], kept["worst_ulp"]) == (0.3, 2.0)
    assert kept["octaves"] == {"3": 1, "exact": 1}
    assert [x["case"] for x in kept["deviations"]] == ["c"]
    assert kept["deviations"][0]["worst_error_over_bound"] == 1.5
    assert kept["not_returned"] == ["m"]
    older = {name: value for name, value in report.items() if name != "run"} | {"version": "1.2"}
    path.write_text(json.dumps(older))
    assert store.main(["verify", str(path), "--out", str(tmp_path)]) == 2
    assert "a report of version 1.2; 1.3 or later in 1 is needed" in capsys.readouterr().err
    missing = report | {"problems": [{"subject": "jax", "message": "not checked"}]}
    path.write_text(json.dumps(missing))
    assert store.main(["verify", str(path), "--out", str(tmp_path)]) == 2


def entry():
    def case(name, status, fraction=0.0, ulp=0.0, missing=()):
        errors = {"worst_error_over_bound": fraction, "worst_ulp": ulp}
        rest = {"reason": "", "failure": None, "not_returned": [*missing]}
        return {"id": name, "status": status, **errors, **rest}

    names = ("backend", "rule", "dialect", "computes", "profile", "verdict", "reason")
    return dict.fromkeys(names, "") | {
        "cases": [
            case("a", "passed", 0.3, 2.0),
            case("b", "passed", missing=["m"]),
            case("c", "expected failure", 1.5, 9.0),
            case("d", "not applicable"),
        ]
    }


def test_what_is_stored_is_small():
    assert (MEASURED / "verify.json").stat().st_size < 500_000
    assert (MEASURED / "fuzz.json").stat().st_size < 50_000


def test_the_totals_of_the_score_are_those_of_its_rules():
    document = json.loads((MEASURED / "score.json").read_text(encoding="utf-8"))
    _, *totals = rows(PARTS["score"]("totals"))
    _, *parts = rows(PARTS["score"](""))
    assert len(parts) == sum(len(x["profiles"]) for x in document["rules"].values())
    for profile, mutants, derived, *_ in totals:
        of_rules = [int(row[2]) for row in parts if row[1] == profile]
        assert int(mutants.replace(",", "")) == sum(of_rules)
        assert derived == "100 %"
    onnx = {row[0]: row[7] for row in totals}
    rejected = sum(
        x["profiles"]["float32"]["false_alarms"]["onnx"] for x in document["rules"].values()
    )
    assert onnx["float32"].startswith(f"{rejected} of ")


@pytest.mark.parametrize("name", ["score", "operators", "survivors", "proved", "fairness", "slack"])
def test_the_parts_of_what_was_measured(name):
    page = (ROOT / "docs/theory/detection.md").read_text(encoding="utf-8")
    part = PARTS[name]
    assert f"{{{{ {name} }}}}" in page
    assert len(rows(part(""))) > 1
    with pytest.raises(ValueError, match="no section 'adam'"):
        part("adam")


def test_a_score_of_an_unknown_rule(tmp_path, monkeypatch):
    monkeypatch.setattr(measured, "MEASURED", tmp_path)
    (tmp_path / "score.json").write_text('{"rules": {"optimizers/lion": {}}}')
    with pytest.raises(ValueError, match=r"score\.json: unknown rule optimizers/lion"):
        PARTS["score"]("")


def test_nothing_that_right_code_returned_was_rejected():
    fuzz = measured.document("fuzz.json")
    _, *body = rows(PARTS["fairness"](""))
    assert len(body) == len(fuzz["profiles"])
    assert {row[3] for row in body} == {"0"}
    assert sum(int(row[2].replace(",", "")) for row in body) == sum(
        row["numbers"] for row in fuzz["profiles"]
    )


def test_the_tables_of_the_fuzz_run_say_what_is_stored():
    fuzz = measured.document("fuzz.json")
    _, *body = rows(PARTS["fairness"](""))
    for row, stored in zip(body, fuzz["profiles"], strict=True):
        assert row[:2] == [stored["backend"], stored["profile"]]
        names = ("worst_error_over_bound", "median_error_over_bound")
        for cell, number in zip(row[4:], map(stored.get, names), strict=True):
            shown = {"": None, "exact": 0.0}.get(cell, cell)
            assert shown == number or float(shown) == pytest.approx(number, rel=5e-3)
    _, *body = rows(PARTS["slack"](""))
    assert sum(int(row[4].replace(",", "")) for row in body) == sum(
        row["errors"] for row in fuzz["rows"] if row["slack"]
    )
    assert all(0 < float(row[3]) <= 0.05 for row in body)


def test_the_tables_of_the_score_say_what_is_stored():
    document = measured.document("score.json")
    shares = {}
    _, *body = rows(PARTS["score"](""))
    for name, profile, mutants, *cells in body:
        (rule,) = [rule for rule in document["rules"] if rule.endswith(f"/{name}")]
        counts = document["rules"][rule]["profiles"][profile]
        wrong = counts["mutants"] - counts["equivalent"]
        assert int(mutants) == wrong
        for cell, criterion in zip(cells, ("intervals", "onnx", "torch", "plain"), strict=False):
            share = 100 * counts["killed"][criterion] / wrong
            assert 0 <= share - float(cell.removesuffix(" %")) < 0.1
            shares.setdefault(criterion, []).append(share)
        for cell, criterion in zip(cells[4:], ("onnx", "torch"), strict=True):
            assert cell == f"{counts['false_alarms'][criterion]} of {counts['forms']}"
    assert min(shares["intervals"]) == 100 > max(map(min, map(shares.get, ("onnx", "plain"))))
    _, *body = rows(PARTS["operators"](""))
    assert {row[0]: int(row[1]) for row in body} == {
        name: counts["mutants"] for name, counts in document["operators"].items()
    }
    named = {survivor["mutant"] for survivor in document["survivors"]}
    assert {row[0] for row in rows(PARTS["survivors"](""))[1:]} == named
    assert [row[0] for row in rows(PARTS["proved"](""))[1:]] == sorted(
        {equal["mutant"] for equal in document["equal"]}
    )


def test_the_histograms_count_every_accepted_case():
    histograms = pytest.importorskip("goldenrule.docs.book.figures.histograms")
    run = runs.stored()
    for framework in runs.FRAMEWORKS:
        total = sum((histograms.counts(run, framework, f) for f in FAMILIES), Counter())
        assert total.total() == sum(e.passed for e in run.entries if e.framework == framework)
        assert total[histograms.EXACT] == sum(
            e.octaves.get("exact", 0) for e in run.entries if e.framework == framework
        )
        assert max(total) == -1  # the last bar ends at the bound
