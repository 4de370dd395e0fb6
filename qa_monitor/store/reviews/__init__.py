"""What people say of calls after them: reviews, comments, disputes, blind calibrations."""
