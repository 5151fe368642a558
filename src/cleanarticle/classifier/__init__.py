"""Documents to Scores: a probability of content for each block, without any vote of a stripper."""

from cleanarticle.classifier.scorer import score

__all__ = ["score"]
