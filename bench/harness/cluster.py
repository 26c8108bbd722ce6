"""A Redis Cluster of our own on loopback, asked as if it were one Redis."""

from collections import Counter
from contextlib import ExitStack

from .processes import free_port, run, wait_until
from .redis import RedisServer

NODES = 3


class RedisCluster:
    """Three primaries without replicas. What they tell is added up."""

    def __init__(self, name, directory):
        self._name = name
        self._directory = directory
        self._stack = ExitStack()

    def __enter__(self):
        with ExitStack() as stack:
            self._nodes = [stack.enter_context(self._node(number)) for number in range(NODES)]
            addresses = [f"127.0.0.1:{node.port}" for node in self._nodes]
            create = ["redis-cli", "--cluster", "create", *addresses, "--cluster-yes"]
            run(create, "redis-cli --cluster create", 60)
            wait_until(lambda: all("cluster_state:ok" in node("CLUSTER", "INFO") for node in self._nodes), self._name, 60)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def properties(self):
        hosts = ",".join(f"redis://127.0.0.1:{node.port}" for node in self._nodes)
        return ["-Dquarkus.redis.client-type=cluster", f"-Dquarkus.redis.hosts={hosts}"]

    def commands(self):
        return sum(node.commands() for node in self._nodes)

    def calls(self):
        return sum((Counter(node.calls()) for node in self._nodes), Counter())

    def cpu_seconds(self):
        return sum(node.cpu_seconds() for node in self._nodes)

    def nodes(self):
        return NODES

    def _node(self, number):
        # The bus has a port of its own, by default 10,000 above, where there may be none.
        return RedisServer(
            f"{self._name}-{number}", "off", self._directory, "--cluster-enabled", "yes", "--cluster-port", free_port()
        )
