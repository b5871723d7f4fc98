import subprocess
import sys

import pytest

from realtime.backplane.memory import MemoryBackplane
from realtime.backplane.open import open_backplane
from realtime.backplane.redis import RedisBackplane


def test_no_url_means_the_backplane_in_memory() -> None:
    assert isinstance(open_backplane(None), MemoryBackplane)


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost",
        "redis://localhost:6379/3",
        "redis://curbside:p%40ss%2Fword@[::1]:6379",
        "redis+cluster://localhost:7000",
        "rediss://localhost?ssl_cert_reqs=none&ssl_check_hostname=false",
        "rediss+cluster://:secret@localhost:7000",
        "redis+sentinel://:secret@s1:26379,s2,s3/main?sentinel_password=secret",
        "rediss+sentinel://s1/main?ssl_cert_reqs=none&ssl_check_hostname=false",
    ],
)
def test_a_redis_url_means_redis(url: str) -> None:
    assert isinstance(open_backplane(url), RedisBackplane)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hunter2",
        "localhost:6379",
        "http://:hunter2@localhost",
        "postgresql://hunter2@localhost/curbside",
        "redis://",
        "redis://:hunter2@",
        "redis://:hunter2@localhost:port",
        "redis://:hunter2@localhost:99999",
        "redis://:hun/ter2@localhost",
        "redis://:hun#ter2@localhost",
        "redis://[hunter2",
        "redis://localhost?hunter2=1",
        "redis://localhost?hunter2",
        "redis://:hun?ter2=1@localhost",
        "redis://localhost?ssl_ca_certs=/tmp/hunter2.pem",
        "unix:///run/hunter2.sock",
        "rediss://localhost?ssl_hunter2=1",
        "rediss://localhost?ssl_cert_reqs=hunter2",
        "rediss://localhost?ssl_check_hostname=true&ssl_min_version=hunter2",
        "rediss://localhost?ssl_ca_certs=/nowhere/hunter2.pem",
        "redis+sentinel://:hunter2@s1,s2",
        "redis+sentinel://s1/main?sentinel_password=hun#ter2",
    ],
)
def test_any_other_url_is_refused_in_one_sentence_that_betrays_nothing(url: str) -> None:
    with pytest.raises(ValueError, match=r"^The .*[^.]\.$") as refused:
        open_backplane(url)
    assert "hun" not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


def test_the_embedded_default_never_loads_the_redis_client() -> None:
    opening = "from realtime.backplane.open import open_backplane; open_backplane(None)"
    check = f"import sys; {opening}; print('redis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
