"""RVC: any voice turned into the one of a model that was trained for it, through `infer-rvc-python`.

It needs torch, so it runs in an environment of its own. Two helper models have to lie beside the voice's:
the library would download them by itself, and nothing is downloaded unasked.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from voice.tts.files import library_missing, needed
from voice.tts.speech import Output

_TAG = "alisa"
_FULL_SCALE = 32767


class Rvc:
    """The converter `rvc`. Options: `model` (the .pth file; its helpers lie beside it), `pitch` (semitones)."""

    notice = ""

    def __init__(self, options: Mapping[str, Any]) -> None:
        model = needed(options, "model", "The RVC voice model", "Name one: alisa config set voice.rvc_model PATH.pth")
        folder = model.parent
        hint = f"Put it beside {model.name}."
        pitch_model = needed({"file": folder / "rmvpe.pt"}, "file", "RVC's pitch model (rmvpe.pt)", hint)
        content = folder / "hubert_base"
        needed({"file": content / "config.json"}, "file", "RVC's content model (the folder hubert_base)", hint)
        try:
            library: Any = importlib.import_module("infer_rvc_python")
        except ImportError as error:
            raise library_missing("rvc", "infer-rvc-python", error) from error
        index = model.with_suffix(".index")
        self._loader = library.BaseLoader(hubert_path=str(content), rmvpe_path=str(pitch_model))
        self._loader.apply_conf(
            tag=_TAG,
            file_model=str(model),
            pitch_algo="rmvpe",
            pitch_lvl=int(options.get("pitch", 0)),
            file_index=str(index) if index.is_file() else "",
        )

    def convert(self, sound: bytes, rate: int, out: Output) -> None:
        """Convert a whole sentence, 16-bit mono; see `speech.Converter`."""
        import numpy as np

        samples = np.frombuffer(sound, dtype="<i2").astype(np.float32) / (_FULL_SCALE + 1)
        changed, changed_rate = self._loader.generate_from_cache(audio_data=(samples, rate), tag=_TAG)
        if out.cancelled:
            return
        changed = np.asarray(changed)
        if changed.dtype.kind == "f":
            changed = changed.clip(-1, 1) * _FULL_SCALE
        out.format(int(changed_rate))
        out.pcm(changed.astype("<i2").tobytes())


def create(options: Mapping[str, Any]) -> Rvc:
    """The converter `rvc`."""
    return Rvc(options)
