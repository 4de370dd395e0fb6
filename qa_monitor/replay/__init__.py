"""A call that is over, gone through once more from its sound, by the rules and models of today."""
