"""What a person at a terminal reads when a command cannot do its work: one sentence and exit status 2."""

from typing import IO, Any, ClassVar

import click


class Failure(click.ClickException):
    """`message` says what is wrong and what to do."""

    exit_code: ClassVar[int] = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"curbside: {self.message}", file=file, err=True)
