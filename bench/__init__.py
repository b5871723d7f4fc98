"""Measures this server on this machine, and says whether it reaches what it should. docs/performance.md."""
