"""What a person keeps per product: the support profile of an ASIN."""
