"""How many phrases are found in telephone speech, and how often one is found that nobody said: French and English.

    python bench/keywords.py --json keywords.json --plot keywords.svg
    python bench/keywords.py --match-only --json keywords.json    (what is heard already, in seconds)
    python bench/keywords.py --at-most 20                         (goes on later where it stopped)
    python bench/keywords.py --rounds 1                           (every sentence once: a sixth, in balance)
    python bench/keywords.py --clips 60 --prompts 20              (so many drawn by lot: an estimate with its interval)

More than 200 sentences per language (`spoken/keywords_{fr,en}.yaml`), each said by three voices within running speech,
with noise, over G.711, cut and recognised as in a live call; then matched with `spoken/keywords_rules.yaml` and the
starter rules. What nobody said is looked for around the phrases, in all prompts of Asterisk, and in the recordings of
`QA_MONITOR_DATA`, whose hits are listed to be judged by ear. A third of the sentences, frames and voices is held out:
nothing may be tuned on them. What was spoken and heard is kept in `var/bench/keywords`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

if __name__ == "keywords":
    # the folder of a script comes first where Python looks for modules: in every benchmark this file would stand in
    # for the product's folder of the same name, so it opens that folder
    __path__ = [str(ROOT / "keywords")]

if __name__ == "__main__":
    sys.path[0] = str(ROOT)

    from bench.spoken.command import main

    main(__doc__)
