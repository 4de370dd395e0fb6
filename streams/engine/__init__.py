"""The speech engine that all calls share: a bounded queue, what goes into one pass, how late it is."""
