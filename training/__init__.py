"""Makes the models that the product ships; each from text of our own, by a script that anybody can run again."""
