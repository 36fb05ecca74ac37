"""Files of other people, in and out: read in a confined child, written so that no cell runs as a formula."""
