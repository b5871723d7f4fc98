"""`curbside archive`: proving that a sealed case is what was sealed, and what the operator of seals needs."""

import click

from web.commands.keys import keys, rotate_key
from web.commands.prove import prove, verify_proof
from web.commands.set_aside import release, set_aside
from web.commands.verify import verify
from web.commands.verify_awards import verify_awards


@click.group()
def archive() -> None:
    """Work with sealed cases."""


for command in (verify, prove, verify_proof, verify_awards, keys, rotate_key, set_aside, release):
    archive.add_command(command)
