"""One module a part: what is measured, and the floor measured beside it in the same run."""
