"""Pages: who is asked to come, tier after tier, until somebody takes the case."""
