"""Whether what was said is taken back, quoted from others or only thought up, in French and English."""
