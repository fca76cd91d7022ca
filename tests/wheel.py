"""Build the wheel, install it alone in a fresh environment, use it from outside the checkout."""

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "spec",
    "reference",
    "conformance",
    "docs/__init__.py",
    "docs/measured/mistakes.json",
    "docs/convolutions",
    "docs/normalizations",
    "docs/optimizers",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        environment = outside / "environment"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        run([*pip, "wheel", "--no-deps", "--wheel-dir", outside, ROOT], outside)
        (wheel,) = outside.glob("goldenrule-*.whl")
        compare(wheel)
        run([*pip, "install", wheel], outside)
        command = environment / "bin" / "goldenrule"
        run([command, "--version"], outside)
        run([command, "list"], outside)
        run([command, "verify", "numpy"], outside)
        run([command, "explain", "adam"], outside)


def run(command: list, where: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=where, check=True)


def compare(wheel: Path) -> None:
    """Demand that the wheel holds every module and data file of the checkout, nothing else."""
    tracked = subprocess.run(
        ["git", "ls-files", *FOLDERS], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    packed = {
        name.removeprefix("goldenrule/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("goldenrule/")
    }
    expected = {name for name in tracked if not Path(name).name.startswith(".")}
    if packed != expected:
        sys.exit(f"the wheel and the checkout differ: {sorted(packed ^ expected)}")
    print(f"{wheel.name}: {len(packed)} files")


if __name__ == "__main__":
    main()
