"""What each kind of command makes of a room."""
