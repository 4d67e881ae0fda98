"""The tests of RabbitMQ's Java client, compiled against Debian's client and run class by class."""

import re
import subprocess

import results
from sources import Missing

JARS = ["amqp-client", "junit4", "hamcrest", "hamcrest-core", "mockito", "mockito-core",
        "slf4j-api", "slf4j-nop", "byte-buddy", "byte-buddy-agent", "objenesis"]

# What wants a RabbitMQ to command (rabbitmqctl, a second node, a restart) or is itself a suite; and
# three that their own suites leave out: a program that fills the memory, two without tests.
LEFT_OUT = re.compile(
    r"class \w+ extends ClusteredTestBase|Host\.(?!class)|[Rr]estart\(\)|ResourceAlarm|\bblock\(\)|"
    r"\babstract class|SuiteClasses|class (?:Bug19219Test|ExchangeDeletePredeclared|Nowait)\b")
RESTARTS = "restartingExpiry"  # restarts RabbitMQ, and leaves what its neighbours then trip over
CLIENT_TESTS = ["Bug20004Test", "BrokenFramesTest", "ChannelAsyncCompletableFutureTest",
                "ChannelRpcTimeoutIntegrationTest", "CloseInMainLoop", "LambdaCallbackTest",
                "MultiThreadedChannel", "QueueingConsumerTests", "RpcTest", "SharedThreadPoolTest",
                "TableTest"]


def class_path(run):
    jars = [f"/usr/share/java/{jar}.jar" for jar in JARS]
    return ":".join([str(run.folder / "java-classes"), *jars])


def compile_tests(run, tests):
    """Compiles what compiles: a file with errors (a library that is not here) is left aside."""
    files = {str(path) for path in tests.rglob("*.java") if "/ssl/" not in str(path)}
    for _ in range(6):
        done = subprocess.run(
            ["javac", "-nowarn", "-proc:none", "-Xmaxerrs", "10000",
             "-d", run.folder / "java-classes", "-cp", class_path(run), *sorted(files)],
            stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode == 0:
            return
        bad = set(re.findall(r"(?m)^(\S+\.java):\d+: error", done.stderr))
        if not bad & files:
            break
        files -= bad
    raise Missing("the tests do not compile:\n" + done.stderr[-2000:])


def runnable(tests):
    """The classes that have tests and need nothing but a broker on its port."""
    package = tests / "com/rabbitmq/client/test"
    # server/XDeathHeaderGrowth comes last: when it fails it leaves messages that go round for ever.
    files = [*sorted((package / "functional").glob("*.java")),
             *(package / f"{name}.java" for name in CLIENT_TESTS),
             *sorted((package / "server").glob("*.java"))]
    for path in files:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        has_tests = re.search(r"@Test|extends \w+(?:Base|Test|TTLHandling|Acks)\w*\b", text)
        if has_tests and not LEFT_OUT.search(text):
            yield ".".join(path.relative_to(tests).with_suffix("").parts)


def run(run, folder, runner):
    tests = folder / "src/test/java"
    compile_tests(run, tests)
    classes = [name for name in runnable(tests)
               if (run.folder / "java-classes" / (name.replace(".", "/") + ".class")).exists()]
    text = run.program(
        "rabbitmq-java-client",
        ["java", "-cp", f"{class_path(run)}:{folder / 'src/test/resources'}",
         "-Dbroker.hostname=localhost", "-Dbroker.port=5672", "-Dbroker.sslport=5671", runner,
         RESTARTS, *classes])
    return results.from_lines(text)
