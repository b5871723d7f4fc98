"""`curbside archive prove` and `verify-proof`: that one event is under a seal, shown without the others."""

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.failures import Failure
from web.commands.sealed import key_from, named, opened, whose
from web.commands.setup import database, load_settings, noting

if TYPE_CHECKING:
    from persistence.archive import Archived
    from persistence.proof import Proof

_file = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Write a proof that event SEQ is what was sealed.")
@click.argument("case_or_file", metavar="CASE|FILE")
@click.argument("seq", type=click.IntRange(1))
@click.option("--hash-only", is_flag=True, help="Leave the event out: only its digest is shown.")
@click.option("--out", type=_file, help="Where the proof goes.  [default: CASE.SEQ.proof.json]")
def prove(case_or_file: str, seq: int, hash_only: bool, out: Path | None) -> None:
    """Write a proof that event SEQ of a sealed case is what was sealed; it shows no other event."""
    from persistence.proof import encoded, proof_of, verify_proof

    archived = _covering(named(case_or_file).files, seq)
    proof = proof_of(archived, seq, hash_only=hash_only)
    verdict = verify_proof(proof)
    if verdict.wrong is not None:
        raise Failure(f"{verdict.wrong} There is nothing to prove: run `curbside archive verify`.")
    if not Path(case_or_file).is_file():
        asyncio.run(_noted(archived.manifest.room, seq))
    path = out or Path(f"{archived.manifest.room}.{seq}.proof.json")
    _write(path, encoded(proof))
    click.echo(f"{path} proves event {seq}{' by its digest' if hash_only else ''}.")


@click.command("verify-proof", short_help="Check a proof that `prove` wrote.")
@click.argument("file", type=_file)
@click.option("--key", metavar="HEX", help="The public key to expect.  [default: the one in the proof]")
def verify_proof(file: Path, key: str | None) -> None:
    """Check a proof that `prove` wrote, anywhere; and print the event, where the proof has it."""
    from persistence.proof import decoded
    from persistence.proof import verify_proof as verified

    given = key_from(key)
    try:
        proof = decoded(file.read_bytes())
        verdict = verified(proof, given)
        wrong = verdict.wrong
    except OSError as error:
        raise Failure(f"{file} cannot be read ({error.strerror}): give a file that `prove` wrote.") from None
    except ValueError as error:
        wrong = str(error)
    if wrong is not None:
        click.echo(f"{file}: {wrong}", err=True)
        raise SystemExit(1)
    click.echo(f"{file}: {_proved(proof, given)}")
    if proof.record is not None:
        click.echo(_shown(proof))


async def _noted(room: str, seq: int) -> None:
    from realtime.rooms.people import SYSTEM

    async with database(load_settings()) as opened, noting(opened) as log:
        log.note("proof_made", SYSTEM, room, f"event {seq}")


def _covering(files: list[Path], seq: int) -> "Archived":
    """The archive whose seal covers event `seq`. Raises `Failure`."""
    try:
        found = [archived for archived in map(opened, files) if archived.manifest.start.seq < seq]
    except ValueError as error:
        raise Failure(f"{error} Run `curbside archive verify`.") from None
    if not found or not seq <= found[-1].manifest.upto or seq - found[-1].manifest.start.seq > len(found[-1].records):
        raise Failure(f"Event {seq} is under no seal here: give the `seq` of an event that is.")
    return found[-1]


def _write(path: Path, data: bytes) -> None:
    try:
        # It may hold what a patient or a doctor wrote.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
    except OSError as error:
        raise Failure(f"{path} cannot be written ({error.strerror}): give another file with --out.") from None


def _proved(proof: "Proof", given: bytes | None) -> str:
    seal = proof.seal
    assert seal is not None
    what = f"event {proof.seq}" if proof.record is not None else f"an event with the digest {proof.digest.hex()}"
    where = f"at {proof.seq}, under the seal over events {seal.start.seq + 1} to {seal.upto} of case {seal.room}"
    return f"{what} is on record {where}, signed {whose(seal, given, [])}."


def _shown(proof: "Proof") -> str:
    """The event of a proof as one line of JSON."""
    import msgspec

    from realtime.rooms.chain import event_of

    assert proof.record is not None
    event = event_of(proof.record)
    shown = {"seq": event.seq, "id": event.id, "at": event.at, "by": event.by, "kind": event.kind, "body": event.body}
    return msgspec.json.encode(shown).decode()
