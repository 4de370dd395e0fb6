"""What a customer's words tell of them: cues such as waiting or thanks, and whether they speak for or against."""
