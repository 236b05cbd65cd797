"""What a page shows besides print: signatures and other handwriting, check boxes, stamps."""
