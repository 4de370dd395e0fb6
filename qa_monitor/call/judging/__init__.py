"""What the words and the voice of one call mean: hits, scores, its flow, then the rules. Pure but for the models."""
