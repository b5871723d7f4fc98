"""Interests of people: who pays them, and what of it stands beside what they say."""
