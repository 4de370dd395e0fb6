"""One run: all languages listened to and matched."""

import argparse
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alerts.combined import leaves
from alerts.rulebook import RuleBook, load_rulebook
from bench.spoken.cases import prompt_case, spoken_case
from bench.spoken.hearing import Ear
from bench.spoken.judging import Books, Case
from bench.spoken.kept import Heard, Kept
from bench.spoken.listening import Listening, clip_items, every_recording, prompt_item, some_prompts
from bench.spoken.plan import clips_of
from bench.spoken.sample import drawn
from bench.spoken.script import RULES, read_script
from bench.spoken.speaking import Speaking
from qa_monitor.config import Settings, load_settings
from qa_monitor.scorecards.binding import Verbal
from streams.model_files.models import ensure_model
from streams.records import Language


def _silent(book: RuleBook) -> frozenset[str]:
    """The rules that need more than words."""
    return frozenset(
        rule.rule_id for rule in book.rules if not all(isinstance(leaf, Verbal) for leaf in leaves(rule.when))
    )


def model_of(settings: Settings) -> Path:
    """The folder of the model they name."""
    return ensure_model(settings.model, settings.models_dir)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one language."""

    cases: list[Case]
    heard: dict[str, Heard]
    """By key of the case."""


class Run:
    """What all languages share. Raises RuleError or ModelError where something it needs cannot be loaded."""

    def __init__(self, options: argparse.Namespace) -> None:
        settings = load_settings()
        self.model_name = Path(settings.model).name
        starter = load_rulebook(options.rules)
        self.books = Books(load_rulebook([RULES]).word_rules, starter.word_rules, _silent(starter))
        self._options = options
        self._listening = Listening(
            Kept(options.kept / f"heard-{self.model_name}-{self.books.sum}-{options.beam}.jsonl"),
            cache(lambda: Ear(model_of(settings), options.workers, self.books.seeker(), options.beam)),
            workers=options.workers,
            at_most=0 if options.match_only else options.at_most,
        )
        self._speaking = Speaking(options.say, options.kept / "voices")

    def language(self, language: Language) -> Told:
        """Everything in one language."""
        script = read_script(language)
        clips = clips_of(script, self._options.snr, self._options.seed)
        clips = drawn(clips[: self._options.rounds * len(script.sentences)], self._options.clips, self._options.seed)
        prompts = some_prompts(language, self._options.prompts)
        if self._options.listen_only:
            clips = [clip for clip in clips if self._speaking.was_said(clip.spoken)]
        spoken, prompted = clip_items(clips, self._speaking), [prompt_item(prompt) for prompt in prompts]
        heard = self._listening.hear(spoken, f"{language.value} clips")
        heard |= self._listening.hear(prompted, f"{language.value} prompts")
        cases = [spoken_case(clip, heard[clip.key], self.books) for clip in clips if clip.key in heard]
        for prompt, item in zip(prompts, prompted, strict=True):
            if item.key in heard:
                cases.append(prompt_case(prompt, heard[item.key], self.books))
        return Told(cases=cases, heard=heard)

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
                    for hit in self.books.found(heard[recording.key].utterances)
                ],
            }
            for recording in recordings
            if recording.key in heard
        ]
