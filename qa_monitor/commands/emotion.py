"""`qa-monitor emotion`: what the emotion model makes of recordings, one line of JSON each."""

import json
from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import load_settings


def emotion(
    files: Annotated[
        list[Path], typer.Argument(help="Mono recordings. Those of one folder are taken as one speaker, in this order.")
    ],
    telephone: Annotated[
        bool, typer.Option("--telephone", help="Pass them through a telephone line first: 8 kHz, G.711.")
    ] = False,
) -> None:
    """Judge recordings by voice, as in a live call: for trying the model out, and for measuring it.

    Only voices of people who agreed to it, and never an agent's. A file that cannot be judged is named at the end of
    its turn, the others are judged all the same, and the exit code is 2.
    """
    from qa_monitor.emotion_files import Models, judged
    from qa_monitor.one_voice import OneVoiceError
    from sentiment.voice import VoiceModel
    from streams.model.whisper import SpeechModel
    from streams.model_files.models import ensure_model

    with plain_errors():
        settings = load_settings()
        speech = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
        models = Models(speech=speech, voice=VoiceModel.load(settings.model))
        unjudged = False
        for path, score in judged(files, models, telephone=telephone):
            if isinstance(score, OneVoiceError):
                unjudged = True
                err.print(str(score), style="red", markup=False, highlight=False, soft_wrap=True)
                continue
            line = {
                "file": str(path),
                **{kind.value: round(share, 4) for kind, share in score.probabilities.items()},
                "arousal": round(score.arousal, 4),
                "valence": round(score.valence, 4),
                "enough": score.enough,
            }
            out.print(json.dumps(line, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)
        if unjudged:
            raise typer.Exit(2)
