"""One run: all languages listened to, matched and, where asked for, scored."""

import argparse
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alerts.rulebook import load_rulebook
from bench.spoken.cases import prompt_case, spoken_case
from bench.spoken.hearing import Ear
from bench.spoken.judging import Books, Case
from bench.spoken.kept import Kept
from bench.spoken.listening import Item, Listening, clip_items, every_prompt, every_recording, prompt_item
from bench.spoken.plan import clips_of
from bench.spoken.rescoring import Rescored, Rescoring, with_scored
from bench.spoken.scoring import Proposals
from bench.spoken.script import RULES, read_script
from bench.spoken.speaking import Speaking
from qa_monitor.config import load_settings
from streams.models import ensure_model
from streams.records import Language

PROMPTS_SCORED = 2
"""One prompt is scored for so many clips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one language."""

    matched: list[Case]
    """As the matcher finds it."""
    rescored: dict[str, Rescored]
    """What was scored, by key."""

    @property
    def cases(self) -> list[Case]:
        """With what scoring adds."""
        return [with_scored(case, self.rescored.get(case.key)) for case in self.matched]

    @property
    def pairs(self) -> list[tuple[Case, Rescored]]:
        """The clips that were scored."""
        return [(case, self.rescored[case.key]) for case in self.matched if case.key in self.rescored]


class Run:
    """What all languages share. Raises RuleError or ModelError where something it needs cannot be loaded."""

    def __init__(self, options: argparse.Namespace) -> None:
        settings = load_settings()
        self.model_name = Path(settings.model).name
        ear = cache(lambda: Ear(ensure_model(settings.model, settings.models_dir), options.workers))
        self._options = options
        self._listening = Listening(
            Kept(options.kept / f"heard-{self.model_name}.jsonl"),
            ear,
            workers=options.workers,
            at_most=0 if options.match_only else options.at_most,
        )
        self._rescoring = Rescoring(options.kept / f"scored-{self.model_name}.jsonl", ear)
        self._speaking = Speaking(options.say, options.kept / "voices")
        self._own = load_rulebook([RULES]).word_rules
        self._books = Books(self._own, load_rulebook(options.rules).word_rules)

    def language(self, language: Language) -> Told:
        """Everything in one language."""
        clips = clips_of(read_script(language), self._options.snr, self._options.seed)
        prompts = every_prompt(language)
        spoken, prompted = clip_items(clips, self._speaking), [prompt_item(prompt) for prompt in prompts]
        heard = self._listening.hear(spoken, f"{language.value} clips")
        heard |= self._listening.hear(prompted, f"{language.value} prompts")
        cases = [spoken_case(clip, heard[clip.key], self._books) for clip in clips if clip.key in heard]
        for prompt, item in zip(prompts, prompted, strict=True):
            if item.key in heard:
                cases.append(prompt_case(prompt, heard[item.key], self._books))
        return Told(matched=cases, rescored=self._scored(spoken, prompted, language))

    def recordings(self) -> list[dict[str, object]]:
        """What is found in recorded calls, to be judged by ear."""
        recordings = list(every_recording())
        heard = self._listening.hear([recording.item() for recording in recordings], "recordings")
        return [
            {
                "recording": recording.file.name,
                "channel": recording.channel,
                "language": recording.language.value,
                "duration_s": round(heard[recording.key].duration_s, 1),
                "hits": [
                    {"rule": hit.rule_id, "phrase": hit.phrase, "words": hit.words, "at_s": round(hit.start_s, 1)}
                    for hit in self._books.found(heard[recording.key].utterances)
                ],
            }
            for recording in recordings
            if recording.key in heard
        ]

    def _scored(self, spoken: list[Item], prompted: list[Item], language: Language) -> dict[str, Rescored]:
        proposals, count = Proposals(self._own, language), self._options.score
        every_clip = self._rescoring.of(spoken, proposals, at_most=count)
        return every_clip | self._rescoring.of(prompted, proposals, at_most=count // PROMPTS_SCORED)
