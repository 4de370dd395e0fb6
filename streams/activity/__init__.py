"""Voice activity: who speaks when on one channel of a call, and what is no speech."""
