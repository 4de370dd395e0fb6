"""Word error rate and time of our short grafted windows against plain faster-whisper padded to 30 s, in one run.

    python bench/accuracy.py --json accuracy.json

Real 8 kHz telephone prompts, one voice per language: Debian packages `asterisk-core-sounds-fr-wav`, `-en-wav` (audio)
and `asterisk-core-sounds-fr`, `-en` (texts). Both run the same model on the same clips, beam 1, one thread, one clip
at a time, so that only the windows differ.
"""

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import faster_whisper
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from qa_monitor.config import load_settings
from streams.models import ensure_model
from streams.records import Language
from streams.whisper import SpeechModel, Window

SOUNDS = {
    "fr": Path("/usr/share/asterisk/sounds/fr_CA_f_June"),
    "en": Path("/usr/share/asterisk/sounds/en_US_f_Allison"),
}
TEXTS = "/usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz"
LONGEST_S = 14.0
Clip = tuple[NDArray[np.float32], str]


def main() -> None:
    """Print both word error rates and the ratio of times, per language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=60, help="per language, evenly spread over the prompts")
    parser.add_argument("--positions", type=int, default=750, help="encoder positions the decoder is shown at least")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    folder = ensure_model(settings.model, settings.models_dir)
    ours = SpeechModel(folder, workers=1)
    padded = faster_whisper.WhisperModel(str(folder), compute_type="int8", cpu_threads=1, num_workers=1)
    results = {}
    for language in Language:
        clips = clips_of(language.value, options.clips)
        allowed = (language,)

        def grafted(audio: NDArray[np.float32], allowed: tuple[Language, ...] = allowed) -> str:
            window = Window(audio=audio, language=allowed[0], languages=allowed, wants_times=False)
            return ours.recognise([window], options.positions)[0].text

        def plain(audio: NDArray[np.float32], name: str = language.value) -> str:
            found, _ = padded.transcribe(
                audio,
                language=name,
                beam_size=1,
                temperature=0,
                without_timestamps=True,
                condition_on_previous_text=False,
            )
            return " ".join(segment.text for segment in found)

        ours_wer, ours_s = measure(grafted, clips)
        padded_wer, padded_s = measure(plain, clips)
        results[language.value] = {
            "wer": round(ours_wer, 4),
            "wer_padded": round(padded_wer, 4),
            "time_ratio": round(ours_s / padded_s, 3),
            "clips": len(clips),
            "seconds": round(sum(len(audio) for audio, _ in clips) / 16_000, 1),
            "time_s": round(ours_s, 2),
            "time_padded_s": round(padded_s, 2),
        }
        print(f"{language.value}: {results[language.value]}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


def clips_of(language: str, count: int) -> list[Clip]:
    """Prompts of over 1 s with their texts, evenly spread, at 16 kHz."""
    texts = Path(TEXTS.format(language=language))
    if not texts.is_file():
        raise SystemExit(f"{texts} is missing: apt-get install asterisk-core-sounds-{language}{{,-wav}}")
    clips = []
    for line in gzip.decompress(texts.read_bytes()).decode().splitlines():
        name, separator, text = line.partition(": ")
        path = SOUNDS[language] / f"{name}.wav"
        if line.startswith(";") or not separator or not path.is_file() or re.search(r"[\[\](<]", text):
            continue
        audio, rate = soundfile.read(path, dtype="float32")
        if 1.0 <= len(audio) / rate <= LONGEST_S and len(normalised(text)) >= 2:
            clips.append((soxr.resample(audio, rate, 16_000).astype(np.float32), text))
    step = max(1, len(clips) // count)
    return clips[::step][:count]


def measure(transcribe: Callable[[NDArray[np.float32]], str], clips: list[Clip]) -> tuple[float, float]:
    """Word error rate over all clips, and seconds taken."""
    transcribe(clips[0][0])
    errors = words = 0
    began = time.perf_counter()
    texts = [transcribe(audio) for audio, _ in clips]
    took_s = time.perf_counter() - began
    for text, (_, truth) in zip(texts, clips, strict=True):
        errors += Levenshtein.distance(normalised(truth), normalised(text))
        words += len(normalised(truth))
    return errors / words, took_s


def normalised(text: str) -> list[str]:
    """Words in lower case without punctuation."""
    plain = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    return re.findall(r"[\w]+", plain)


if __name__ == "__main__":
    main()
