"""`llama-server` for tests: upstream's own server, started from its command line, as an older version would be.

It does not know `--cache-ram` and says so in llama.cpp's words.
"""

from __future__ import annotations

import os
import sys

import xllamacpp

WITH_VALUE = {"-m", "--alias", "--host", "--port", "-c", "-np", "-t", "--threads-http", "--cache-reuse", "-ngl"}
WITH_VALUE |= {"--reasoning-budget"}
FLAGS = {"--jinja", "--metrics", "--slots", "--no-webui"}


def main() -> int:
    words, given = sys.argv[1:], {}
    while words:
        word = words.pop(0)
        if word not in WITH_VALUE | FLAGS:
            sys.stderr.write(f"error: invalid argument: {word}\n")
            return 1
        given[word] = words.pop(0) if word in WITH_VALUE else ""
    common = xllamacpp.CommonParams()
    common.model.path, common.port, common.hostnames = given["-m"], int(given["--port"]), [given["--host"]]
    common.n_ctx, common.n_parallel = int(given["-c"]), int(given["-np"])
    common.cpuparams.n_threads = common.cpuparams_batch.n_threads = int(given["-t"])
    common.api_keys = [os.environ["LLAMA_API_KEY"]]
    common.endpoint_slots = True
    server = xllamacpp.Server(common)
    import threading

    threading.Event().wait()
    del server
    return 0


if __name__ == "__main__":
    sys.exit(main())
