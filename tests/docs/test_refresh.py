"""What commands in pages print is put there: stale pages are named, and written anew."""

import pytest

from goldenrule.docs.book import refresh

STALE = """# A page

```python
# two.py
print(1 + 1)
```

```console
$ python two.py
3
```

```console
$ echo 0.25s, all passed
0.50s, all passed
```
"""
CURRENT = STALE.replace("two.py\n3\n", "two.py\n2\n")


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A page whose first session is stale; in the second only a time differs."""
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    monkeypatch.setattr(refresh, "DOCS", tmp_path / "docs")
    (tmp_path / "README.md").write_text("no session\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(STALE)
    return tmp_path


def test_a_stale_page_is_named_and_left_as_it_is(book, capsys):
    assert refresh.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/page.md: out of date\n"
    assert (book / "docs" / "page.md").read_text() == STALE


def test_a_stale_page_is_written_and_then_current(book, capsys):
    assert refresh.main([]) == 0
    assert capsys.readouterr().out == "docs/page.md: written\n"
    assert (book / "docs" / "page.md").read_text() == CURRENT
    assert refresh.main(["--check"]) == 0
    assert capsys.readouterr().out == ""
