"""Plays one channel of a recording to a peer at real pace and prints every final as it comes.

python -m bench.peers CALL.flac --peer WhisperLive --channel 1 --seconds 40 --language en
python -m bench.peers --list
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import soundfile
import soxr

from qa_monitor.config import load_settings
from streams.model_files.models import ensure_model

from .catalogue import all_peers
from .port import CHUNK_S, RATE_HZ, Chunk, Peer, PeerFinal


async def paced(audio: Chunk) -> AsyncIterator[Chunk]:
    """The audio in chunks, each given when its last sample would have been heard."""
    size = round(CHUNK_S * RATE_HZ)
    begun = time.monotonic()
    for start in range(0, len(audio), size):
        chunk = audio[start : start + size]
        await asyncio.sleep(max(0.0, begun + (start + len(chunk)) / RATE_HZ - time.monotonic()))
        yield chunk


async def play(peer: Peer, audio: Chunk, language: str, cores: int) -> None:
    """Print what comes, with how late it is where the peer says which seconds it is about."""
    model = ensure_model("base", load_settings().models_dir)
    async with peer.serve(model, cores) as server:
        begun = time.monotonic()

        def show(final: PeerFinal) -> None:
            at_s = final.at_s - begun
            late = "" if final.end_s is None else f"{at_s - final.end_s:+6.2f} s after {final.end_s:6.2f} s"
            print(f"{at_s:7.2f} s {late:24} {final.text}", flush=True)

        print(f"{peer.name}, pid {server.pid}", flush=True)
        await server.stream(paced(audio), language, show)
        print(f"{time.monotonic() - begun:7.2f} s end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", nargs="?", type=Path)
    parser.add_argument("--list", action="store_true", help="name the peers, and why one cannot be run here")
    parser.add_argument("--peer", default="faster-whisper")
    parser.add_argument("--channel", type=int, default=0)
    parser.add_argument("--start", type=float, default=0.0, help="seconds into the recording")
    parser.add_argument("--seconds", type=float, default=40.0)
    parser.add_argument("--language", default="en", choices=["en", "fr"])
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    peers = {peer.name: peer for peer in all_peers()}
    if options.list or options.recording is None or options.peer not in peers:
        print("\n".join(f"{name}: {peer.available() or 'can be run'}" for name, peer in peers.items()))
        return 0 if options.list else 2
    samples, rate = soundfile.read(options.recording, dtype="float32", always_2d=True)
    first = round(options.start * rate)
    heard = samples[first : first + round(options.seconds * rate), options.channel]
    asyncio.run(play(peers[options.peer], soxr.resample(heard, rate, RATE_HZ), options.language, options.cores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
