"""Many pages, each input one row: sources, workers, resume, sinks."""
