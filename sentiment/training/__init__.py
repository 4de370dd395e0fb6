"""How `sentiment/weights` was made. Never imported by the service."""
