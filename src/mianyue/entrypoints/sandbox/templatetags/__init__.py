"""What the sandbox's templates need beyond Django's own tags."""
