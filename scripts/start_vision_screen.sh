#!/bin/sh
# Let her read the window in front; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run vision -- --screen "$@"
