"""What ends a measurement without a figure."""


class Failure(Exception):
    """Something did not run as it must for its figures to mean anything. The text says what."""
