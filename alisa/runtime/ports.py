"""Ports of this machine: one that is free, and who holds one that is not."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"
_CONNECT_SECONDS = 0.5


def free_port(host: str = LOOPBACK) -> int:
    """Return a port that was free a moment ago. Where it can, a server should bind port 0 instead."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def port_owner(port: int) -> str | None:
    """Return who listens on a TCP port of this machine ("python3, process 1234"), or None when nobody does.

    The system may not tell which program it is, above all when it belongs to another user.
    """
    import psutil

    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status != psutil.CONN_LISTEN or not connection.laddr or not connection.pid:
                continue
            if connection.laddr.port == port:
                return _describe(connection.pid)
    except psutil.Error:
        pass  # macOS tells only root; asking the port itself still works
    return "another program" if _answers(port) else None


def _describe(pid: int) -> str:
    import psutil

    try:
        return f"{psutil.Process(pid).name()}, process {pid}"
    except psutil.Error:
        return f"process {pid}"


def _answers(port: int) -> bool:
    for host in (LOOPBACK, "::1"):
        try:
            with socket.create_connection((host, port), timeout=_CONNECT_SECONDS):
                return True
        except OSError:
            continue
    return False
