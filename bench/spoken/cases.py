"""What was heard, made ready to be judged. Pure."""

from bench.spoken.judging import Books, Case, Place, as_said
from bench.spoken.kept import Heard
from bench.spoken.line import LEAD_S, TAIL_S
from bench.spoken.plan import Clip
from bench.transcribing.telephone_prompts import Clip as Prompt


def spoken_case(clip: Clip, heard: Heard, books: Books) -> Case:
    """A clip to be judged."""
    spoken, whole_s = clip.spoken, (LEAD_S, heard.duration_s - TAIL_S)
    return Case(
        key=heard.key,
        language=spoken.language,
        held=spoken.sentence.held,
        group=f"{clip.noise.value} {clip.snr_db:g} dB",
        voice=spoken.voice.name,
        duration_s=heard.duration_s,
        said=spoken.text,
        heard=heard.text,
        wanted=Place(rule_id=spoken.sentence.rule_id, start_s=heard.start_s, end_s=heard.end_s),
        on_text=books.found([as_said(spoken.text, spoken.language, whole_s)]),
        found=books.found(heard.utterances),
    )


def prompt_case(prompt: Prompt, heard: Heard, books: Books) -> Case:
    """A prompt, in which only what its text says may be found."""
    return Case(
        key=heard.key,
        language=prompt.language,
        held=False,
        group="prompt",
        voice="prompt",
        duration_s=heard.duration_s,
        said=prompt.text,
        heard=heard.text,
        wanted=None,
        on_text=books.found([as_said(prompt.text, prompt.language, (0.0, heard.duration_s))]),
        found=books.found(heard.utterances),
    )
