"""Whether she speaks of her own accord: seldom, at a good moment, for a reason that she can name."""
