"""What helps to ask well: the resources of the place, and templates by complaint."""
