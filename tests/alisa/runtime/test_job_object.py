"""Windows: what is in the job ends with the process that holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="Windows only")


def test_a_child_dies_with_its_killed_parent() -> None:
    """Ended as by the task manager, the parent takes its child along."""
    program = (
        "import subprocess, sys\n"
        "from alisa.runtime.children import adopt, popen_kwargs\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'], **popen_kwargs())\n"
        "adopt(child.pid); print(child.pid, flush=True); child.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], timeout=20)
    assert not child.is_running()
