"""The rules of taking turns: when somebody has finished, when they cut in, what is an order. Pure but for models."""
