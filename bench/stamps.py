"""When a command was planned, in its own id: no reader has to be told, no text has to hold digits."""


def stamped(planned_ns: int, number: int) -> str:
    """An id for a command that is planned for `planned_ns` (monotonic, which all processes of a machine share)."""
    return f"{planned_ns:x}-{number}"


def planned_ns(name: str) -> int:
    """When the command of this id was planned."""
    return int(name.partition("-")[0], 16)
