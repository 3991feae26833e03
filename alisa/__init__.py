"""What every process of Alisa shares, and the command that starts them."""

__version__ = "0.1.0"
