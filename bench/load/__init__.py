"""A load generator in C, which costs little of the processor that it shares with the server, and what drives it."""
