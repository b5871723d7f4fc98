"""The short drill, and one on a set-up that runs already, which somebody breaks meanwhile."""

import asyncio
import json
import subprocess
from pathlib import Path

from drill.process import CURBSIDE
from tests.endtoend.site import WRITERS, Cluster

PATIENCE_S = 240


def drill(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [CURBSIDE, "drill", *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )


def test_the_short_drill_keeps_every_promise(tmp_path: Path) -> None:
    ran = drill("--short", "--pace", "0.05", "--json", str(tmp_path / "report"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = json.loads((tmp_path / "report").read_text())
    assert report["passed"] and report["acked"] > 500
    assert all(row["counts"] == {} for row in report["rows"])


def test_a_row_without_its_defence_is_found_to_be_broken(tmp_path: Path) -> None:
    ran = drill("--controls", "--row", "F17", "--seed", "1", "--pace", "0.05", "--json", str(tmp_path / "report"))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (row,) = json.loads((tmp_path / "report").read_text())["rows"]
    assert row["counts"]


async def test_a_drill_on_a_staging_set_up_sees_what_is_broken_there_and_that_it_heals(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "tokens").write_text("\n".join(cluster.tokens[f"writer{n}"] for n in range(WRITERS)))
    nodes = [f"--at=http://{node.address}" for node in cluster.webs]
    watching = asyncio.create_task(
        asyncio.to_thread(
            drill, *nodes, f"--tokens={tmp_path / 'tokens'}", "--seconds=6", f"--json={tmp_path / 'report'}"
        )
    )
    await asyncio.sleep(3)
    await asyncio.to_thread(cluster.webs[0].kill)
    await asyncio.to_thread(cluster.webs[0].start)
    ran = await watching
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads((tmp_path / "report").read_text())["acked"] > 50


def test_what_is_wrong_with_the_arguments_is_one_sentence() -> None:
    ran = drill("--row", "F99")
    assert (ran.returncode, "There is no row F99" in ran.stderr) == (2, True)
