"""Exit codes."""

GOOD = 0
SOME_FAILED = 1  # some inputs could not be read; the others came out
# 2 is usage, by argparse
NOTHING = 3  # all inputs were read, and none held an article
INTERRUPTED = 130
BROKEN_PIPE = 141  # as a shell reports a command that wrote into a closed pipe
