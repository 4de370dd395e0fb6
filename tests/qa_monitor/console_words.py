"""The words of the pages, read as text."""

import re

from streams.records import Language
from tests.qa_monitor.browser import CONSOLE

LINE = re.compile(r'^  "([^"]+)": "(.+)",$', re.MULTILINE)


def parts_of(language: Language) -> dict[str, list[tuple[str, str]]]:
    """By file, as they stand there."""
    files = sorted((CONSOLE / "words" / language).glob("*.js"))
    return {file.stem: LINE.findall(file.read_text(encoding="utf-8")) for file in files}


def words_of(language: Language) -> dict[str, str]:
    return {key: words for part in parts_of(language).values() for key, words in part}
