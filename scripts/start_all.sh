#!/bin/sh
# Start everything that this machine can run; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run all -- "$@"
