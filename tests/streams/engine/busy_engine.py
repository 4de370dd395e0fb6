"""The real engine on a scripted model, with a clock in the test's hand."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from streams.engine.batching import Kind
from streams.engine.engine import Pass, SpeechEngine
from tests.streams.scripted import ScriptedModel, a_window


class HandClock:
    """Time passes when a test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@contextmanager
def an_engine(
    model: ScriptedModel, *, queue_size: int = 8, clock: HandClock | None = None, workers: int = 1
) -> Iterator[SpeechEngine]:
    """An engine whose workers are gone when the test ends, passed or not."""
    engine = SpeechEngine(model, workers=workers, batch_size=4, queue_size=queue_size, clock=clock or HandClock())
    try:
        yield engine
    finally:
        model.let()
        engine.close()


@contextmanager
def a_busy_engine(
    model: ScriptedModel, *, queue_size: int = 8, clock: HandClock | None = None
) -> Iterator[tuple[SpeechEngine, "Future[Pass]"]]:
    """Its one worker is held by a pass marked 1, so that what is submitted next must wait."""
    with an_engine(model, queue_size=queue_size, clock=clock) as engine:
        first = engine.submit(a_window(mark=1), Kind.FINAL)
        model.wait_until_busy()
        yield engine, first
