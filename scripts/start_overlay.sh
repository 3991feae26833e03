#!/bin/sh
# Show her on the desktop; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run overlay -- "$@"
