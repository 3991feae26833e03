"""The bundled llama.cpp server, as a program of its own: `python -m llm_server.bundled`, with `Parameters` on stdin.

The first line of stdin is one JSON object: `{"api_key": …, "parameters": {…}}`, so that neither shows
in the list of processes. After it nothing comes; the end of stdin means that the parent is gone,
and ends this process on the spot: llama.cpp itself may wait for open streams for many seconds.
It dies of SIGTERM at once for the same reason, having nothing to save.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from typing import Any

ERRORS_AND_WARNINGS = 2  # llama.cpp's LOG_LEVEL_WARN


def main() -> int:
    """Serve until stdin ends. Returns 1 when the server cannot start; llama.cpp has then said why on stderr."""
    given = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        import xllamacpp
    except ImportError as error:
        sys.stderr.write(f"ImportError: {error}\n")
        return 1
    try:
        server = xllamacpp.Server(_common_params(xllamacpp, given["parameters"], given["api_key"]))
    except (RuntimeError, ValueError, MemoryError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    threading.Event().wait()
    del server
    return 0


def _common_params(xllamacpp: Any, given: dict[str, Any], api_key: str) -> Any:
    """Return llama.cpp's own structure of parameters. (`n_ctx` is shared by the slots, as with `-c`.)"""
    common = xllamacpp.CommonParams()
    common.model.path = given["model"]
    common.model_alias = {given["alias"]}
    common.hostnames = [given["host"]]
    common.port = given["port"]
    common.api_keys = [api_key]
    common.n_ctx = given["context_tokens"]
    common.n_parallel = given["parallel"]
    if given["gpu_layers"] is not None:
        common.n_gpu_layers = given["gpu_layers"]
    common.cpuparams.n_threads = common.cpuparams_batch.n_threads = given["threads"]
    common.n_threads_http = given["http_threads"]
    common.n_cache_reuse = given["cache_reuse"]
    common.cache_ram_mib = given["cache_ram_mib"]
    common.enable_reasoning = 0  # as `--reasoning-budget 0`
    common.use_jinja = True
    common.endpoint_metrics = common.endpoint_slots = True
    common.ui = False
    common.verbosity = ERRORS_AND_WARNINGS
    return common


def _leave_with_parent() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
