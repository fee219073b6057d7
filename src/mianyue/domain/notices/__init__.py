"""Every word that leaves the house: letters, their deliveries, and the links in them."""
