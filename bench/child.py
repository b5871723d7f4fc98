"""A load client in a process of its own, so that it and the server share nothing but the wire."""

import asyncio
import gc
import multiprocessing
import signal
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any, Concatenate, Final, Generic, ParamSpec, Self, TypeVar

from bench.failures import Failure

ANSWER_WITHIN_S: Final = 60.0

Client = TypeVar("Client")
Told = ParamSpec("Told")
Answer = TypeVar("Answer")


class Child(Generic[Client]):
    """The process while the context lasts. `make` makes its client there, on a running loop of `new_loop`."""

    def __init__(self, make: Callable[[], Client], new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
        processes = multiprocessing.get_context("spawn")
        self._pipe, self._theirs = processes.Pipe()
        self._process = processes.Process(target=_run, args=(self._theirs, make, new_loop), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join(1)
        self._process.kill()
        self._process.join()

    def ask(
        self,
        method: Callable[Concatenate[Client, Told], Awaitable[Answer]],
        *arguments: Told.args,
        **_: Told.kwargs,
    ) -> Answer:
        """What a method of the client returns there. Raises `Failure` as it does."""
        self._pipe.send((method, arguments))
        if not self._pipe.poll(ANSWER_WITHIN_S):
            raise Failure("a load client does not answer")
        try:
            answer: Answer | Failure = self._pipe.recv()
        except EOFError:
            raise Failure("a load client has died") from None
        if isinstance(answer, Failure):
            raise answer
        return answer


def _run(pipe: Connection, make: Callable[[], Client], new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a collection would be counted as the server's latency; the process does not live long
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_obey(pipe, make))


async def _obey(pipe: Connection, make: Callable[[], Client]) -> None:
    """Do as told until the other side hangs up."""
    client = make()
    while True:
        try:
            method, arguments = await asyncio.to_thread(pipe.recv)
        except EOFError:
            return
        answer: Any
        try:
            answer = await method(client, *arguments)
        except Failure as failure:
            answer = failure
        pipe.send(answer)
