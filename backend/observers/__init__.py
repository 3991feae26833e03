"""They watch what happens in the hub and never alter it."""
