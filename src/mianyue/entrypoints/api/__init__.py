"""The API for other programs: typed, documented by itself (OpenAPI 3.1)."""
