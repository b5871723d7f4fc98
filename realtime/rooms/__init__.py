"""The domain, pure: commands, `decide`, events, `fold`. No I/O, no clock, no chance."""
