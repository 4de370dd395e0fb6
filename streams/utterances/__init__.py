"""What one channel asks of the speech engine, and the utterances that come of it, in order."""
