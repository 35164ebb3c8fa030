"""Which of Amazon's six Product Lifecycle Support programmes still cover a purchase."""
