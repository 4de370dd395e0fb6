"""Print what one run of the demo heard and flagged; exits with 1 when a call has no text or nothing was flagged."""

import json
import sys
from pathlib import Path

heard = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for call in heard["calls"]:
    flags = ", ".join(f"{flag['rule_id']} ({flag['priority']})" for flag in call["flags"]) or "none"
    sys.stdout.write(
        f"{call['call_id']} [{call['language']}]: {len(call['utterances'])} utterances; red flags: {flags}\n"
    )
for name in ("final_p50_s", "final_p95_s", "flag_p50_s", "flag_p95_s"):
    sys.stdout.write(f"{name} {heard[name]}\n")

silent = [call["call_id"] for call in heard["calls"] if not call["utterances"]]
if silent or not heard["calls"] or not any(call["flags"] for call in heard["calls"]):
    sys.exit(
        f"the demo is not whole: {len(heard['calls'])} calls, without any utterance: {', '.join(silent) or 'none'}"
    )
