"""From a page, or a piece of one, to Reviews."""
