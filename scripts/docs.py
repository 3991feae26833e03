#!/usr/bin/env python3
"""Write the pages that are derived from the code: docs/configuration.md from the settings.

.venv/bin/python scripts/docs.py            write them
.venv/bin/python scripts/docs.py --check    exit 1 when one is out of date (the tests do this)
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from alisa.cli.sections import SECTIONS  # noqa: E402 - the path comes first
from alisa.runtime.settings import Row, describe  # noqa: E402

PAGE = ROOT / "docs" / "configuration.md"

HEAD = """\
# Configuration

<!-- Written by scripts/docs.py from the settings in the code; change those, not this page. -->

Nothing has to be configured. What you want otherwise stands in `alisa.toml` in your Alisa home (`alisa config path`
says where), or in the environment, which wins:

```toml
[hub]
port = 8001
```

is the same as `ALISA_HUB__PORT=8001`: the section, two underscores, the field. From the terminal:
`alisa config show`, `alisa config set hub.port 8001`, `alisa config unset hub.port`, `alisa config edit`.
Or as a page in your browser, with a search and every setting explained: `alisa settings`, or *Settings…* in
[her menu](avatar.md#your-hand-on-her).

A value that cannot be used is named when Alisa starts and in `alisa doctor`, and its default is used instead;
your file is left as it is. Where a value guards something (marked ●), a bad one becomes the strictest.

`ALISA_HOME` names the folder for everything that is yours: configuration, history, models, logs. Without it, that
is `data/runtime` in the checkout.
"""


def page() -> str:
    """The whole page."""
    rows = describe(SECTIONS)
    docs = {section.section: " ".join((section.__doc__ or "").split()) for section in SECTIONS}
    parts = [HEAD]
    for section, fields in itertools.groupby(rows, key=lambda row: row.section):
        parts.append(f"\n## [{section}]\n\n{docs[section]}\n\n{_table(fields)}")
    return "".join(parts)


def _table(rows: Iterable[Row]) -> str:
    lines = ["| setting | default | takes | what it does |", "|---|---|---|---|"]
    for row in rows:
        name = f"`{row.field}`{' ●' if row.strictest else ''}"
        default = f"`{row.default}`" if row.default not in ("", '""') else "empty"
        cells = (name, default, row.takes, row.description)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check."""
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text() if PAGE.exists() else ""
        if current == page():
            return 0
        print("docs/configuration.md is out of date: run scripts/docs.py", file=sys.stderr)
        return 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
