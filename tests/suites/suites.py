"""The suites: where each comes from, what it needs, how it is run, what it says of its tests.

A suite runs unmodified, in a private copy, with the broker on localhost:5672. It raises Missing
with the reason when this machine cannot run it.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import java
import results
from sources import Missing, need_packages

HERE = pathlib.Path(__file__).resolve().parent
STANDINS = HERE / "standins"
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's packages
URL = "amqp://guest:guest@localhost:5672/"


class Run:
    """What a suite is given: sources, a folder for its output, and a way to run a program."""

    def __init__(self, sources, folder, python_path, limit):
        self.sources, self.folder, self.limit = sources, pathlib.Path(folder), limit
        self.python_path = [str(path) for path in python_path]
        self.folder.mkdir(parents=True, exist_ok=True)

    def program(self, name, command, cwd=None, **environment):
        """Runs to the end, or to the limit; gives the standard output, kept with the rest."""
        out, err = self.folder / f"{name}.out", self.folder / f"{name}.err"
        with open(out, "wb") as stdout, open(err, "wb") as stderr:
            process = subprocess.Popen(
                [str(part) for part in command], cwd=cwd, stdout=stdout, stderr=stderr,
                stdin=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment})
            try:
                process.wait(self.limit)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
                print(f"  {name}: ended after {self.limit} s", file=sys.stderr)
        return out.read_text(encoding="utf-8", errors="replace")

    def pytest(self, name, folder, paths, *options, path=(), **environment):
        report = self.folder / f"{name}.xml"
        report.unlink(missing_ok=True)
        python_path = os.pathsep.join([str(folder), *map(str, path)])
        self.program(
            name, [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}",
                   "--continue-on-collection-errors",
                   *options, *paths], cwd=folder, PYTHONPATH=python_path,
            PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", **environment)
        if not report.exists():
            raise Missing(f"pytest gave no report; see {self.folder / name}.out")
        return results.from_junit(report)


def pika(run):
    need_packages("python3-pytest", "python3-pytest-timeout", "python3-tornado", "python3-twisted",
                  "python3-gevent")
    folder = run.sources.get("pika", "python-pika")
    # io_services_tests starts another interpreter per adapter and talks to no broker.
    tests = [name for name in ("async_adapter_tests.py", "blocking_adapter_test.py",
                               "enforce_one_basicget_test.py", "thread_safe_connection_test.py",
                               "twisted_adapter_tests.py")
             if (folder / "tests/acceptance" / name).exists()]
    return run.pytest("pika", folder, [f"tests/acceptance/{name}" for name in tests],
                      "-p", "pytest_timeout")


def py_amqp(run):
    need_packages("python3-pytest", "python3-vine")
    folder = run.sources.get("py-amqp", "python-amqp")
    return run.pytest("py-amqp", folder, ["t/integration"], "-p", "standin_marks", "-E", "rabbitmq",
                      "-k", "not TLS and not tls", path=[STANDINS])


def kombu(run):
    need_packages("python3-pytest", "python3-amqp", "python3-kombu")
    folder = run.sources.get("kombu", "kombu")
    return run.pytest("kombu", folder, ["t/integration/test_py_amqp.py"], "-p", "standin_marks",
                      "-E", "py-amqp", path=[STANDINS])


def need_aiomisc(run):
    found = subprocess.run([PYTHON, "-c", "import aiomisc_pytest"], check=False,
                           env={**os.environ, "PYTHONPATH": os.pathsep.join(run.python_path)},
                           stderr=subprocess.DEVNULL)
    if found.returncode != 0:
        raise Missing("Debian has no aiomisc: name the folders of aiomisc and aiomisc-pytest "
                      "with --python-path")


def aiormq(run):
    need_packages("python3-pytest", "python3-yarl", "python3-pamqp")
    need_aiomisc(run)
    folder = run.sources.get("aiormq", "python-aiormq")
    return run.pytest("aiormq", folder, ["tests"], "-p", "aiomisc_pytest",
                      "-k", "not amqps", path=run.python_path, AMQP_URL=URL)


def aio_pika(run):
    need_packages("python3-pytest", "python3-yarl", "python3-pamqp", "python3-shortuuid")
    need_aiomisc(run)
    folder = run.sources.get("aio-pika", "python-aio-pika")
    aiormq_folder = run.sources.get("aiormq", "python-aiormq")
    return run.pytest("aio-pika", folder, ["tests"], "-p", "aiomisc_pytest",
                      "-p", "standin_docker", "--ignore=tests/test_amqps.py",
                      path=[STANDINS, aiormq_folder, *run.python_path],
                      DOCKER_HOST="tcp://127.0.0.1:2375")


def amqplib(run):
    if not shutil.which("node"):
        raise Missing("node is not installed")
    folder = run.sources.get("amqplib", None)  # the npm package is without its tests
    if not (folder / "node_modules").exists():
        raise Missing("the checkout of amqplib needs its node_modules (npm ci in it)")
    text = run.program("amqplib", ["node", "--test", "--test-reporter=tap", "--test-timeout=5000"],
                       cwd=folder, URL="amqp://localhost")
    return results.from_tap(text)


def amqp_client_js(run):
    folder = run.sources.get("amqp-client.js", None)
    if not (folder / "node_modules").exists():
        raise Missing("the checkout of amqp-client.js needs its node_modules (npm ci in it)")
    report = run.folder / "amqp-client.js.xml"
    run.program("amqp-client.js",
                ["npx", "vitest", "run", "--reporter=junit", f"--outputFile={report}",
                 "--exclude", "test/tls.ts"], cwd=folder)
    return results.from_junit(report)


def amqp091_go(run):
    need_packages("golang-go", "golang-github-rabbitmq-amqp091-go-dev", "golang-uber-goleak-dev")
    text = run.program(
        "amqp091-go",
        ["go", "test", "-json", "-count=1", "-tags", "integration", "-timeout", "400s",
         "github.com/rabbitmq/amqp091-go"],
        cwd="/", GO111MODULE="off", GOPATH="/usr/share/gocode", GOFLAGS="", AMQP_URL=URL,
        GOCACHE=str(run.folder / "go-cache"))
    return results.from_go(text)


def bunny(run):
    need_packages("ruby-rspec", "ruby-sorted-set")
    folder = run.sources.get("bunny", "ruby-bunny")
    protocol = run.sources.get("amq-protocol", "ruby-amq-protocol")
    # As its own Rakefile has it for runs without recovery, which wants RabbitMQ's management API;
    # toxiproxy_spec wants a proxy by that name, default_queue_type_spec RabbitMQ 3.11 or later.
    left_out = {"tls_connection_spec.rb", "connection_recovery_spec.rb", "toxiproxy_spec.rb",
                "default_queue_type_spec.rb"}
    specs = sorted(str(path.relative_to(folder))
                   for part in ("higher_level_api/integration", "lower_level_api/integration",
                                "issues")
                   for path in (folder / "spec" / part).glob("**/*_spec.rb")
                   if path.name not in left_out)
    report = run.folder / "bunny.json"
    run.program("bunny", ["rspec", "--options", "/dev/null", "-I", "lib", "-I", "spec",
                          "-I", protocol / "lib", "-I", STANDINS, "-r", "bundler_standin",
                          "--format", "json", "--out", report, *specs],
                cwd=folder, CI="true", HOME=str(run.folder))
    return results.from_rspec(report)


def php_amqp(run):
    need_packages("php-amqp", "php8.2-dev")
    folder = run.sources.get("php-amqp", "php-amqp")
    tests = next(path for path in (folder / "tests", *folder.glob("amqp-*/tests")) if path.is_dir())
    runner = next(pathlib.Path("/usr/lib/php").glob("*/build/run-tests.php"))
    text = run.program(
        "php-amqp", ["php", runner, "-q", "-g", "PASS,FAIL,SKIP,XFAIL,BORK,LEAK", tests],
        cwd=tests.parent, TEST_PHP_EXECUTABLE="/usr/bin/php", NO_INTERACTION="1",
        PHP_AMQP_HOST="localhost")
    return results.from_phpt(text)


def php_amqplib(run):
    need_packages("phpunit", "php-phpseclib3", "php-mbstring", "php-xml")
    folder = run.sources.get("php-amqplib", "php-amqplib")
    vendor = folder / "vendor"
    vendor.mkdir(exist_ok=True)
    shutil.copyfile(STANDINS / "autoload.php", vendor / "autoload.php")
    report = run.folder / "php-amqplib.xml"
    # Left out: what wants RabbitMQ with certificates of theirs, and the proxy called toxiproxy.
    run.program("php-amqplib",
                ["phpunit", "--no-configuration", "--bootstrap", "tests/bootstrap.php",
                 "--log-junit", report, "--filter", "/^(?!.*(SSLConnection|ConnectionClosed))/",
                 "tests/Functional"], cwd=folder)
    return results.from_junit(report)


def java_client(run):
    need_packages("junit4", "libmockito-java", "librabbitmq-client-java", "libslf4j-java")
    if not shutil.which("javac"):
        raise Missing("no javac: apt-get install --no-install-recommends default-jdk-headless")
    folder = run.sources.get("rabbitmq-java-client", "rabbitmq-java-client")
    return java.run(run, folder, STANDINS / "TestLines.java")


SUITES = {
    "pika": pika,
    "py-amqp": py_amqp,
    "kombu": kombu,
    "aiormq": aiormq,
    "aio-pika": aio_pika,
    "amqplib": amqplib,
    "amqp-client.js": amqp_client_js,
    "amqp091-go": amqp091_go,
    "bunny": bunny,
    "php-amqp": php_amqp,
    "php-amqplib": php_amqplib,
    "rabbitmq-java-client": java_client,
}
