"""What holds for every test and every example in a docstring: no network, no data of the user's."""

import ipaddress
import os
import socket

import pytest


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine."""


def _stays_here(family: int, address: object) -> bool:
    """Tell whether a socket address is of this machine: a Unix socket, or the loopback range."""
    if family == getattr(socket, "AF_UNIX", None):
        return True
    host = address[0] if isinstance(address, tuple) and address else None
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    return isinstance(host, str) and _is_loopback(host)


def _is_loopback(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(address: object) -> None:
    raise NetworkBlockedError(
        f"this test tried to reach {address!r}; tests use only Unix sockets and loopback"
    )


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and name look-up that would leave this machine."""
    real_socket, real_getaddrinfo = socket.socket, socket.getaddrinfo

    def guarded(name: str, position: int):
        real = getattr(real_socket, name)

        def method(self, *args, **kwargs):
            address = args[position] if -len(args) <= position < len(args) else None
            if address is not None and not _stays_here(self.family, address):
                _refuse(address)
            return real(self, *args, **kwargs)

        return method

    def getaddrinfo(host, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if name is not None and not _is_loopback(name):
            _refuse(name)
        return real_getaddrinfo(host, *args, **kwargs)

    def refused_lookup(host, *args, **kwargs):
        _refuse(host)

    monkeypatch.setattr(real_socket, "connect", guarded("connect", 0))
    monkeypatch.setattr(real_socket, "connect_ex", guarded("connect_ex", 0))
    monkeypatch.setattr(real_socket, "sendto", guarded("sendto", -1))
    if hasattr(real_socket, "sendmsg"):
        monkeypatch.setattr(real_socket, "sendmsg", guarded("sendmsg", 3))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        monkeypatch.setattr(socket, name, refused_lookup)


@pytest.fixture(autouse=True)
def foreshock_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """Point FORESHOCK_HOME at a fresh empty folder, so that no test sees or writes the user's."""
    home = tmp_path_factory.mktemp("foreshock-home")
    monkeypatch.setenv("FORESHOCK_HOME", os.fspath(home))
    return home
