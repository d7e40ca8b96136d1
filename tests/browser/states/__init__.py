"""Every state of every page, each reached by one function that returns the page as it shows it."""
