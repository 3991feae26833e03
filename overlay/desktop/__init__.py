"""Her behaviour as a window on the desktop: where she stands, what moves her, when she steps aside and comes back."""
