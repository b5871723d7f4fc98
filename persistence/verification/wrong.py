"""What cannot be done, told to whoever asked for it."""


class Wrong(ValueError):
    """One sentence for people: what is wrong and what to do. Nothing was changed."""
