"""What claims rest on: how references are written, levels of evidence, claims that rest on nothing."""
