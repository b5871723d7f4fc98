"""A Redis watched by sentinels: two servers, one of them the master, and three who name the other when it is lost."""

import re
from contextlib import ExitStack
from typing import Final, Self
from urllib.parse import quote

from drill.servers import Redis

SERVICE: Final = "curbside"
NODE: Final = ("curbside", "p@ss-of-a-node")
WATCHER: Final = ("watcher", "pass-of-a-watcher")
DOWN_MS: Final = 500
# All that nodes need, and all that sentinels need, as docs/operate.md and the documentation of Redis have it.
PUBLISH_AND_COUNT: Final = (
    "-@all +subscribe +unsubscribe +publish +ping +incrby +expire +pttl resetchannels &curbside:* ~curbside:count:*"
)
WATCH: Final = (
    "-@all +multi +slaveof +ping +exec +subscribe +config|rewrite +role +publish +info +client|setname +client|kill "
    "+script|kill allchannels"
)
ASK: Final = "-@all +sentinel|get-master-addr-by-name"


class Watched(Redis):
    """One of the two servers: it follows the one at the port `leader`, or leads where that is 0."""

    def __init__(self) -> None:
        super().__init__()
        self.leader = 0

    def command(self) -> list[str]:
        users = [*_user(NODE, PUBLISH_AND_COUNT), *_user(WATCHER, WATCH)]
        follow = ["--replicaof", "127.0.0.1", str(self.leader)] if self.leader else []
        return [*super().command(), "--repl-diskless-sync-delay", "0", *users, *follow]

    def abandon(self) -> None:
        """From now on no sentinel can reach this server; whoever else has a line to it notices nothing."""
        self.answer("ACL SETUSER default -ping -info -multi -slaveof -replicaof -config -client")
        self.answer(f"ACL DELUSER {WATCHER[0]}")


class Sentinel(Redis):
    """One who watches the master at `port`. What it learns it keeps in its file, over a restart too."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._file = self.directory / "sentinel.conf"
        lines = [
            f"port {self.port}",
            "bind 127.0.0.1",
            " ".join(_user(NODE, ASK)).removeprefix("--"),
            f"sentinel monitor {SERVICE} 127.0.0.1 {port} 2",
            f"sentinel auth-user {SERVICE} {WATCHER[0]}",
            f"sentinel auth-pass {SERVICE} {WATCHER[1]}",
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_MS}",
            f"sentinel failover-timeout {SERVICE} 3000",
        ]
        self._file.write_text("\n".join(lines) + "\n")

    def command(self) -> list[str]:
        return [self.program, str(self._file), "--sentinel"]

    def start(self) -> None:
        super().start()
        # They learn of each other and of the servers sooner; being held up for a moment stops them for a second only.
        self.answer("SENTINEL DEBUG publish-period 200 info-period 200 tilt-period 1000")

    def content(self, master: Watched) -> bool:
        """Whether all three are there, and both servers, of which `master` is the master."""
        watching = f"status=ok,address=127.0.0.1:{master.port},slaves=1,sentinels=3" in self.answer("INFO sentinel")
        replica = self.answer(f"SENTINEL REPLICAS {SERVICE}")
        lost = "s_down" in replica or "disconnected" in replica
        return watching and not lost and "master-link-status\r\n$2\r\nok" in replica

    @property
    def named(self) -> int:
        """The port of the server that is the master, by its word; 0 while it is away."""
        answer = self.answer(f"SENTINEL GET-MASTER-ADDR-BY-NAME {SERVICE}")
        found = re.search(r"\r\n(\d+)\r\n$", answer)
        return int(found[1]) if found else 0


class RedisSentinel:
    """All five. `start` returns when all is well, `kill` when all are gone; both block, and do nothing twice."""

    def __init__(self) -> None:
        self.nodes = [Watched(), Watched()]
        self.sentinels = [Sentinel(self.nodes[0].port) for _ in range(3)]
        self._leading = self.nodes[0]
        self._stack = ExitStack()

    @property
    def url(self) -> str:
        """What a node of ours is given."""
        return sentinel_url(*(sentinel.port for sentinel in self.sentinels))

    @property
    def master(self) -> Watched:
        """The server that most sentinels call the master; the last one while they are away."""
        named = [sentinel.named for sentinel in self.sentinels]
        for node in self.nodes:
            if named.count(node.port) > 1:
                self._leading = node
        return self._leading

    def start(self) -> None:
        """Start what is away, as the sentinels would have it. They may name another master in the middle of this."""
        master = self.master
        for node in sorted(self.nodes, key=lambda node: node is not master):
            node.leader = 0 if node is master else master.port
            node.start()
        for sentinel in self.sentinels:
            sentinel.start()
        self.sentinels[0].wait_until(lambda: all(sentinel.content(self.master) for sentinel in self.sentinels))

    def kill(self) -> None:
        """End all at once."""
        for server in (*self.sentinels, *self.nodes):
            server.kill()

    def until_failed_over(self, lost: Watched) -> None:
        """Return when most sentinels name the other server."""
        self.sentinels[0].wait_until(lambda: self.master is not lost)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for server in (*self.nodes, *self.sentinels):
                stack.push(server)
            self.start()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def sentinel_url(*ports: int, service: str = SERVICE) -> str:
    """The URL that names the sentinels at these ports."""
    name, password = map(quote, NODE)
    places = ",".join(f"127.0.0.1:{port}" for port in ports)
    login = f"sentinel_username={name}&sentinel_password={password}"
    return f"redis+sentinel://{name}:{password}@{places}/{service}?{login}"


def _user(login: tuple[str, str], may: str) -> list[str]:
    name, password = login
    return ["--user", name, "on", f">{password}", *may.split()]
