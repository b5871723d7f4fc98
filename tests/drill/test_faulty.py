"""The launcher that runs `curbside` with faults: what it knows, what it refuses, that each patch has its place."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from drill.defences import DEFENCES
from drill.faulty import UnknownPoint, main, parsed
from drill.patching import Gone, replace, set_constant, shadow
from drill.points import POINTS
from drill.wrong_clock import wrong_clock

EVERY = [*POINTS, *(f"{point}:3" for point in POINTS), *(f"without:{name}" for name in DEFENCES), "clock@+7200s"]


def test_every_patch_has_its_place_in_the_program_and_the_program_still_starts() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "drill.faulty", ",".join(EVERY), "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("curbside, version ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kill",
        "kill@noon",
        "kill@after_commit:0",
        "kill@after_commit:x",
        "without:",
        "without:luck",
        "clock@",
        "clock@7200s",
        "clock@+2h",
        "clock@+7200s:after=soon",
        "kill@after_commit,without:luck",
        "lose@",
    ],
)
def test_an_unknown_point_is_refused_in_one_sentence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([text, "serve"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("faulty: `") and said.count("\n") == 1 and "without:probe" in said


@pytest.mark.parametrize("arguments", [[], ["without:probe"], ["without:probe", "serve", "--workers=2"]])
def test_what_cannot_be_run_is_said(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"faulty: .*\."):
        main(arguments)


def test_several_points_are_several_patches() -> None:
    assert len(parsed("kill@after_commit:3,without:probe,clock@-60s:after=5s")) == 3
    with pytest.raises(UnknownPoint, match="`without:luck` is no point"):
        parsed("kill@after_commit:3,without:luck")


@pytest.mark.parametrize(
    "place", ["drill.nowhere:X", "drill.points:NOTHING", "drill.patching:Gone.nothing", "drill.points:POINTS.nothing"]
)
def test_a_patch_of_what_is_not_there_fails(place: str) -> None:
    with pytest.raises(Gone, match="is not there any more"):
        replace(place, lambda was: was)


def test_a_method_that_is_only_inherited_is_not_there() -> None:
    with pytest.raises(Gone):
        replace("drill.patching:Gone.__str__", lambda was: was)


def test_a_constant_that_its_function_does_not_read_is_not_set() -> None:
    with pytest.raises(Gone, match="does not read NEVER_S any more"):
        set_constant("drill.defences.news:NEVER_S", 0, read_by="drill.faulty:parsed")


def test_a_clock_is_wrong_by_what_was_asked_from_then_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    right_ns, right_s = time.time_ns, time.time
    file = tmp_path / "ahead"
    for wish, ahead_s in (("+7200s", 7_200), ("-7200s:after=0s", -7_200), ("+7200s:after=3600s", 0)):
        monkeypatch.setattr(time, "time_ns", right_ns)
        monkeypatch.setattr(time, "time", right_s)
        wrong_clock(wish)()
        assert round((time.time_ns() - right_ns()) / 1e9) == round(time.time() - right_s()) == ahead_s
    monkeypatch.setattr(time, "time_ns", right_ns)
    wrong_clock(f"file={file}")()
    for text, ahead_s in (("", 0), ("+7200s\n", 7_200), ("-60s", -60)):
        if text:
            file.write_text(text)
        assert round((time.time_ns() - right_ns()) / 1e9) == ahead_s


def test_a_builtin_that_its_function_does_not_use_is_not_shadowed() -> None:
    with pytest.raises(Gone, match="does not use max any more"):
        shadow("drill.faulty:max", min, read_by="drill.faulty:parsed")
