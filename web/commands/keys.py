"""`curbside archive keys` and `rotate-key`: the keys that sign seals."""

from datetime import UTC, datetime

import click

from web.commands.failures import Failure
from web.commands.sealed import keys_in
from web.commands.setup import load_settings, seal_key


@click.command(short_help="List this server's public keys, the one in use first.")
def keys() -> None:
    """List this server's public keys, the one in use first; give them to those who check your archives."""
    for key in keys_in(load_settings().var):
        span = f"{key.made_on} to {key.retired_on}" if key.retired_on else f"since {key.made_on}"
        click.echo(f"{key.public_key}  {key.id}  {span}")


@click.command("rotate-key")
def rotate_key() -> None:
    """Sign seals with a new key from now on. What the old one signed stays known as this server's."""
    from persistence.keyring import rotate

    settings = load_settings()
    seal_key(settings)
    try:
        key = rotate(settings.var, datetime.now(UTC))
    except (OSError, ValueError):
        raise Failure(f"The keys in {settings.var} cannot be read or written: see to them, nothing was lost.") from None
    click.echo(key.public_key)
    click.echo("Restart what seals cases: until then it signs with the old key, which stays known.", err=True)
