"""Starting and ending the processes of a peer's server."""

import asyncio
import os
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from .port import PeerError

START_S = 120.0
STOP_S = 10.0
LOG_SHOWN = 4000
"""Characters of the end of the log that are shown when a server does not start."""


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def settings_of(cores: int) -> dict[str, str]:
    """The environment of a server: as many computing threads as cores, and no download in the middle of a run."""
    quiet = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONUNBUFFERED": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_MONITOR_")}
    return {**kept, **quiet, "OMP_NUM_THREADS": str(cores)}


@asynccontextmanager
async def running(
    name: str, commands: Mapping[int, Sequence[str]], environment: Mapping[str, str]
) -> AsyncIterator[int]:
    """Run one command for each port until all ports answer; the pid of the first, which leads their common group.

    On exit the whole group is ended. Raises PeerError, with the end of the log, where a port is not answered in time.
    """
    with tempfile.TemporaryFile(prefix=f"peer-{name}-") as log:
        processes: list[asyncio.subprocess.Process] = []
        try:
            for command in commands.values():
                processes.append(
                    await asyncio.create_subprocess_exec(
                        *command,
                        stdin=asyncio.subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        env=environment,
                        cwd=tempfile.gettempdir(),
                        process_group=processes[0].pid if processes else 0,
                    )
                )
            for port, process in zip(commands, processes, strict=True):
                if not await _answers(port, process):
                    log.seek(0)
                    shown = log.read().decode(errors="replace")[-LOG_SHOWN:]
                    raise PeerError(f"{name} did not start; the end of its log:\n{shown}")
            yield processes[0].pid
        finally:
            await _end(processes)


async def _answers(port: int, process: asyncio.subprocess.Process) -> bool:
    loop = asyncio.get_running_loop()
    until = loop.time() + START_S
    while loop.time() < until and process.returncode is None:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await writer.wait_closed()
            return True
        await asyncio.sleep(0.2)
    return False


async def _end(processes: Sequence[asyncio.subprocess.Process]) -> None:
    if not processes:
        return
    group = processes[0].pid
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(group, sign)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*(process.wait() for process in processes)), STOP_S)
