"""The adapters that the guides show are short, and conform where they are said to."""

import re
from pathlib import Path

import pytest

from goldenrule.conformance.harness.verify import verify

LAYERS = Path(__file__).parents[2] / "docs" / "layers.md"
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
