"""structlog, without what it would draw colours and stack traces with: no process needs that to write JSON.

It imports rich, with pygments, and greenlet where they are installed, as they are for the commands: 4 MB in each of
Alisa's processes. Whoever wants them still imports them.
"""

from __future__ import annotations

import sys
from typing import Any, cast

__all__ = ["structlog"]

_UNWANTED = tuple(name for name in ("rich", "greenlet") if name not in sys.modules)

sys.modules.update(dict.fromkeys(_UNWANTED, cast("Any", None)))  # importing such a one fails as if it were not there
try:
    import structlog
finally:
    for _name in _UNWANTED:
        del sys.modules[_name]
