"""Run the commands shown in a page, and put their output under them.

A block marked `console` is a session: lines that begin with `$ ` are commands, the rest is what
they print. A block whose first line is a comment such as `# my_adam.py` is a file. The sessions of
a page run in a folder that holds the files of the page, and the vectors. How long something took
may differ.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS

SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"^```\w+\n# (\w+\.\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECONDS = re.compile(r"\d+\.\d+s")


def refreshed(page: str) -> str:
    """Give the page with the output of its commands as it is now."""
    if not SESSION.search(page):
        return page
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in FILE.findall(page):
            (folder / file).write_text(content, encoding="utf-8")
        (folder / "vectors").symlink_to(PACKAGED_VECTORS)
        return SESSION.sub(lambda session: _run(session[0], folder), page)


def _run(session: str, folder: Path) -> str:
    """Run a session again; keep what it showed if only times differ."""
    folders = (str(Path(sys.executable).parent), os.environ["PATH"])
    outside = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    environment = outside | {
        "PATH": os.pathsep.join(folders),
        "COLUMNS": "90",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    shown = ""
    for command in re.findall(r"^\$ (.*)\n", session, re.MULTILINE):
        output = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        ).stdout
        shown += f"$ {command}\n" + re.sub(r" +$", "", output, flags=re.MULTILINE)
    return session if SECONDS.sub("", session) == SECONDS.sub("", shown) else shown
