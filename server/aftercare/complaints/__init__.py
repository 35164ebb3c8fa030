"""What kind of complaint a review is, what it is about, and how urgent."""
