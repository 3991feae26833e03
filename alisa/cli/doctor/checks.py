"""Every check of the doctor, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterator

from alisa.cli.doctor import eyes, house, machine, model
from alisa.cli.doctor.finding import Check, Finding, Level, Patient

CHECKS: tuple[Check, ...] = (
    Check("python", "the Python that runs Alisa", machine.python),
    Check("libraries", "the libraries, compared with the pinned versions", machine.libraries),
    Check("home", "the folder of everything that is yours, and who may read it", house.home),
    Check("settings", "alisa.toml and the ALISA_ variables", house.settings),
    Check("personas", "the cards that say who she is", house.personas),
    Check("history", "the database of what was said", house.history),
    Check("ports", "the ports of the hub and the model server", house.ports),
    Check("model", "the model file, or the model server that you named", model.model),
    Check("llama.cpp", "the program that runs the model", model.model_server),
    Check("memory", "the memory that the model needs", machine.memory),
    Check("disk", "the space where Alisa keeps her files", machine.disk),
    Check("display", "whether windows can be shown", machine.display),
    Check("sound", "a sound device and PortAudio", machine.sound),
    Check("camera", "a camera", machine.camera),
    Check("eyes", "whether her eyes have what they need: a camera, a display, Tesseract", eyes.eyes),
    Check("clock", "date, time and time zone", machine.clock),
    Check("network", "whether anything leaves this machine", model.network),
    Check("running", "what runs now, and what an earlier run left behind", house.running),
)


def examine(check: Check, patient: Patient) -> Iterator[Finding]:
    """Yield what the check finds. A check that fails itself is a finding, and keeps no other from running."""
    try:
        yield from check.run(patient)
    except Exception as error:  # noqa: BLE001 (whatever is broken here is what the doctor is called for)
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        yield Finding(Level.PROBLEM, f"This could not be checked ({reason}).", "Install Alisa again, then try again.")
