"""A pytest plugin that knows the mark `flaky`, which a plugin that Celery's projects use defines."""


def pytest_configure(config):
    config.addinivalue_line("markers", "flaky(reruns, reruns_delay): may be tried again")
