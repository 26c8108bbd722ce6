"""A Redis of our own on loopback, a small client for it, and the reference every figure is set against."""

import socket

from .processes import BenchError, Child, free_port, run, wait_until

# The same for everybody who is measured. Rewrites of the AOF are off because one that falls into a
# measurement of a second or two would be luck, not a property of whoever is measured.
SETTINGS = ["--bind", "127.0.0.1", "--save", "", "--auto-aof-rewrite-percentage", "0"]
AOF = {"off": ["--appendonly", "no"], "everysec": ["--appendonly", "yes", "--appendfsync", "everysec"]}

# Deletes in small steps, as the service is alive and looks at the same Redis.
FORGET = """
local found = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 5000)
if #found[2] > 0 then
  for i = 1, #found[2], 1000 do
    redis.call('UNLINK', unpack(found[2], i, math.min(i + 999, #found[2])))
  end
end
return found[1]
"""


class RedisServer(Child):
    def __init__(self, name, aof, directory, *settings):
        self.port = free_port()
        data = directory / f"{name}-data"
        data.mkdir()
        command = ["redis-server", "--port", self.port, "--dir", data, *SETTINGS, *AOF[aof], *settings]
        super().__init__(name, command, directory)
        self._connection = None

    def properties(self):
        """What tells a service to use it."""
        return [f"-Dquarkus.redis.hosts=redis://127.0.0.1:{self.port}"]

    def nodes(self):
        return 1

    def await_ready(self):
        wait_until(self._answers, f"{self.name} to answer", 10)

    def __call__(self, *command):
        """Sends one command and returns its reply; strings are text, no reply is None."""
        if self._connection is None:
            self._connection = _Connection(self.port)
        return self._connection.send(command)

    def forget(self, pattern):
        """Deletes all keys that match."""
        cursor = "0"
        while (cursor := self("EVAL", FORGET, 0, cursor, pattern)) != "0":
            pass

    def highest_score(self, zset):
        return float(self("ZRANGE", zset, -1, -1, "WITHSCORES")[1])

    def info(self, section):
        """A section of INFO: text by name."""
        lines = self("INFO", section).splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def commands(self):
        """Commands processed since the start, those inside scripts too."""
        return int(self.info("stats")["total_commands_processed"])

    def used_memory(self):
        return int(self.info("memory")["used_memory"])

    def calls(self):
        """The same by name of the command."""
        calls = self.info("commandstats")
        return {name.removeprefix("cmdstat_"): int(told.split(",")[0].split("=")[1]) for name, told in calls.items()}

    def stop(self):
        if self._connection is not None:
            self._connection.close()
        super().stop()

    def _answers(self):
        self.check_alive()
        try:
            return self("PING") == "PONG"
        except OSError:
            self._connection = None
            return False


class _Connection:
    """RESP2 over one socket; not for several threads."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._file = self._socket.makefile("rb")

    def send(self, command):
        parts = [str(part).encode() for part in command]
        request = b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self._socket.sendall(request)
        return self._reply()

    def close(self):
        self._file.close()
        self._socket.close()

    def _reply(self):
        line = self._file.readline()
        if not line:
            raise ConnectionError("Redis closed the connection")
        kind, rest = line[:1], line[1:-2].decode()
        if kind == b"+":
            return rest
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == "-1" else self._file.read(int(rest) + 2)[:-2].decode()
        if kind == b"*":
            return None if rest == "-1" else [self._reply() for _ in range(int(rest))]
        raise BenchError(f"Redis says {line!r}")


def reference(redis, requests):
    """LPUSH of 100 bytes per second, 50 connections, one at a time on each."""
    load = ["-t", "lpush", "-c", 50, "-P", 1, "-d", 100, "-n", requests, "--csv"]
    table = run(["redis-benchmark", "-h", "127.0.0.1", "-p", redis.port, *load], "redis-benchmark", 60)
    redis("UNLINK", "mylist")
    for line in table.splitlines():
        name, _, figures = line.partition(",")
        if "LPUSH" in name:
            return float(figures.split(",")[0].strip('"'))
    raise BenchError(f"no LPUSH in what redis-benchmark printed:\n{table}")
