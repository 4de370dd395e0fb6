"""What a QA lead waits for: lists, searches, a call's page, a report, a score. One file per measure."""
