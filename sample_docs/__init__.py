"""Documents that anyone may see, each with its truth, and what makes them."""
