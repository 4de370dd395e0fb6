"""Bytes of a track, in any telephone encoding, to samples."""
