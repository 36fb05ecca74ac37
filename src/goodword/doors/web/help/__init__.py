"""Help beside every page: short texts in two languages, one file per page and language, in `texts/`."""
