"""Makes a tutorial notebook site in many languages, kept in sync by id."""
