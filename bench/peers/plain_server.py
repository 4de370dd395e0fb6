"""Plain faster-whisper behind a websocket, with a voice-activity endpoint: the peer that is always there.

What a careful engineer writes in an afternoon: the Silero network that faster-whisper carries tells where someone
speaks; after half a second of silence the utterance goes to `WhisperModel.transcribe`, which pads it to 30 s. One model
is shared by a pool of threads, one thread per core, first come first served. Greedy, language given, no timestamps, no
second temperature: the fastest settings that faster-whisper has.

    python bench/peers/plain_server.py --model FOLDER --cores 2 --port 9000

A client sends {"language": "fr"}, then 16-bit samples (16 kHz, mono), then {"end": true}; it gets
{"text", "start_s", "end_s"} per utterance, and {"end": true} after the last.
"""

import argparse
import asyncio
import json
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import resources

import numpy as np
import onnxruntime
from faster_whisper import WhisperModel
from numpy.typing import NDArray
from websockets.asyncio.server import ServerConnection, serve

RATE_HZ = 16_000
STEP = 512
CONTEXT = 64
SPOKEN = 0.5
ENDPOINT_STEPS = 16
"""Half a second."""
BEFORE_STEPS = 10
"""Kept from before the first spoken step: 0.3 s."""
LONGEST_STEPS = 28 * RATE_HZ // STEP

Audio = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """One utterance: from a little before its first spoken step to the pause after its last."""

    start_s: float
    end_s: float
    """Where its last spoken step ended."""
    audio: Audio


class Endpointer:
    """Cuts one channel into utterances: whole steps in, utterances out."""

    def __init__(self, network: onnxruntime.InferenceSession) -> None:
        self._network = network
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._left = np.zeros(0, np.float32)
        self._context = np.zeros(CONTEXT, np.float32)
        self._before: deque[Audio] = deque(maxlen=BEFORE_STEPS)
        self._spoken: list[Audio] = []
        self._silent = 0
        self._step = 0

    def feed(self, audio: Audio) -> list[Spoken]:
        """The utterances that end in `audio`."""
        samples = np.concatenate([self._left, audio])
        whole = len(samples) // STEP * STEP
        self._left = samples[whole:]
        steps = samples[:whole].reshape(-1, STEP)
        if not len(steps):
            return []
        ended = [self._take(step, chance) for step, chance in zip(steps, self._chances(steps), strict=True)]
        return [utterance for utterance in ended if utterance is not None]

    def finish(self) -> list[Spoken]:
        """What was still being said when the stream ended."""
        return [self._cut()] if self._spoken else []

    def _chances(self, steps: Audio) -> list[float]:
        before = np.concatenate([self._context[None], steps[:-1, -CONTEXT:]])
        self._context = steps[-1, -CONTEXT:].copy()
        inputs = {"input": np.concatenate([before, steps], axis=1), "h": self._h, "c": self._c}
        chances, self._h, self._c = self._network.run(None, inputs)
        return [float(chance) for chance in np.asarray(chances).reshape(-1)]

    def _take(self, step: Audio, chance: float) -> Spoken | None:
        self._step += 1
        if not self._spoken:
            self._before.append(step)
            if chance >= SPOKEN:
                self._spoken, self._silent = list(self._before), 0
            return None
        self._spoken.append(step)
        self._silent = 0 if chance >= SPOKEN else self._silent + 1
        if self._silent >= ENDPOINT_STEPS or len(self._spoken) >= LONGEST_STEPS:
            return self._cut()
        return None

    def _cut(self) -> Spoken:
        first = self._step - len(self._spoken)
        last = self._step - self._silent
        audio = np.concatenate(self._spoken)
        self._spoken = []
        self._before.clear()
        return Spoken(start_s=first * STEP / RATE_HZ, end_s=last * STEP / RATE_HZ, audio=audio)


class Server:
    """One model and one queue for all channels."""

    def __init__(self, folder: str, cores: int) -> None:
        self._model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=cores)
        self._pool = ThreadPoolExecutor(cores)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        weights = resources.files("faster_whisper").joinpath("assets/silero_vad_v6.onnx").read_bytes()
        self._network = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    async def follow(self, socket: ServerConnection) -> None:
        """One channel, from its first message to its last."""
        language = json.loads(await socket.recv())["language"]
        endpointer = Endpointer(self._network)
        async with asyncio.TaskGroup() as answers:
            async for message in socket:
                if isinstance(message, str):
                    break
                audio = np.frombuffer(message, "<i2").astype(np.float32) / np.float32(32768)
                for spoken in endpointer.feed(audio):
                    answers.create_task(self._answer(socket, language, spoken))
            for spoken in endpointer.finish():
                answers.create_task(self._answer(socket, language, spoken))
        await socket.send(json.dumps({"end": True}))

    async def _answer(self, socket: ServerConnection, language: str, spoken: Spoken) -> None:
        loop = asyncio.get_running_loop()
        text = await loop.run_in_executor(self._pool, self._transcribe, spoken.audio, language)
        if text:
            told = {"text": text, "start_s": round(spoken.start_s, 3), "end_s": round(spoken.end_s, 3)}
            await socket.send(json.dumps(told))

    def _transcribe(self, audio: Audio, language: str) -> str:
        segments, _ = self._model.transcribe(
            audio,
            language=language,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(segment.text.strip() for segment in segments)

    def warm_up(self) -> None:
        """One pass, so that the first utterance does not wait for memory."""
        self._transcribe(np.zeros(RATE_HZ, np.float32), "en")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="a CTranslate2 folder")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    server = Server(options.model, options.cores)
    server.warm_up()
    async with serve(
        server.follow, "127.0.0.1", options.port, max_size=None, compression=None, ping_interval=None
    ) as up:
        await up.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
