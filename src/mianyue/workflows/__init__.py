"""Acting: the product's story, one step per file. Only here transactions open, rooms act together and plugs are called."""
