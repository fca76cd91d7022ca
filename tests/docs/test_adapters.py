"""The adapters that the guides show are short, and conform where they are said to."""

import re
from pathlib import Path

import pytest

from goldenrule.conformance.harness.verify import verify
from goldenrule.conformance.properties import CHECKS

DOCS = Path(__file__).parents[2] / "docs"
LAYERS = DOCS / "layers.md"
LONGEST = 15


@pytest.fixture
def adapter(tmp_path) -> Path:
    """The adapter of a layer that a framework differentiates."""
    page = LAYERS.read_text(encoding="utf-8")
    path = tmp_path / "my_torch_layer.py"
    path.write_text(re.search(rf"```python\n# {path.name}\n(.*?)```", page, re.DOTALL)[1])
    return path


def test_an_adapter_of_a_layer_and_its_gradient_is_short(adapter):
    assert len([line for line in adapter.read_text().splitlines() if line]) <= LONGEST


def test_the_adapter_conforms(adapter):
    pytest.importorskip("torch")
    report = verify([str(adapter)])
    assert len(report.entries) == 2
    assert report.exit_code == 0


def test_the_driver_of_an_object_has_every_property_it_can_have(tmp_path):
    page = (DOCS / "properties.md").read_text(encoding="utf-8")
    path = tmp_path / "my_adam_object.py"
    path.write_text(re.search(rf"```python\n# {path.name}\n(.*?)```", page, re.DOTALL)[1])
    report = verify([str(path)])
    assert report.exit_code == 0
    for item in report.objects:
        left_out = {result.name for result in item.properties if result.status != "holds"}
        assert left_out == {"groups-independent", "maximize-mirrors"}


def test_every_check_is_documented_under_its_sentence():
    page = (DOCS / "properties.md").read_text(encoding="utf-8")
    for check in CHECKS:
        sentence = f"{check.sentence[0].upper()}{check.sentence[1:]}."
        shown = page.partition(f"### {check.name}\n\n")[2].replace("\n", " ").lower()
        assert shown.startswith(f"*{sentence.lower()}*")
