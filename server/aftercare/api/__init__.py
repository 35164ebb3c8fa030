"""The HTTP side: parse, call, answer. No decision is taken here."""
