"""Other Whisper servers, run beside ours on the same audio, the same model folder and the same cores."""
