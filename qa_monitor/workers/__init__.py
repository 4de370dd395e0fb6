"""Programs that work beside the service, in processes of their own: `python -m qa_monitor.workers.NAME`."""
