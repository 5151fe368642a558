"""Fits and measures the weights of the classifier on labelled pages, the user's own among them."""
