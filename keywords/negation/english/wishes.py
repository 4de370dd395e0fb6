"""How English leads up to what the speaker plainly wants: "I want to", "how do I", "please". Pure."""

import re

WISHES = re.compile(
    r"\b(?:i|we) (?:(?:just|really|still|now|only|would|do|am|are|will|have|also|therefore) )*"
    r"(?:want|need|demand|wish|like|love|prefer|going|gonna|decided|calling|ringing|phoning|insist|require|must|will"
    r"|shall|taking) (?:(?!if |that )\w+ ){0,4}\|"
    r"|\b(?:i|we) (?:am|are) (?:\w+ly )?\| \w+ing "
    r"|\b(?:can|could|may|shall|how (?:do|can|would|does)|where (?:do|can)|who (?:do|can)) (?:i|we|you|one) "
    r"(?:\w+ ){0,3}\|"
    r"|\b(?:please|kindly|let me|just) (?:\w+ )?\||(?:^|, )(?:\w+ly |just )?\| (?:cancel|close|get|give|put|refund|pass"
    r"|find|end|terminate|disconnect|delete|remove|take) "
    r"|\| (?:\w+ ){1,5}\| ,? ?(?:(?:my|the|it) (?:\w+ )?)?(?:please|right now|right away|immediately|today)\b"
)
"""The bars stand around the hit."""
