"""What writes the log does not carry what draws."""

from __future__ import annotations

import subprocess
import sys


def test_a_process_that_logs_has_not_loaded_rich() -> None:
    """Nor pygments, nor greenlet; and whoever wants them has them."""
    program = (
        "import sys, alisa.runtime.logs; "
        "print([name for name in ('rich', 'pygments', 'greenlet') if name in sys.modules]); "
        "import rich.console, greenlet; print('here')"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.split("\n")[:2] == ["[]", "here"]
