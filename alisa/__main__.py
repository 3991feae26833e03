"""`python -m alisa` is the command `alisa`."""

from alisa.cli.main import main

if __name__ == "__main__":
    main()
