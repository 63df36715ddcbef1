"""What the lessons share: input, derivation view, figures, and the caches in front of the core."""
