"""The aggregate: an interview, its proposals of three, and the claims that make a promise exclusive."""
