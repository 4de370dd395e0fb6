"""What is written of the emotion model: tables, and how sure it was against how often it was right."""
