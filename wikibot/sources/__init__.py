"""The edge beside the wiki: where facts come from that no page has."""
