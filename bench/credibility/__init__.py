"""Credibility tried on made-up physicians whose skill is known: `python -m bench.credibility`."""
