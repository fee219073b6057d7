"""Free phrases and sentences, compared by what they mean instead of by how they are spelled."""
