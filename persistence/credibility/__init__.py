"""What the claims of each person come to, scored when the outcome of a case is known."""
