"""`python -m llm_server.starter`."""

import sys

from llm_server.starter.cli import main

sys.exit(main())
