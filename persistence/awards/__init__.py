"""Sealed awards: their ledger, which no room knows of until it closes, and what becomes of them afterwards."""
