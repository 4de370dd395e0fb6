"""What calls are listed, searched and sampled by: one narrow row of facts each, written with whatever changes it."""
