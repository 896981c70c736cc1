"""The guards of these tests do guard: a missing browser, a request, an error, a violation."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize(("required", "says"), [("", "2 skipped"), ("1", "2 errors")])
def test_a_missing_tool_is_a_skip_here_and_a_failure_where_it_is_required(tmp_path, required, says):
    tests = tmp_path / "tests"
    tests.mkdir()
    shutil.copy(HERE.parent / "conftest.py", tests)
    (tests / "test_it.py").write_text(
        "def test_browser(chromium):\n    pass\ndef test_rules(axe):\n    pass\n", "utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    chromium: x\n    axe: x\n")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    told = {"FORESHOCK_REQUIRE_BROWSER": required, "PATH": str(nothing), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers"],
        cwd=tmp_path,
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert says in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<img src='https://example.org/x.png'>", "asked for https://example.org/x.png"),
        ("<img src='beside.png'>", "beside.png"),
        ("<script>missing()</script>", "missing is not defined"),
        ("<script>console.warn('odd')</script>", "odd"),
        ("<script>alert('struck')</script>", "said struck"),
        ("<script>open('about:blank')</script>", "opened a window"),
        (
            "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
            "<p style='color: red'>",
            "Content Security Policy",
        ),
    ],
)
def test_what_goes_wrong_on_a_page_is_noticed(visit, tmp_path, body, fault):
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><title>x</title>{body}", "utf-8")
    visit(file)
    assert any(fault in told for told in visit.faults), visit.faults
    visit.faults.clear()


def test_a_sound_page_has_no_fault(visit, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<!doctype html><title>x</title><p>Sound.", "utf-8")
    assert visit(file).title() == "x"
    assert visit.faults == []


def test_the_lock_of_npm_names_no_host_and_holds_each_package_to_its_digest():
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert set(packages) == {"node_modules/axe-core"}
    for entry in packages.values():
        assert "resolved" not in entry
        assert entry["integrity"].startswith("sha512-")
        assert entry["dev"]
