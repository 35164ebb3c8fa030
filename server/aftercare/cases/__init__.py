"""What is done about a review: the case, its notes, and the record of everything that happened."""
