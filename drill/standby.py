"""A standby of a PostgreSQL server, as a copy of it that follows."""

from drill.servers import Postgres


class Standby(Postgres):
    """Follows `primary`, which must run when this is first started, and is called `name` in its settings."""

    def __init__(self, primary: Postgres, name: str) -> None:
        self._primary = primary
        self._name = name
        super().__init__()

    def start(self) -> None:
        if not (self.directory / "data").exists():
            source = f"{self._primary.url}?application_name={self._name}"
            copy = ["--pgdata=data", "--write-recovery-conf", "--checkpoint=fast", "--no-sync", f"--dbname={source}"]
            self._run("pg_basebackup", *copy)
        super().start()
