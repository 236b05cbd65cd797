"""A page as a picture that can be read: rendered, its sheet found, straightened, evened, freed of rulings."""
