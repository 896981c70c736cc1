"""The guards that every test relies on do guard."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ("192.0.2.1", 9)  # an address kept for documentation: no machine has it


def test_a_connection_out_is_refused():
    with socket.socket() as s, pytest.raises(RuntimeError, match="Unix sockets and loopback"):
        s.connect(OUTSIDE)
    with socket.socket() as s, pytest.raises(RuntimeError, match="loopback"):
        s.connect_ex(OUTSIDE)
    with pytest.raises(RuntimeError, match="loopback"):
        socket.create_connection(OUTSIDE)
    with (
        socket.socket(type=socket.SOCK_DGRAM) as s,
        pytest.raises(RuntimeError, match="loopback"),
    ):
        s.sendto(b"x", OUTSIDE)


def test_a_name_outside_is_not_looked_up():
    with pytest.raises(RuntimeError, match="loopback"):
        socket.getaddrinfo("example.org", 80)
    with pytest.raises(RuntimeError, match="loopback"):
        socket.gethostbyname("example.org")


def test_loopback_is_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_the_data_folder_of_the_user_is_out_of_reach(foreshock_home: Path):
    assert os.environ["FORESHOCK_HOME"] == str(foreshock_home)
    assert list(foreshock_home.iterdir()) == []


@given(st.integers())
def test_property_tests_have_no_deadline(_: int):
    assert settings().deadline is None


@pytest.mark.parametrize(
    ("folder", "required", "body", "says"),
    [
        (False, "", "assert shared", "1 skipped"),
        (False, "1", "assert shared", "1 error"),
        (True, "1", "assert shared.is_dir()", "1 passed"),
        (True, "", "pytest.skip('no rows')", "1 skipped"),
        (True, "1", "pytest.skip('no rows')", "1 failed"),
    ],
)
def test_shared_data_is_skipped_or_required(
    tmp_path: Path, folder: bool, required: str, body: str, says: str
):
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    if folder:
        (tmp_path / "shared").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    (tests / "test_it.py").write_text(f"import pytest\ndef test_it(shared):\n    {body}\n", "utf-8")
    (tests.parent / "pytest.ini").write_text("[pytest]\nmarkers = shared: x\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers"],
        cwd=tests.parent,
        env=os.environ | {"FORESHOCK_REQUIRE_SHARED": required, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert says in done.stdout, done.stdout + done.stderr
