"""A recogniser that never mishears and can be held up, in an engine whose clock can be moved on."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa_monitor.config import Settings
from qa_monitor.simulator.scenario import PlannedCall
from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.window import Recognised, Window
from streams.records import Language
from tests.qa_monitor.dictation import Dictated, Dictation
from tests.qa_monitor.playing import truth_of


class SlowSpeech:
    """Made for one recording; give `make` to the application."""

    def __init__(self, name: str, call: PlannedCall, said: Callable[[Dictated], str] = lambda line: line.text) -> None:
        truth = truth_of(name)
        lines = [
            Dictated(channel=call.channels.index(line.speaker), start_s=line.start_s, end_s=line.end_s, text=line.text)
            for line in truth.utterances
            if line.end_s <= call.duration_s
        ]
        self.lines = [replace(line, text=said(line)) for line in lines]
        self._call, self._language = call, truth.language
        self._free = threading.Event()
        self._free.set()
        self._ahead_s = 0.0

    def hold_up(self) -> None:
        """No pass ends until `let_go`."""
        self._free.clear()

    def let_go(self) -> None:
        """Passes end again."""
        self._free.set()

    def pass_time(self, seconds: float) -> None:
        """By the engine's clock, what waits has waited so much longer."""
        self._ahead_s += seconds

    def make(self, _: Settings) -> SpeechEngine:
        """An engine of one worker."""
        model = _Held(self._free, self._call, self.lines, self._language)
        return SpeechEngine(model, workers=1, batch_size=1, clock=lambda: time.monotonic() + self._ahead_s)


class _Held(Dictation):
    def __init__(self, free: threading.Event, call: PlannedCall, lines: Sequence[Dictated], language: Language) -> None:
        super().__init__(call.samples, call.rate_hz, lines, language)
        self._free = free

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """Once it may."""
        self._free.wait(60)
        return super().recognise(windows, recipe)
