"""Facts of the world as data, with their look-ups. Serves extraction and checking; knows neither."""
