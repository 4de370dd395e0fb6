"""What is transcribed and what was said in it, two systems that transcribe it, and how words are counted."""
