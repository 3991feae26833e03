#!/bin/sh
# Start the terminal chat; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run chat -- "$@"
