"""Commands of `curbside` that prepare a site."""

import os
from collections.abc import Mapping

from click.testing import CliRunner

from web.cli import main


def prepared(*arguments: str, environment: Mapping[str, str], words: str = "") -> str:
    """What a command prints that must succeed, given `words` on its standard input.

    It runs in this process, for each start of Python takes a second.
    """
    own = {name: None for name in os.environ if name == "PORT" or name.startswith("CURBSIDE_")}
    ran = CliRunner().invoke(main, arguments, input=words, env={**own, **environment})
    assert ran.exit_code == 0, ran.output
    return ran.stdout.strip()
