"""llama.cpp's last words, translated."""

from __future__ import annotations

import pytest

from alisa.runtime.errors import EngineError, MissingError
from llm_server.diagnosis import Cause, diagnose

LOAD = "E llama_model_load: error loading model: "
# as llama.cpp and the loaders of each system say it
SAID = [
    (Cause.DAMAGED, 1, f"{LOAD}tensor 'b' data is not within the file bounds, model is corrupted", "models pull"),
    (Cause.DAMAGED, 1, "this GGUF file is version 1651663207 but this software only supports up to 3", "models pull"),
    (Cause.DAMAGED, 1, "E gguf_init_from_file: failed to open GGUF file 'a.gguf' (No such file)", "models pull"),
    (Cause.UNSUPPORTED, 1, f"{LOAD}unknown model architecture: 'newkind'", "models list"),
    (Cause.MEMORY, 1, "E llama_init_from_model: failed to initialize the context: std::bad_alloc", "smaller"),
    (Cause.MEMORY, 1, f"cudaMalloc failed: out of memory\n{LOAD}failed to load model", "smaller"),
    (Cause.KILLED, -9, "", "smaller"),
    (Cause.PORT, 1, "E srv start: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: 8080", "llm.port"),
    (Cause.LIBRARY, 127, "error while loading shared libraries: libgomp.so.1: cannot open", "apt install libgomp1"),
    (Cause.LIBRARY, 1, "ImportError: libgomp.so.1: cannot open shared object file", "apt install libgomp1"),
    (Cause.LIBRARY, 1, "ImportError: DLL load failed while importing xllamacpp: not found.", "VCRedist"),
    (Cause.LIBRARY, 3221225781, "", "VCRedist"),
    (Cause.LIBRARY, 1, "ImportError: No module named 'xllamacpp'", "scripts/start.py"),
    (Cause.LIBRARY, -6, "dyld[1]: Library not loaded: @rpath/libllama.dylib", "install llama.cpp again"),
    (Cause.OPTION, 1, "error: invalid argument: --cache-ram", "Update it"),
    (Cause.UNSUPPORTED, -4, "", "llm.server_path"),
    (Cause.UNKNOWN, 1, "something that nobody foresaw", "alisa doctor"),
]


@pytest.mark.parametrize(("cause", "code", "said", "hint"), SAID)
def test_each_way_to_fail_has_its_sentence(cause: Cause, code: int, said: str, hint: str) -> None:
    """What went wrong, and what to do next."""
    found = diagnose(code, ["I srv init: loading", *said.splitlines()], "a-model")
    assert found.cause is cause
    assert hint in found.hint
    assert found.message.endswith((".", "…")) or cause is Cause.UNKNOWN
    assert isinstance(found.error(), MissingError if cause is Cause.LIBRARY else EngineError)


def test_the_unknown_option_is_named() -> None:
    """So that the server can be started without it."""
    assert diagnose(1, ["error: invalid argument: --cache-ram"], "m").option == "--cache-ram"


def test_being_killed_while_it_speaks_is_not_a_lack_of_memory() -> None:
    """Only while loading does a kill mean that memory ran out."""
    assert diagnose(-9, [], "m", loading=False).cause is Cause.UNKNOWN


def test_last_words_are_shown_without_paths_and_not_too_long() -> None:
    """A person needs neither."""
    message = diagnose(1, ["cannot stat '/home/someone/secret/thing.bin' " + "x" * 500, ""], "m").message
    assert "/home" not in message
    assert "thing.bin" in message
    assert len(message) < 260
