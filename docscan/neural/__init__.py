"""What small neural networks need in common, and the one that tells what a few words mean."""
