#!/bin/sh
# Start the local model; makes the environment first where there is none.
exec python3 "$(dirname -- "$0")/start.py" --run llm_server -- "$@"
