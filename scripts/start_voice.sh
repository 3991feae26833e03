#!/bin/sh
# Give her ears and a voice; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run voice -- "$@"
