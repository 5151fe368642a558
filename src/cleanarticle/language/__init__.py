"""Facts about languages: words, stop words, month names, byline words. Nothing about pages."""
