"""Which way of contact is allowed, what to write, and whether it may be sent."""
