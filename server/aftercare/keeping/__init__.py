"""What is kept, for how long, and how it is kept safe: backups, retention, and the wishes of one buyer."""
