"""Which releases of SQLite can damage a write-ahead log."""


def wal_reset_warning(version: tuple[int, ...]) -> str | None:
    """What to tell the operator about this release of SQLite, or none when it is a good one.

    Releases before 3.51.3 can corrupt the file when two connections write or checkpoint at once; 3.50.7 and 3.44.6
    carry the correction, 3.52.0 was withdrawn. One connection alone writes and checkpoints here, which keeps clear of
    it; another program that writes to the same file would not.
    """
    major_minor = version[:2]
    corrected = (
        (version >= (3, 51, 3) and version[:3] != (3, 52, 0))
        or (major_minor == (3, 50) and version >= (3, 50, 7))
        or (major_minor == (3, 44) and version >= (3, 44, 6))
    )
    if corrected:
        return None
    name = ".".join(str(part) for part in version)
    return (
        f"SQLite {name} can damage a database that two programs write to at once: let nothing but this service open "
        "the database for writing (back it up with `qa-monitor backup`), or install SQLite 3.51.3 or later"
    )
