"""Aftercare: from a public complaint to a private, permitted, finished piece of service."""

__version__ = "0.1.0"
