"""What agents read: the Model Context Protocol over the same selectors as pages and API."""
