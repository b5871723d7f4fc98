"""An async client for programs, written against the wire."""
