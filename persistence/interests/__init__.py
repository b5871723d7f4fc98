"""Interests: what people declare, what Open Payments says of them, and what of both is in force."""
