"""The same act on many cases of the list: chosen, tried out, done, told."""
