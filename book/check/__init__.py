"""`book check`: every rule over notebooks and translations."""
