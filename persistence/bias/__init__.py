"""Bias watch: whether awards pull at what people say. Only cases that are closed count; nothing is kept of it."""
