#!/bin/sh
# Give her eyes: those that are open in the settings, and later ones; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run vision -- "$@"
