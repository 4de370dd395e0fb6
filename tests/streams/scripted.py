"""Stand-ins for the speech model and the engine that do what a test says, when it says so."""

import threading
from collections.abc import Hashable, Sequence
from concurrent.futures import Future

import numpy as np

from streams.engine.batching import Kind
from streams.engine.engine import DEADLINE_S, EngineFull, Overtaken, Pass, SpeechEngine, TooLate
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import Audio, Language, Word

LANGUAGES = (Language.FR, Language.EN)
PATIENCE_S = 20.0
"""How long a test waits for another thread before it fails."""


def a_window(duration_s: float = 1.0, *, mark: float = 0.0) -> Window:
    """Audio of one value, by which a test knows it again."""
    return Window(audio=np.full(round(duration_s * 16_000), mark, np.float32), language=None, languages=LANGUAGES)


def some_audio(duration_s: float) -> Audio:
    """Audio that is neither silent nor tonal."""
    return np.random.default_rng(7).standard_normal(round(duration_s * 16_000)).astype(np.float32) * np.float32(0.05)


def recognised(
    text: str = "je veux résilier mon contrat",
    *,
    confidence: float = 0.9,
    language: Language = Language.FR,
    language_probability: float = 0.99,
) -> Recognised:
    """What a model might have heard: a word every 0.2 s."""
    words = tuple(
        Word(text=word, start_s=0.2 * index, end_s=0.2 * (index + 1), probability=confidence)
        for index, word in enumerate(text.split())
    )
    return Recognised(
        text=text,
        words=words,
        language=language,
        language_probability=language_probability,
        confidence=confidence,
        no_speech=0.01,
        retried=False,
        looping=False,
        embedding=None,
    )


class ScriptedModel(SpeechModel):
    """Recognises once it is let; fails on windows marked with a negative value."""

    def __init__(self) -> None:
        self.batches: list[list[float]] = []
        """The marks of the windows of each pass."""
        self._entered = threading.Semaphore(0)
        self._let = threading.Event()

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        self.batches.append([float(window.audio[0]) for window in windows])
        self._entered.release()
        assert self._let.wait(PATIENCE_S)
        if any(window.audio[0] < 0 for window in windows):
            raise RuntimeError("cannot transcribe this")
        return [recognised(str(float(window.audio[0]))) for window in windows]

    def wait_until_busy(self) -> None:
        """Returns when one more pass has begun."""
        assert self._entered.acquire(timeout=PATIENCE_S)

    def let(self) -> None:
        """Passes end from now on."""
        self._let.set()


class HandEngine(SpeechEngine):
    """Queues nothing: the test ends each pass by hand, in any order."""

    def __init__(self) -> None:
        self.asked: list[tuple[Window, Kind, Future[Pass]]] = []
        self.promoted: list[Future[Pass]] = []
        """The early windows that became finals."""
        self.sources: set[Hashable] = set()
        self.full = False

    def submit(
        self, window: Window, kind: Kind, *, deadline_s: float = DEADLINE_S, source: Hashable = None
    ) -> "Future[Pass]":
        if self.full:
            raise EngineFull("there is no room")
        self.asked.append((window, kind, Future()))
        self.sources.add(source)
        return self.asked[-1][2]

    def promote(self, future: "Future[Pass]", *, deadline_s: float = DEADLINE_S) -> bool:
        if future.done() and (future.cancelled() or isinstance(future.exception(), Overtaken | TooLate)):
            return False
        self.promoted.append(future)
        return True

    def begin(self, index: int) -> None:
        """This pass is under way: it cannot be taken back."""
        assert self.asked[index][2].set_running_or_notify_cancel()

    def answer(self, index: int, found: Recognised | None = None) -> None:
        """This pass ends well."""
        done = Pass(recognised=found or recognised(), queued_s=0.1, speech_s=0.2, batch=1)
        self.asked[index][2].set_result(done)

    def fail(self, index: int, error: Exception | None = None) -> None:
        """This pass ends badly."""
        self.asked[index][2].set_exception(error or RuntimeError("cannot transcribe this"))
