"""`python -m tests.echo --port P`: for conformance suites from outside, such as Autobahn's."""

import argparse
import asyncio

from tests.echo.server import serve

arguments = argparse.ArgumentParser(prog="tests.echo")
arguments.add_argument("--port", type=int, default=9001)
asyncio.run(serve(arguments.parse_args().port))
