"""Triage: the scores that clinicians know, recomputed from what they rest on, and the acuity each suggests."""
