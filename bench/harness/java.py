"""Packaged Quarkus applications: built when older than their sources, started on free ports, awaited until ready."""

import http.client
import json
import shutil
from pathlib import Path

from .plan import compact
from .processes import BenchError, Child, free_port, run, wait_until

ROOT = Path(__file__).resolve().parents[2]


def java_command(java_home):
    java = str(Path(java_home) / "bin" / "java") if java_home else "java"
    if shutil.which(java) is None:
        raise BenchError("no java: set JAVA_HOME or put a JDK 17 or newer on PATH")
    return java


def packaged(module):
    """The runnable jar of a module (a directory with a pom.xml), built if there is none or its sources are newer."""
    return _built(module, module / "target" / "quarkus-app" / "quarkus-run.jar")


def client_jar():
    """The jar of the Java SDK, which needs no other."""
    module = ROOT / "clients" / "java"
    return _built(module, module / "target" / "mainstay-client-0.1.0-SNAPSHOT.jar")


def _built(module, jar):
    sources = [module / "pom.xml", *(module / "src" / "main").rglob("*")]
    if not jar.exists() or any(source.stat().st_mtime > jar.stat().st_mtime for source in sources):
        build = [ROOT / "mvnw", "-B", "-q", "-f", module / "pom.xml", "-DskipTests", "package"]
        run(build, f"the build of {module.name}", 900, cwd=ROOT)
    return jar


class JavaApp(Child):
    def __init__(self, name, java, jar, redis, options, directory, ready=None):
        """ready: a path that answers once it is; by default the probe of the service, which is on a port of its own."""
        self.port = free_port()
        management = free_port()
        self._ready = (self.port, ready) if ready else (management, "/q/health/ready")
        properties = [
            *redis.properties(),
            "-Dquarkus.http.host=127.0.0.1",
            f"-Dquarkus.http.port={self.port}",
            # Callers need no keys; an option may say otherwise, as the last of two counts.
            "-Dmainstay.security.enabled=false",
            f"-Dquarkus.management.port={management}",
        ]
        super().__init__(name, [java, *properties, *options, "-jar", jar], directory)
        self._http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def await_ready(self):
        try:
            wait_until(self._is_ready, f"{self.name} to be ready", 60, every=0.1)
        except BenchError as unready:
            raise BenchError(f"{unready}\n{self.log_tail()}") from None

    def get(self, path):
        return self._call("GET", path, None)

    def post(self, path, body=None):
        return self._call("POST", path, body)

    def stop(self):
        self._http.close()
        super().stop()

    def _call(self, method, path, body):
        """Sends JSON, returns JSON; anything but 2xx is an error."""
        headers = {} if body is None else {"Content-Type": "application/json"}
        text = None if body is None else compact(body)
        self._http.request(method, path, text, headers)
        answer = self._http.getresponse()
        content = answer.read()
        if not 200 <= answer.status < 300:
            raise BenchError(f"{method} {path} gives {answer.status}: {content[:500]!r}")
        return json.loads(content) if content else None

    def _is_ready(self):
        self.check_alive()
        port, path = self._ready
        probe = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            probe.request("GET", path)
            return 200 <= probe.getresponse().status < 300
        except (OSError, http.client.HTTPException):
            return False
        finally:
            probe.close()
