"""Reading the files a company already has, and saying exactly what is wrong with them."""
