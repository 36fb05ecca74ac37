"""Train a model of one's own: needs numpy, scipy and scikit-learn (`pip install 'goodword[train]'`)."""
