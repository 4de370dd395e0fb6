"""Adapter: G.722 through the `G722` package, which the extra `g722` installs."""

from importlib.util import find_spec

import numpy as np

from streams.records import Samples
from streams.refusals import Refused

RATE_HZ = 16000
BYTES_PER_S = 8000
_BIT_PER_S = 64_000


def installed() -> bool:
    """True where the extra is installed."""
    return find_spec("G722") is not None


class G722Decoder:
    """Implements `Decoder`. One byte is two samples at 16 kHz. State of one track: feed it in order.

    Raises ImportError where the extra is not installed.
    """

    def __init__(self) -> None:
        # imported late: there only where the extra is; a compiled module without type information
        from G722 import G722  # type: ignore[import-not-found]

        self._codec = G722(RATE_HZ, _BIT_PER_S)

    @property
    def bytes_per_s(self) -> int:
        """Bytes of one second."""
        return BYTES_PER_S

    @property
    def refused(self) -> Refused | None:
        """Any byte is valid G.722."""
        return None

    def feed(self, data: bytes) -> Samples:
        """Read-only samples; the band splitter delays them by 22 samples (1.4 ms)."""
        samples: Samples = np.array(self._codec.decode(data), dtype=np.int16)
        samples.flags.writeable = False
        return samples
