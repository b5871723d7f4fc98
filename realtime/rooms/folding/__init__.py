"""What events do to the parts of a room, a subject a file."""
