"""Documents to Assessments: which blocks are content, what the page is, how sure that is."""

from cleanarticle.classifier.assess import assess

__all__ = ["assess"]
