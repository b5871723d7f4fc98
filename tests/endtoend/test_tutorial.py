"""The protocol's tutorial holds a consult with real servers."""

import asyncio
import os
import sys
from pathlib import Path

from tests.endtoend.site import Site

SCRIPT = Path(__file__).parents[2] / "docs" / "tutorial.py"


async def test_tutorial_holds_a_consult_and_finds_every_promise_kept(site: Site) -> None:
    tokens = {name.upper(): site.tokens[name] for name in ("cleo", "ana", "ben", "obi")}
    script = await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        str(SCRIPT),
        f"http://{site.web(0).address}",
        env={"PATH": os.defpath, "PYTHONIOENCODING": "utf-8", **tokens},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await script.communicate()
    assert script.returncode == 0, said.decode()
    assert said.decode().count("✓") == SCRIPT.read_text().count("\npromise(")
    assert "✗" not in said.decode()
