"""Templates, scripts, font and style sheet."""
