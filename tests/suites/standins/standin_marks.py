"""A pytest plugin that knows the mark `flaky`, of another plugin that Celery's tests use."""


def pytest_configure(config):
    config.addinivalue_line("markers", "flaky(reruns, reruns_delay): may be tried again")
