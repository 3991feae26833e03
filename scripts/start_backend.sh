#!/bin/sh
# Start the hub; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run backend -- "$@"
