"""Adapter: a websocket client's bytes cut into frames; whole plain messages are unmasked by the websockets library."""

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # the quick one, where there is one

TEXT, BINARY = 0x81, 0x82
"""First byte of a message that came in one frame: final, no extension."""
OTHER = 0
"""Anything else, as it came on the wire: control frames, parts of a message, and what breaks the protocol."""
_WHOLE = (TEXT, BINARY)
_MASKED = 0x80
_FINAL = 0x80
_DATA_OPCODES = (0, 1, 2)


class Frames:
    """Cuts one connection's bytes, which may be split anywhere. Only plain whole messages are read here.

    What is `OTHER` is meant for a complete implementation, which sees nothing but whole frames; a frame that is larger
    than `largest` bytes, or not masked, is handed over as far as it came, together with all behind it, to be refused.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._unread = bytearray()
        self._in_parts = False

    @property
    def unread(self) -> int:
        """Bytes not yet cut."""
        return len(self._unread)

    def feed(self, data: bytes) -> None:
        """Take what came."""
        self._unread += data

    def next(self) -> tuple[int, bytes] | None:
        """The next whole frame: its kind, and its payload (of `OTHER`: its bytes); None where none is whole."""
        unread = self._unread
        sizes = self._sizes()
        if sizes is None:
            return None
        head, size = sizes
        if size > self._largest or unread[1] < _MASKED:
            return self._everything()
        end = head + size
        if len(unread) < end:
            return None
        first = unread[0]
        if first in _WHOLE and not self._in_parts:
            payload = apply_mask(unread[head:end], unread[head - 4 : head])
            del unread[:end]
            return first, payload
        return self._foreign(first, end)

    def _sizes(self) -> tuple[int, int] | None:
        """Bytes of the head, the mask included, and of the payload."""
        unread = self._unread
        if len(unread) < 2:
            return None
        size = unread[1] & 0x7F
        if size < 126:
            return 6, size
        wide = 2 if size == 126 else 8
        if len(unread) < 2 + wide:
            return None
        return 6 + wide, int.from_bytes(unread[2 : 2 + wide], "big")

    def _foreign(self, first: int, end: int) -> tuple[int, bytes]:
        if first & 0x0F in _DATA_OPCODES:
            self._in_parts = not first & _FINAL
        raw = bytes(self._unread[:end])
        del self._unread[:end]
        return OTHER, raw

    def _everything(self) -> tuple[int, bytes]:
        raw = bytes(self._unread)
        self._unread.clear()
        return OTHER, raw
