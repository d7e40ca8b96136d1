"""Figures for whatever watches the app: what it counts as it goes, with nobody's name in them.

Several processes on one machine are counted as one when ``PROMETHEUS_MULTIPROC_DIR`` names a folder
that is empty when they start; without it each process tells of itself.
"""

import os
from collections.abc import Iterable
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call]
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # seconds

# Routes are named as in the log, and never by their addresses, which may hold a link's secret.
ANSWERS = Counter(
    "cdef_answers", "Requests by what was asked, and how it ended", ["what", "status"]
)
SECONDS = Histogram("cdef_answer_seconds", "How long they took", ["what"], buckets=STEPS)
WAITS = Histogram(
    "cdef_write_wait_seconds", "How long it took until a change could be made", buckets=STEPS
)
SIGN_INS = Counter("cdef_sign_ins", "Sign-ins by how they were proved", ["by"])
ROUNDS = Counter("cdef_worker_rounds", "Rounds of the mail worker by how they ended", ["ended"])
OWN: tuple[Collector, ...] = (ANSWERS, SECONDS, WAITS, SIGN_INS, ROUNDS)


def init_app(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(count)


def begin() -> None:
    g.began = perf_counter()


def count(response: Response) -> Response:
    what = request.endpoint or "nothing"
    ANSWERS.labels(what, str(response.status_code)).inc()
    if "began" in g:
        SECONDS.labels(what).observe(perf_counter() - g.began)
    return response


class Found(Collector):
    """Figures that are looked up when they are asked for."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self.metrics


def answer(*found: Metric) -> Response:
    """All that was counted, and what was looked up, in Prometheus' own format."""
    now = CollectorRegistry()
    now.register(Found(found))
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(now)  # type: ignore[no-untyped-call]
        text = generate_latest(now)
    else:
        text = generate_latest(REGISTRY) + generate_latest(now)
    return Response(text, content_type=CONTENT_TYPE_LATEST)
