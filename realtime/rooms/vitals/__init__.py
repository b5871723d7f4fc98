"""Vital signs: what may be told of a patient in numbers, in which units, and what no patient has."""
