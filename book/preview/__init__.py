"""`book serve`: the site on this machine, which follows every edit."""
