"""The command line. docs/cli.md lists every command and option.

What a command needs is imported when it runs, so that `--help` answers at once.
"""

import click

from drill.command import drill
from web.commands.archive import archive
from web.commands.audit import audit
from web.commands.backup import backup, restore
from web.commands.credibility import credibility
from web.commands.erase import erase
from web.commands.institution import institution
from web.commands.interests import interests
from web.commands.migrate import migrate
from web.commands.person import person
from web.commands.registry import registry
from web.commands.serve import serve
from web.commands.token import token
from web.commands.worker import worker


@click.group()
@click.version_option(package_name="curbside")
def main() -> None:
    """Curbside, a server for live case consults. Settings are environment variables: docs/settings.md."""


COMMANDS = (
    *(serve, worker, migrate, person, registry, interests, institution, archive),
    *(audit, credibility, erase, token, backup, restore, drill),
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
