import asyncpg
import pytest
from redis.asyncio import Redis as Client
from redis.asyncio import RedisCluster as ClusterClient

from drill.servers import Postgres, Redis, RedisCluster, Server


async def test_redis_answers(redis_server: Redis) -> None:
    async with Client.from_url(redis_server.url) as client:
        assert await client.set("case", "open")


async def test_redis_comes_back_on_the_same_port(redis_server: Redis) -> None:
    url = redis_server.url
    redis_server.kill()
    assert redis_server.answer("PING") == ""
    redis_server.start()
    async with Client.from_url(url) as client:
        assert await client.exists("case") == 0


async def test_cluster_serves_every_slot(redis_cluster: RedisCluster) -> None:
    async with ClusterClient(host="127.0.0.1", port=redis_cluster.port) as client:
        assert [await client.set(f"case-{number}", number) for number in range(8)] == [True] * 8


async def test_cluster_comes_back(redis_cluster: RedisCluster) -> None:
    redis_cluster.kill()
    redis_cluster.start()
    async with ClusterClient(host="127.0.0.1", port=redis_cluster.port) as client:
        assert await client.get("case-1") is None


async def test_postgres_gives_each_test_an_empty_database(postgres_server: Postgres) -> None:
    for _ in range(2):
        connection = await asyncpg.connect(postgres_server.database("empty"))
        await connection.execute("CREATE TABLE person (name text)")
        await connection.close()


async def test_postgres_keeps_what_was_committed_when_killed(postgres_server: Postgres) -> None:
    url = postgres_server.database("kept")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE person AS SELECT 'ana' AS name")
    connection.terminate()
    postgres_server.kill()
    postgres_server.start()
    connection = await asyncpg.connect(url)
    assert await connection.fetchval("SELECT name FROM person") == "ana"
    await connection.close()


async def test_postgres_syncs_to_disk(postgres_server: Postgres) -> None:
    connection = await asyncpg.connect(postgres_server.url)
    assert await connection.fetchval("SHOW fsync") == "on"
    assert await connection.fetchval("SHOW synchronous_commit") == "on"
    await connection.close()


def test_a_database_needs_a_plain_name(postgres_server: Postgres) -> None:
    with pytest.raises(ValueError):
        postgres_server.database('"; DROP')


@pytest.mark.parametrize("name", ["redis_server", "redis_cluster", "postgres_server"])
def test_kill_and_start_may_be_repeated(name: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(name)
    server.start()
    server.kill()
    server.kill()
    server.start()
    assert server.answers()


def test_a_server_that_fails_shows_its_log_and_leaves_nothing() -> None:
    server = BadRedis()
    with pytest.raises(RuntimeError, match="Bad directive"), server:
        pass
    assert not server.directory.exists()


class BadRedis(Redis):
    def command(self) -> list[str]:
        return [*super().command(), "--nonsense", "1"]
