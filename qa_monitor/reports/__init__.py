"""Reports over finished calls: asked for, worked out, written as files, delivered on a schedule."""
