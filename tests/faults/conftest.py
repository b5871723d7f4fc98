"""The deployments of the end-to-end tests, for harm."""

from tests.endtoend.conftest import cluster, cluster_start, embedded, embedded_start

__all__ = ["cluster", "cluster_start", "embedded", "embedded_start"]
