"""The edge: where pages come from and go to."""
