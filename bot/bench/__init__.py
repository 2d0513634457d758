"""``coach bench``: the coach beside a stock Rasa and beside the work no design avoids, in one run."""
