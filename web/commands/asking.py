"""What a person types unseen at the terminal."""

import warnings
from getpass import GetPassWarning

import click

from web.commands.failures import Failure


def asked(prompt: str, *, twice: bool, instead: str) -> str:
    """What was typed; `twice` for what is new. Raises `Failure` where nobody can be asked; `instead`: what to do."""
    with warnings.catch_warnings():
        # Without a terminal it would be read, and shown, as any other line.
        warnings.simplefilter("error", GetPassWarning)
        try:
            return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice))
        except GetPassWarning:
            raise Failure(f"There is no terminal to ask at: {instead}.") from None
