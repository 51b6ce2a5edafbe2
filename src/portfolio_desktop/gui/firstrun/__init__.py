"""The page that is there when no library is: make one, open one, or try the sample."""
