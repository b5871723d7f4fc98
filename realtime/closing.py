"""With what a connection ends where several places end it so: the close code, and the reason that goes with it."""

from typing import Final

OUR_FAULT: Final = (1011, "our fault")
WITHDRAWN: Final = (4403, "access withdrawn")
TOO_OFTEN: Final = (4429, "over the rate limit for too long")
