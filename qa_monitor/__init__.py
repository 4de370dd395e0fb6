"""The application: settings, the one-call pipeline, feed, store, console, review, REST API and command line."""
