"""Websocket frames as a client sends them, byte by byte."""

import struct


def masked(first: int, payload: bytes) -> bytes:
    """A client's frame, with the mask of zeros."""
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
    return bytes([first]) + length + bytes(4) + payload
