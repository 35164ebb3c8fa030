"""The order book: what is known of the seller's orders, from which file, and what follows from it."""
