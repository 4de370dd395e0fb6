"""What text that comes after the fact costs: processor seconds per second of speech, with ever more care.

    python bench/late_text.py --clips 24 --json late.json

Telephone prompts (`transcribing/telephone_prompts.py`), one window each as after a call, on one worker. `plain` is a
final of a busy machine; `five guesses` adds these; `asked` asks the audio about the starter rules' phrases of a
customer; `asked twice` hears unsure ones again, which is what late text and recordings get, except that a recording
has company for fragments besides. CPU time of the process, each clip with every care before the next, so that what else
the machine does falls on all of them. `longest_part_s`: the longest that a pass let nobody go first, counted likewise.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from alerts.rulebook import STARTER_RULES, load_rulebook
from bench.transcribing.telephone_prompts import Choice, Clip, prompts_of
from keywords.matcher import Matcher
from keywords.sought.seeker import Seeker
from qa_monitor.config import load_settings
from qa_monitor.shedding.care import BEAM
from streams.model.hearings import UNSURE
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Language, Speaker


@dataclass(slots=True)
class Spent:
    """With one care, over all clips of a language."""

    cpu_s: float = 0.0
    longest_part_s: float = 0.0
    sought: int = 0
    """Phrases that the audio was asked about."""
    unsure: int = 0
    speech_s: float = 0.0
    _since_s: float = field(default_factory=time.process_time)

    def part(self) -> None:
        """Others may go first now."""
        now_s = time.process_time()
        self.longest_part_s, self._since_s = max(self.longest_part_s, now_s - self._since_s), now_s

    def hear(self, model: SpeechModel, window: Window) -> None:
        """One more clip."""
        began_s = self._since_s = time.process_time()
        (found,) = model.recognise([replace(window, pause=self.part)])
        self.part()
        self.cpu_s += time.process_time() - began_s
        self.sought += len(found.sought)
        self.unsure += found.confidence < UNSURE
        self.speech_s += len(window.audio) / 16_000

    def as_data(self) -> dict[str, float]:
        """For people and for JSON."""
        return {
            "cpu_s_per_s": round(self.cpu_s / self.speech_s, 4),
            "longest_part_s": round(self.longest_part_s, 2),
            "sought": self.sought,
            "unsure": self.unsure,
        }


def main() -> None:
    """Print each care and language, with what it costs over `five guesses`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=24, help="of each language")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model = SpeechModel(ensure_model("base", load_settings().models_dir), workers=1)
    rules = load_rulebook([STARTER_RULES]).word_rules
    seeker = Seeker(Matcher(rules), rules, Speaker.CUSTOMER)
    found = {language.value: of_language(model, seeker, language, options.clips) for language in Language}
    print(json.dumps(found, indent=2))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def of_language(model: SpeechModel, seeker: Seeker, language: Language, count: int) -> dict[str, object]:
    """Every care on the same clips."""
    clips = prompts_of(language, Choice(), count)
    spent: dict[str, Spent] = {}
    for number, clip in enumerate([clips[0], *clips]):
        for name, window in windows_of(clip, seeker):
            one = Spent() if number == 0 else spent.setdefault(name, Spent())  # the first time warms up
            one.hear(model, window)
    guesses_s = spent["five guesses"].cpu_s
    return {
        "speech_s": round(spent["plain"].speech_s, 1),
        "clips": len(clips),
        **{name: {**one.as_data(), "times": round(one.cpu_s / guesses_s, 2)} for name, one in spent.items()},
    }


def windows_of(clip: Clip, seeker: Seeker) -> Sequence[tuple[str, Window]]:
    """What is asked of the model, from little to much."""
    plain = Window(audio=clip.audio, language=clip.language, languages=tuple(Language), final=True)
    guesses = replace(plain, beam=BEAM)
    asked = replace(guesses, seeker=seeker)
    return [("plain", plain), ("five guesses", guesses), ("asked", asked), ("asked twice", replace(asked, twice=True))]


if __name__ == "__main__":
    main()
